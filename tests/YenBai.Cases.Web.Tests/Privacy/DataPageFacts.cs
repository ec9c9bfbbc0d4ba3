using System.Net;
using System.Runtime.Versioning;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Privacy;
using YenBai.Cases.Registering;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Privacy;

/// <summary>What is held about a household, for the people themselves.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DataPageFacts(TestStore store) : IClassFixture<TestStore>
{
    private async Task<(HttpStatusCode Status, string Text)> ReadAsync(string address, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Cookie", $".AspNetCore.Culture=c%3D{language}%7Cuic%3D{language}");
        using var response = await store.Http.SendAsync(request);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Everything_held_is_on_the_page_old_values_notes_and_annulled_facts_too()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Sùng A Páo");
        var head = (await store.CaseAsync(code)).Latest().HeadId!.Value;
        var today = store.Clock.Today();
        await store.SubmitAsync(code, 1, new CorrectPerson(today, head, "Sùng A Pao", null, null, "015180008123", null, null));
        await store.SubmitAsync(code, 2, new RecordVisit(today, "Mái nhà dột"));
        await store.SubmitAsync(code, 3, new GrantLoan(today, 30_000_000, 12, null, null));
        await store.SubmitAsync(code, 4, new Annul((await store.CaseAsync(code)).Facts[^1].Id, "Ghi nhầm hộ"));
        await store.SubmitAsync(code, 5, new GiveConsent(today, ConsentScope.SponsorSharing, ConsentForm.VerbalWitnessed, head));

        var (status, vietnamese) = await ReadAsync($"/ho-dan/{code}/du-lieu", "vi");
        status.ShouldBe(HttpStatusCode.OK);
        foreach (var held in new[]
        {
            "Dữ liệu về gia đình ông/bà", code, "Sùng A Páo", "Sùng A Pao", "015180008123", "Mái nhà dột", "Ghi nhầm hộ", "đã huỷ, không còn tính",
            "chia sẻ với nhà tài trợ (bằng lời, có người làm chứng)", "in báo cáo cho người dân",
        })
            vietnamese.ShouldContain(held);
        var (_, english) = await ReadAsync($"/ho-dan/{code}/du-lieu", "en");
        foreach (var held in new[] { "Data about your household", "superseded", "sharing with a sponsor (by word, witnessed)", "annulled, counts no more" }) english.ShouldContain(held);
    }

    [Fact]
    public async Task A_household_that_is_not_there_has_no_page() =>
        (await ReadAsync($"/ho-dan/{TestStore.NewCode()}/du-lieu", "vi")).Status.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task After_an_erasure_the_page_says_that_and_when()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Sùng A Tủa");
        await store.SubmitAsync(code, 1, new ErasePersonalData(store.Clock.Today(), null));

        var (_, text) = await ReadAsync($"/ho-dan/{code}/du-lieu", "vi");

        text.ShouldContain("Đã xoá mọi dữ liệu cá nhân ngày 15/06/2024.");
        text.ShouldNotContain("Tủa");
    }

    [Fact]
    public async Task Everybody_who_read_it_stands_on_it_the_newest_first()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Giàng A Lử");
        (await store.Http.GetAsync($"/api/households/{code}")).EnsureSuccessStatusCode();
        store.Clock.Now = store.Clock.Now.AddMinutes(1);

        var report = (await store.Get<AccessReports>().OfAsync(store.Somebody("mau-a-01", Role.Caseworker, "04375"), code, default)).ShouldNotBeNull();

        report.Reads.Select(r => (r.User, r.What)).ShouldBe([("mau-a-01", ReadKind.ReportedToPerson), ("test", ReadKind.Opened)]);
        (await store.Get<AccessReports>().OfAsync(store.Somebody("mcc-01", Role.Caseworker, "04456"), code, default)).ShouldBeNull();
        (await store.Get<AccessReports>().OfAsync(store.Somebody("qt-01", Role.Administrator, "15"), code, default)).ShouldBeNull();
    }

    [Fact]
    public async Task The_retention_schedule_is_shown_with_its_bases()
    {
        var (_, vietnamese) = await ReadAsync("/quan-tri/luu-giu", "vi");
        var (_, english) = await ReadAsync("/quan-tri/luu-giu", "en");

        foreach (var entry in RetentionSchedule.All)
        {
            vietnamese.ShouldContain(entry.NameVi);
            vietnamese.ShouldContain(entry.BasisVi);
            english.ShouldContain(entry.ThenEn);
        }
        RetentionSchedule.Uploads.ShouldBe(TimeSpan.FromDays(90));
        english.ShouldNotContain("mark.");
    }
}
