using System.Text.RegularExpressions;
using Marten;
using Microsoft.Playwright;
using YenBai.Cases.Households;
using YenBai.Cases.Maintenance;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>Whom to go and see: planned or declined in a click or two, one by one or many.</summary>
[Collection(Browsers.First)]
public sealed class WatchScreens(BrowserFixture browser)
{
    private const string Page = "/theo-doi-tai-ngheo?perDistrict=6";

    private static ILocator Open(Reader reader) => reader.Page.Locator("tr[data-household]").Filter(new() { Has = reader.Page.Locator(".tick input") });

    private async Task<Household> CaseAsync(string code)
    {
        await using var session = browser.Get<IDocumentStore>().QuerySession();
        return (await session.LoadAsync<Household>(Ids.Household(code)))!;
    }

    private static ILocator Row(Reader reader, string code) => reader.Page.Locator($"tr[data-household='{code}']");

    private async Task<Reader> AtTheListAsync(string language = "vi", int width = 1440)
    {
        (await browser.Get<Freshness>().WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None)).ShouldBeTrue();
        var reader = await browser.OpenAsync(Page, language, width);
        await reader.LiveAsync();
        return reader;
    }

    [Theory]
    [InlineData(1440), InlineData(390)]
    public async Task A_suggested_visit_is_planned_in_one_click(int width)
    {
        await using var reader = await AtTheListAsync(width: width);
        var code = (await Open(reader).First.GetAttributeAsync("data-household"))!;
        await reader.Page.Locator(".watch-do [data-day]").FillAsync(browser.Today.AddDays(3).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture));

        await Row(reader, code).Locator(".do .button").First.ClickAsync();

        await Expect(Row(reader, code)).ToContainTextAsync($"Đã hẹn thăm {browser.Today.AddDays(3):dd/MM/yyyy}");
        var planned = (await CaseAsync(code)).Latest().PlannedVisit.ShouldNotBeNull();
        (planned.Day, planned.Purpose).ShouldBe((browser.Today.AddDays(3), VisitPurpose.Suggested));
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_needed_is_said_why_and_stands_no_more_on_the_list()
    {
        await using var reader = await AtTheListAsync();
        var code = (await Open(reader).Nth(1).GetAttributeAsync("data-household"))!;

        await Row(reader, code).Locator(".do .button").Last.ClickAsync();
        await reader.Page.Locator("tr.declining [data-ground=other]").ClickAsync();
        await Expect(reader.Page.Locator(".wrong-says")).ToContainTextAsync("Lý do khác cần được ghi rõ");
        await reader.Page.Locator("tr.declining [data-ground=doing_well]").ClickAsync();
        await Expect(Row(reader, code)).ToContainTextAsync(new Regex("Đã bỏ qua đến .*: hộ ổn định"));

        (await CaseAsync(code)).Facts[^1].Event.ShouldBeOfType<VisitSuggestionDeclined>().Ground.ShouldBe(DeclineGround.DoingWell);
        reader.Complaints.ShouldBeEmpty();
        await using var again = await AtTheListAsync();
        await Expect(Row(again, code)).ToHaveCountAsync(0);
        await Expect(again.Page.Locator("main")).ToContainTextAsync("Hộ ổn định");
    }

    [Fact]
    public async Task Several_are_planned_together()
    {
        await using var reader = await AtTheListAsync("en");
        string[] codes = [(await Open(reader).Nth(2).GetAttributeAsync("data-household"))!, (await Open(reader).Nth(3).GetAttributeAsync("data-household"))!];
        foreach (var code in codes) await Row(reader, code).Locator(".tick input").CheckAsync();

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Plan visits to 2 chosen" }).ClickAsync();

        foreach (var code in codes)
        {
            await Expect(Row(reader, code)).ToContainTextAsync("Visit planned for");
            (await CaseAsync(code)).Latest().PlannedVisit!.Purpose.ShouldBe(VisitPurpose.Suggested);
        }
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_only_analyses_is_not_shown_it()
    {
        await using var reader = await browser.OpenAsync(Page, who: "demo-evaluator");

        await Expect(reader.Page.Locator("tr[data-household]")).ToHaveCountAsync(0);
        await Expect(reader.Page.Locator("#menu a[href='/theo-doi-tai-ngheo']")).ToHaveCountAsync(0);
    }
}
