using System.Net;
using System.Runtime.Versioning;
using YenBai.Cases.Households;
using YenBai.Cases.Registering;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Components.CaseFiles;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.CaseScreens;

/// <summary>What the page of a household shows first, offers and folds.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HouseholdPageFacts(TestStore store) : IClassFixture<TestStore>
{
    private async Task<string> PageAsync(string code) => WebUtility.HtmlDecode(await store.Http.GetStringAsync($"/ho-dan/{code}"));

    private async Task<string> PoorAsync()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Lò Thị Mai");
        await store.SubmitAsync(code, 1, new Listing.DecideClass(new(2024, 6, 1), "2022-2025", PovertyClass.Poor, "1", EntryCause.Deterioration, null));
        return code;
    }

    [Fact]
    public async Task What_does_not_fit_the_household_is_folded_away_and_one_that_is_gone_is_offered_no_work()
    {
        var code = await PoorAsync();
        var poor = await PageAsync(code);

        var (offered, rest) = (poor.IndexOf(">Quyết định thoát nghèo<", StringComparison.Ordinal), poor.IndexOf(">Quyết định tái nghèo<", StringComparison.Ordinal));
        offered.ShouldBeGreaterThan(0);
        rest.ShouldBeGreaterThan(poor.LastIndexOf("<details class=\"rest\">", rest, StringComparison.Ordinal));
        poor.LastIndexOf("<details class=\"rest\">", offered, StringComparison.Ordinal).ShouldBeLessThan(poor.LastIndexOf("<summary class=\"button\">", offered, StringComparison.Ordinal));
        poor.ShouldContain("<li class=\"head\">Rà soát và quyết định</li>");

        await store.SubmitAsync(code, (await store.CaseAsync(code)).Version, new MoveOut(new(2024, 6, 10)));
        var gone = await PageAsync(code);
        gone.ShouldNotContain(">Quyết định thoát nghèo<");
        gone.ShouldNotContain("Ghi thăm hộ");
        gone.ShouldNotContain("class=\"rest\"");
        gone.ShouldContain("Xoá dữ liệu cá nhân");
    }

    [Fact]
    public async Task The_band_says_the_class_the_last_visit_and_what_is_due()
    {
        var code = await PoorAsync();
        await store.SubmitAsync(code, (await store.CaseAsync(code)).Version, new RecordVisit(new(2024, 6, 9), null));

        var page = await PageAsync(code);
        var band = page[page.IndexOf("<dl class=\"band\"", StringComparison.Ordinal)..];
        band = band[..band.IndexOf("</dl>", StringComparison.Ordinal)];

        foreach (var said in new[] { "Hộ nghèo", "09/06/2024", "không có" }) band.ShouldContain(said);
        page.ShouldContain("<details class=\"timemachine\"><summary>");
    }

    private static TimelineEntry Entry(int version, HouseholdEvent e) => new(new(version, Guid.NewGuid(), e, null), null, null);

    [Fact]
    public void Three_confirmations_in_a_row_are_one_line_and_a_decision_stands_with_what_it_does()
    {
        DateTimeOffset at = new(2020, 12, 15, 9, 0, 0, TimeSpan.Zero);
        var decided = Entry(2, new ClassDecided(new(2020, 12, 15), at, "2016-2020", PovertyClass.NearPoor, "9"));
        var exited = Entry(3, new Exited(new(2020, 12, 15), at, "X", "2016-2020", PovertyClass.NearPoor, null, null));
        TimelineEntry Confirmed(int version) => Entry(version, new ExitConfirmed(new(2017 + version, 12, 15), at.AddYears(version), "X", null));

        var parts = TimelinePart.Of([Confirmed(6), Confirmed(5), Confirmed(4), exited, decided]);

        parts.Select(p => (p.Entries.Count, p.IsConfirmations)).ShouldBe([(3, true), (2, false)]);
        TimelinePart.Of([Confirmed(5), Confirmed(4), exited, decided]).Select(p => p.Entries.Count).ShouldBe([1, 1, 2]);
    }
}
