using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using YenBai.Cases.Commands;
using YenBai.Cases.Decisions;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Decisions;

/// <summary>A corrected standard holds in decisions, lists, letters and the timeline of a household.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CorrectedStandardFacts(TestStore store) : IClassFixture<TestStore>
{
    private const string Standard = "2022-2025", Hamlet = "Bản Một";

    [Fact]
    public async Task After_a_correction_whatever_judges_a_household_judges_by_it_and_an_earlier_letter_stays_as_it_was()
    {
        var (before, after) = (await PoorAsync(), await PoorAsync());
        var decided = await DecideAsync(before);
        decided.Warnings.ShouldNotContain("against_scores");

        store.Clock.Now = store.Clock.Now.AddMinutes(5);
        await CorrectAsync(1, """{"key":"points/income/rural","value":"110","certainty":"verified","source":"Phụ lục","reason":"Đã tìm thấy phụ lục"}""");
        await CorrectAsync(2, """{"key":"indicator/4","value":"Bảo hiểm y tế (đã sửa)","english":"Health insurance (corrected)","certainty":"verified","source":"Phụ lục","reason":"Đã tìm thấy phụ lục"}""");

        // 120 points are above the corrected line of 110: no longer poor by the scores.
        var line = (await store.Get<ReviewLists>().AskAsync(store.Clerk, new(PlaceCatalog.Default.Resolve("04375", store.Clock.Today())!.Id, Hamlet, Standard, store.Clock.Today()), default))
            .Single(l => l.Household.Code == after);
        (line.Grounds.ScoresSay, line.Rules!.LimitsIn(Area.Rural).Upper.Number).ShouldBe((PovertyClass.NotPoor, 110));
        (await DecideAsync(after)).Warnings.ShouldContain("against_scores");

        (await PageAsync($"/ho-dan/{after}/thu/6")).ShouldContain("110");
        var earlier = await PageAsync($"/ho-dan/{before}/thu/6");
        earlier.ShouldContain("140");
        earlier.ShouldNotContain("(đã sửa)");
        (await PageAsync($"/ho-dan/{after}")).ShouldContain("Bảo hiểm y tế (đã sửa)");
    }

    /// <summary>Poor, surveyed again with 120 points and four deprivations, met over.</summary>
    private async Task<string> PoorAsync()
    {
        var code = TestStore.NewCode("chuẩn đã sửa");
        (await store.RegisterAsync(code, "Lò Thị Mai", hamlet: Hamlet)).Reception.ShouldBe(Reception.Accepted);
        await store.SubmitAsync(code, 1, new DecideClass(new(2023, 1, 10), Standard, PovertyClass.Poor, "1", null, null));
        await store.SubmitAsync(code, 3, new RecordAssessment(new(2024, 5, 1), Standard, "B", Area.Rural, 120, null, ["1", "4", "7", "12"], null, null));
        (await store.SubmitAsync(code, 4, new HoldMeeting(new(2024, 5, 20), Standard, PovertyClass.Poor, 30, 28, "02/BB"))).Answer!.Version.ShouldBe(5);
        return code;
    }

    private async Task<Answer> DecideAsync(string code)
    {
        var received = await store.SubmitAsync(code, 5, new DecideClass(new(2024, 6, 1), Standard, PovertyClass.Poor, "12/QĐ-UBND", null, null, Signatory.Chairman));
        received.Reception.ShouldBe(Reception.Accepted);
        return received.Answer!;
    }

    private async Task CorrectAsync(int version, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/standards/{Standard}/corrections") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", $"correct-{version}");
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        using var response = await store.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    private async Task<string> PageAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Cookie", ".AspNetCore.Culture=c%3Dvi%7Cuic%3Dvi");
        using var response = await store.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }
}
