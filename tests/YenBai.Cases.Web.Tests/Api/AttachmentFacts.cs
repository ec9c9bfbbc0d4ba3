using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using Marten;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Writer;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Privacy;
using YenBai.Cases.Records;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Tests.Store;
using YenBai.Cases.Web.Tests.Supports;

namespace YenBai.Cases.Web.Tests.Api;

/// <summary>Photographs and scans as evidence: taken in, shown to those who see the household in full, gone with its people's data.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AttachmentFacts(TestStore store) : IClassFixture<TestStore>
{
    /// <summary>A picture of a few bytes with a comment in it that must not be kept.</summary>
    private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xFE, 0x00, 0x0A, .. "bản Páo"u8[..8], 0xFF, 0xDA, 0x00, 0x03, 0x01, 0x42, 0xFF, 0xD9];

    private static readonly byte[] Plain = [0xFF, 0xD8, 0xFF, 0xDA, 0x00, 0x03, 0x01, 0x42, 0xFF, 0xD9];

    private async Task<string> AHouseholdAsync(string place = "04375")
    {
        var code = TestStore.NewCode();
        (await store.RegisterAsync(code, "Lò Thị Mai", place: place)).Reception.ShouldBe(Reception.Accepted);
        return code;
    }

    private async Task<(HttpStatusCode Status, JsonNode? Json)> PostAsync(string code, byte[] file, string? key = null, string type = "image/jpeg", HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/households/{code}/attachments") { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new(type);
        if (key != "") request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        using var response = await (by ?? store.Http).SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    private async Task<Guid> TakenAsync(string code, byte[]? file = null)
    {
        var (status, json) = await PostAsync(code, file ?? Picture);
        status.ShouldBe(HttpStatusCode.Created, json?.ToJsonString());
        return json!["id"]!.GetValue<Guid>();
    }

    [Fact]
    public async Task A_photograph_is_taken_in_and_given_out_without_what_the_camera_wrote_into_it()
    {
        var code = await AHouseholdAsync();
        var id = await TakenAsync(code);

        using var response = await store.Http.GetAsync($"/api/households/{code}/attachments/{id}");

        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(Plain);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task The_page_shows_a_photograph_by_its_thumbnail_and_by_a_word_where_it_has_none()
    {
        var code = TestStore.NewCode();
        var agreement = await store.AgreedAsync(code, [new("other", "Trồng cỏ", null, SupportStory.Today.AddDays(9), null, Evidence.Photo)]);
        byte[] thumbnail = [0xFF, 0xD8, 0xFF, 0xDA, 0x00, 0x03, 0x01, 0x07, 0xFF, 0xD9];
        var taken = await store.Get<Attachments>().TakeAsync(store.Clerk, code, "with a thumbnail", Picture, default, thumbnail);
        var plain = await TakenAsync(code);
        var path = $"/api/households/{code}/attachments";

        (await store.Http.GetByteArrayAsync($"{path}/{taken.Id}?thumbnail=true")).ShouldBe(thumbnail);
        (await store.Http.GetByteArrayAsync($"{path}/{taken.Id}")).ShouldBe(Plain);
        using var none = await store.Http.GetAsync($"{path}/{plain}?thumbnail=true");
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await store.TakenAsync(code, new HandInEvidence(SupportStory.Today, agreement.Conditions.Single().Id, [taken.Id, plain], null));
        var page = await store.Http.GetStringAsync($"/ho-dan/{code}");
        System.Text.RegularExpressions.Regex.Matches(page, $"<img src=\"{path}/([^\"]+)\"").Select(m => m.Groups[1].Value).ShouldBe([$"{taken.Id}?thumbnail=true"]);
        page.ShouldContain($"href=\"{path}/{plain}\"");
    }

    [Fact]
    public async Task What_it_is_its_content_says_and_not_its_name()
    {
        var code = await AHouseholdAsync();
        var builder = new PdfDocumentBuilder();
        builder.AddPage(PageSize.A4);
        var pdf = await PostAsync(code, builder.Build(), type: "image/png");
        pdf.Status.ShouldBe(HttpStatusCode.Created);
        using var document = await store.Http.GetAsync($"/api/households/{code}/attachments/{pdf.Json!["id"]}");
        (document.Content.Headers.ContentType!.MediaType, document.Content.Headers.ContentDisposition!.DispositionType).ShouldBe(("application/pdf", "attachment"));

        foreach (var (content, status, problem) in new[]
        {
            (Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), HttpStatusCode.UnsupportedMediaType, "attachment_type"),
            (Picture[..^2], HttpStatusCode.UnprocessableEntity, "attachment_malformed"), ([], HttpStatusCode.UnprocessableEntity, "attachment_empty"),
            (new byte[Attachments.Largest + 1], HttpStatusCode.RequestEntityTooLarge, "attachment_too_large"),
        })
        {
            var refused = await PostAsync(code, content);
            (refused.Status, refused.Json!["code"]!.GetValue<string>()).ShouldBe((status, problem));
            refused.Json["detail"]!.GetValue<string>().ShouldNotContain("attachment_");
        }
    }

    [Fact]
    public async Task Eight_megabytes_are_taken_and_one_byte_more_is_not_even_when_nobody_said_how_much_would_come()
    {
        var code = await AHouseholdAsync();
        static byte[] Photograph(int length) => [.. Plain[..^3], .. Enumerable.Repeat((byte)0x42, length - Plain.Length + 1), .. Plain[^2..]];

        (await PostAsync(code, Photograph(Attachments.Largest))).Status.ShouldBe(HttpStatusCode.Created);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/households/{code}/attachments") { Content = new ByteArrayContent(Photograph(Attachments.Largest + 1)) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await store.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync()).ShouldContain("attachment_too_large");
    }

    [Fact]
    public async Task The_same_key_keeps_a_photograph_once()
    {
        var (code, other, key) = (await AHouseholdAsync(), await AHouseholdAsync(), Guid.NewGuid().ToString());

        var first = await PostAsync(code, Picture, key);
        var again = await PostAsync(code, Picture, key);
        var another = await PostAsync(code, Plain[..^3].Concat(new byte[] { 0x43, 0xFF, 0xD9 }).ToArray(), key);
        var elsewhere = await PostAsync(other, Picture, key);

        (again.Status, again.Json!["id"]!.ToString()).ShouldBe((HttpStatusCode.Created, first.Json!["id"]!.ToString()));
        another.Json!["code"]!.GetValue<string>().ShouldBe("idempotency_key_reused");
        elsewhere.Json!["code"]!.GetValue<string>().ShouldBe("idempotency_key_reused");
        (await store.AskAsync<long>($"select count(*) from cases.mt_doc_attachment where data ->> 'householdId' = '{Ids.Household(code)}'")).ShouldBe(1);
        (await PostAsync(code, Picture, key: "")).Json!["code"]!.GetValue<string>().ShouldBe("idempotency_key_required");
    }

    [Fact]
    public async Task Only_those_who_see_the_household_in_full_see_its_photographs_and_it_is_on_record()
    {
        var (code, other) = (await AHouseholdAsync(), await AHouseholdAsync());
        var id = await TakenAsync(code);
        await store.Http.GetAsync($"/api/households/{code}/attachments/{id}");

        var reads = await store.Get<ReadLog>().OfHouseholdAsync(Ids.Household(code), default);
        (reads[0].What, reads[0].User, reads[0].Sight).ShouldBe((ReadKind.OpenedAttachment, "test", Sight.Full));

        using var evaluator = await store.SignInAsync("danh-gia-anh", new GrantRequest(Role.Evaluator, "15", null, [], null, null, "test"));
        using var neighbour = await store.SignInAsync("lang-gieng-anh", new GrantRequest(Role.Caseworker, "04378", null, [], null, null, "test"));
        foreach (var client in new[] { evaluator, neighbour })
        {
            using var refused = await client.GetAsync($"/api/households/{code}/attachments/{id}");
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        (await PostAsync(code, Picture, by: neighbour)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(code, Picture, by: evaluator)).Status.ShouldBe(HttpStatusCode.Forbidden);
        // The photograph of one household is not found under another.
        using var elsewhere = await store.Http.GetAsync($"/api/households/{other}/attachments/{id}");
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await store.Get<ReadLog>().OfHouseholdAsync(Ids.Household(code), default)).Count(r => r.What == ReadKind.OpenedAttachment).ShouldBe(1);
    }

    [Fact]
    public async Task A_condition_that_wants_a_photograph_is_met_with_one_of_this_household_and_not_without()
    {
        var (code, other) = (await AHouseholdAsync(), await AHouseholdAsync());
        var condition = await AgreedAsync(code);
        var foreign = await TakenAsync(other);

        (await store.SubmitAsync(code, 4, new MeetCondition(new(2024, 6, 1), condition, null, "đã xem"))).Answer!.Refusal!.Code.ShouldBe("evidence_required");
        (await store.SubmitAsync(code, 4, new MeetCondition(new(2024, 6, 1), condition, [foreign], null))).Answer!.Refusal!.Code.ShouldBe("unknown_attachment");
        (await store.SubmitAsync(code, 4, new MeetCondition(new(2024, 6, 1), condition, [await TakenAsync(code)], null))).Reception.ShouldBe(Reception.Accepted);
    }

    [Fact]
    public async Task An_erasure_takes_the_photographs_with_it()
    {
        var (code, other) = (await AHouseholdAsync(), await AHouseholdAsync());
        var condition = await AgreedAsync(code);
        var id = await TakenAsync(code);
        var kept = await TakenAsync(other);
        (await store.SubmitAsync(code, 4, new MeetCondition(new(2024, 6, 1), condition, [id], null))).Reception.ShouldBe(Reception.Accepted);

        (await store.SubmitAsync(code, 5, new ErasePersonalData(new(2024, 6, 15), null))).Reception.ShouldBe(Reception.Accepted);

        using var gone = await store.Http.GetAsync($"/api/households/{code}/attachments/{id}");
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using var session = store.Get<IDocumentStore>().QuerySession();
        (await session.LoadAsync<Attachment>(id)).ShouldBeNull();
        (await session.LoadAsync<AttachmentContent>(id)).ShouldBeNull();
        (await session.LoadAsync<AttachmentContent>(kept)).ShouldNotBeNull();
        // That the condition was met stays true.
        (await store.CaseAsync(code)).Latest().Agreements.Values.Single().Conditions.Single().Met!.Attachments.ShouldBe([id]);
    }

    /// <summary>Poor, with an agreement whose one condition wants a photograph; version 4.</summary>
    private async Task<Guid> AgreedAsync(string code)
    {
        (await store.SubmitAsync(code, 1, new Listing.DecideClass(new(2024, 1, 2), "2022-2025", PovertyClass.Poor, null, null, null))).Answer!.Version.ShouldBe(3);
        (await store.SubmitAsync(code, 3, new AgreeSupport(new(2024, 1, 10), "livestock", 0, null, new(2024, 1, 10), new(2025, 1, 9), null, null,
            [new("build_shelter", null, null, new(2024, 5, 31))]))).Reception.ShouldBe(Reception.Accepted);
        return (await store.CaseAsync(code)).Latest().Agreements.Values.Single().Conditions.Single().Id;
    }
}
