using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Marten;
using Microsoft.Playwright;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Support;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>What is due, done in two taps; agreements as bars, as a list, one by one and many at once.</summary>
[Collection(Browsers.First)]
public sealed class SupportScreens(BrowserFixture browser)
{
    private static readonly int[] Widths = [1440, 390];

    /// <summary>A household with an agreement of which one condition is due today.</summary>
    private async Task<(CaseloadItem Household, Agreement Agreement)> AgreedAsync()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        var today = browser.Today;
        await browser.SubmitAsync(household.Code, new AgreeSupport(
            today.AddDays(-40), "production_means", 5_000_000, [new(FundingSource.Programme, 5_000_000)], today.AddDays(-40), today.AddDays(25), null, null,
            [new("vaccinate", null, null, today, null, Evidence.None), new("report_progress", null, null, today.AddDays(20), null, Evidence.Note)]));
        await CaughtUpAsync();
        return (household, (await CaseAsync(household.Code)).Latest().Agreements.Values.OrderBy(a => a.Start).Last(a => a.Conditions.Any(c => c.Terms.Due == today)));
    }

    private async Task<Household> CaseAsync(string code)
    {
        await using var session = browser.Get<IDocumentStore>().QuerySession();
        return (await session.LoadAsync<Household>(Ids.Household(code)))!;
    }

    private async Task CaughtUpAsync() => (await browser.Get<Freshness>().WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None)).ShouldBeTrue();

    private static ILocator Task(IPage page, string code, string does) => page.Locator(".tasks li").Filter(new() { Has = page.Locator($"a[data-household='{code}'][data-do='{does}']") });

    [Fact]
    public async Task A_visit_of_today_is_recorded_in_two_taps_in_a_hand()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        await using (var session = browser.Get<IDocumentStore>().LightweightSession())
        {
            session.Events.Append(Ids.Household(household.Code), (await CaseAsync(household.Code)).Version + 1, new VisitPlanned(browser.Today.AddDays(-1), browser.Get<TimeProvider>().GetUtcNow().AddDays(-1), browser.Today, null, VisitPurpose.FollowUp));
            await session.SaveChangesAsync();
        }
        await CaughtUpAsync();
        await using var reader = await browser.OpenAsync("/viec-cua-toi?all=1&column=soon", width: 390);
        await reader.LiveAsync();
        var task = Task(reader.Page, household.Code, "record-visit");
        await Expect(task).ToContainTextAsync("hôm nay");

        await task.Locator("a.button").ClickAsync();
        await Expect(reader.Form).ToBeVisibleAsync();
        await reader.SendAsync();

        await Expect(task).ToHaveCountAsync(0);
        await Expect(reader.Form).ToHaveCountAsync(0);
        (await CaseAsync(household.Code)).Latest().LastVisit.ShouldBe(browser.Today);
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_condition_that_is_due_is_met_in_two_taps_in_a_hand()
    {
        var (household, agreement) = await AgreedAsync();
        await using var reader = await browser.OpenAsync("/viec-cua-toi?all=1&column=soon", width: 390);
        await reader.LiveAsync();
        var task = Task(reader.Page, household.Code, "meet-condition").Filter(new() { HasText = "hôm nay" });

        await task.Locator("a.button").ClickAsync();
        await Expect(reader.Form).ToBeVisibleAsync();
        await reader.SendAsync();

        await Expect(task).ToHaveCountAsync(0);
        var now = (await CaseAsync(household.Code)).Latest().Agreements[agreement.Id];
        now.StateOf(now.Conditions.First(c => c.Terms.Due == browser.Today)).ShouldBe(ConditionState.Met);
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("vi"), InlineData("en")]
    public async Task A_bar_says_all_in_a_sentence_and_opens_its_agreement_by_hand_and_by_key(string language)
    {
        var (household, agreement) = await AgreedAsync();
        await using var reader = await browser.OpenAsync($"/ho-tro?household={household.Code}", language);
        await reader.LiveAsync();
        var page = reader.Page;
        var bar = page.Locator($".tl a[data-support='{agreement.Id}']");

        await Expect(bar.Locator(".visually-hidden")).ToHaveTextAsync(new Regex(language == "vi" ? "đang thực hiện, từ .* đến .*Điều kiện: 2 đến hạn" : "active, from .* to .*Conditions: 2 due"));
        await Expect(bar.Locator("svg use")).ToHaveCountAsync(2);
        await bar.ClickAsync();
        var panel = page.Locator(".rz-dialog-side");
        await Expect(panel.Locator(".conditions li")).ToHaveCountAsync(2);
        (await BarriersAsync(page)).ShouldBeEmpty();
        await panel.Locator(".rz-dialog-side-titlebar-close, .rz-dialog-titlebar-close").First.ClickAsync();
        await Expect(panel).ToHaveCountAsync(0);
        await bar.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(panel.Locator(".conditions li")).ToHaveCountAsync(2);
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_done_in_the_panel_is_seen_on_the_timeline()
    {
        var (household, agreement) = await AgreedAsync();
        await using var reader = await browser.OpenAsync($"/ho-tro?household={household.Code}");
        await reader.LiveAsync();
        var page = reader.Page;

        await page.Locator($".tl a[data-support='{agreement.Id}']").ClickAsync();
        await page.Locator(".rz-dialog-side a[data-do='suspend-support']").ClickAsync();
        await Expect(reader.Form).ToBeVisibleAsync();
        await reader.Form.Locator("#f-reason").FillAsync("Lũ cuốn trôi chuồng trại");
        await reader.SendAsync();

        await Expect(page.Locator($".tl a[data-support='{agreement.Id}'] .tl-says")).ToContainTextAsync("Tạm dừng từ");
        await Expect(page.Locator($".tl a[data-support='{agreement.Id}'] svg rect")).ToHaveCountAsync(2);
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ticked_agreements_are_extended_after_a_preview()
    {
        var (household, agreement) = await AgreedAsync();
        await using var reader = await browser.OpenAsync($"/ho-tro?as=list&household={household.Code}");
        var page = reader.Page;
        await page.Locator($"input[name=id][value='{agreement.Id}']").CheckAsync();
        await page.Locator("button[name=act][value=extend]").ClickAsync();
        await reader.LiveAsync();

        await page.Locator("#b-months").SelectOptionAsync("3");
        await page.Locator("#b-reason").FillAsync("Mưa lũ kéo dài");
        await page.Locator(".bulk-form button").ClickAsync();
        var row = page.Locator(".bulk-list tbody tr");
        await Expect(row).ToContainTextAsync("thực hiện được");
        await Expect(row).ToContainTextAsync(browser.Today.AddDays(25).AddMonths(3).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture));
        (await CaseAsync(household.Code)).Latest().Agreements[agreement.Id].ExtendedBy.ShouldBe(0);
        await page.Locator(".buttons .primary").Last.ClickAsync();

        await Expect(row).ToContainTextAsync("đã ghi");
        (await CaseAsync(household.Code)).Latest().Agreements[agreement.Id].EndOn(browser.Today).ShouldBe(browser.Today.AddDays(25).AddMonths(3));
        (await BarriersAsync(page)).ShouldBeEmpty();
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("vi"), InlineData("en")]
    public async Task An_agreement_has_a_page_of_its_own(string language)
    {
        var (_, agreement) = await AgreedAsync();
        await using var reader = await browser.OpenAsync($"/ho-tro/thoa-thuan/{agreement.Id}", language);
        var page = reader.Page;

        await Expect(page.Locator("h1")).ToHaveTextAsync(language == "vi" ? "Hỗ trợ tư liệu sản xuất" : "Means of production");
        await Expect(page.Locator(".conditions li")).ToHaveCountAsync(2);
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, $"scrolls sideways at {width} px");
            (await BarriersAsync(page)).ShouldBeEmpty($"at {width} px");
        }
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_evaluator_sees_no_agreements()
    {
        await using var reader = await browser.OpenAsync("/ho-tro", who: "demo-evaluator");
        var page = reader.Page;

        await Expect(page.Locator(".tl li")).ToHaveCountAsync(0);
        (await page.ContentAsync()).ShouldNotContain("DEMO-");
    }

    private static async Task<IEnumerable<string>> BarriersAsync(IPage page) =>
        (await page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical").SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {n.Html}"));
}
