using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using YenBai.Cases.Web.Components.ExitDurability;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>How long exits last: asked through the form, compared, seen with earlier knowledge, taken along as a picture.</summary>
[Collection(Browsers.First)]
public sealed class DurabilityScreens(BrowserFixture browser)
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private static async Task<byte[]> DownloadAsync(IPage page, ILocator by)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => by.ClickAsync());
        await using var file = await download.CreateReadStreamAsync();
        var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static async Task ShouldBeForEverybodyAsync(IPage page, int width)
    {
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, "scrolls sideways");
        (await page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical").SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {n.Html}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1440), InlineData(390)]
    public async Task A_manager_compares_those_who_asked_to_leave_with_the_others_and_takes_the_curves_along(int width)
    {
        await using var reader = await browser.OpenAsync(DurabilityView.Path, width: width);
        var page = reader.Page;

        await page.Locator("form.question select[name=groupBy]").SelectOptionAsync("voluntary");
        await page.Locator("form.question button.primary").ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex(@"\?groupBy=voluntary$"));
        await Expect(page.Locator("section[aria-labelledby=so-sanh] table.expected tbody tr").First).ToBeVisibleAsync();
        var groups = await page.Locator("section[aria-labelledby=so-sanh] table.expected tbody tr").CountAsync();
        groups.ShouldBeGreaterThan(1);
        // Exits of which nobody recorded whether they were asked for have a line of their own, but no part in the test.
        var unknown = await page.Locator("section[aria-labelledby=so-sanh] .not-compared").CountAsync();
        await Expect(page.Locator("section[aria-labelledby=moc] table.horizons tbody tr")).ToHaveCountAsync(groups + unknown);
        await Expect(page.Locator("section.curve figure svg:visible").First).ToBeVisibleAsync();
        await Expect(page.Locator(".surface.internal")).ToBeVisibleAsync();
        await ShouldBeForEverybodyAsync(page, width);

        var svg = Encoding.UTF8.GetString(await DownloadAsync(page, page.Locator("a[data-figure=svg]")));
        svg.ShouldStartWith("<svg");
        // In the page's language, though the browser asks for English.
        WebUtility.HtmlDecode(svg).ShouldContain("Tỷ lệ hộ chưa tái nghèo sau khi thoát nghèo");
        var png = await DownloadAsync(page, page.Locator("a[data-figure=png]"));
        png[..4].ShouldBe(Png);
        png.Length.ShouldBeGreaterThan(5_000, "an empty picture");
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1440), InlineData(390)]
    public async Task A_manager_sees_what_has_become_known_since_an_earlier_day(int width)
    {
        await using var reader = await browser.OpenAsync(DurabilityView.Path, width: width);
        var page = reader.Page;
        await Expect(page.Locator(".then-part .differences")).ToHaveCountAsync(0);
        var since = browser.Today.AddYears(-2);

        await page.Locator(".then-part input[name=since]").FillAsync(since.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
        await page.Locator(".then-part form button.button").ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex($"since={since:yyyy-MM-dd}"));
        await Expect(page.Locator(".then-part .differences li").First).ToBeVisibleAsync();
        await Expect(page.Locator(".then-part")).ToContainTextAsync(since.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
        await Expect(page.Locator(".then-part table.changes tbody tr").First).ToBeVisibleAsync();
        await ShouldBeForEverybodyAsync(page, width);
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1440), InlineData(390)]
    public async Task An_evaluator_sees_what_may_be_published_and_nobodys_code(int width)
    {
        await using var reader = await browser.OpenAsync($"{DurabilityView.Path}?groupBy=district&since={browser.Today.AddYears(-2):yyyy-MM-dd}", width: width, who: "demo-evaluator");
        var page = reader.Page;

        await Expect(page.Locator(".surface.publishable")).ToBeVisibleAsync();
        await Expect(page.Locator(".surface.internal")).ToHaveCountAsync(0);
        (await page.ContentAsync()).ShouldNotContain("DEMO-");
        await Expect(page.Locator("main a[href^='/ho-dan/']")).ToHaveCountAsync(0);
        await ShouldBeForEverybodyAsync(page, width);
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("vi", "Không có hộ thoát nghèo nào"), InlineData("en", "No exits in this choice")]
    public async Task A_cohort_of_nobody_is_said_to_be_empty(string language, string words)
    {
        await using var reader = await browser.OpenAsync($"{DurabilityView.Path}?cohortFrom=2012&cohortTo=2012&asOf=2012-06-30", language, 390);

        await Expect(reader.Page.Locator(".answer .message h2")).ToContainTextAsync(words);
        await Expect(reader.Page.Locator("section.curve")).ToHaveCountAsync(0);
        await ShouldBeForEverybodyAsync(reader.Page, 390);
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("groupBy=village", "vi", "Không hiểu câu hỏi"), InlineData("groupBy=village", "en", "The question in this address could not be read")]
    [InlineData("cohortFrom=2020&cohortTo=2018", "vi", "Không hiểu câu hỏi"), InlineData("axis=broken", "en", "The question in this address could not be read")]
    public async Task What_an_address_says_wrong_is_told_in_words(string query, string language, string words)
    {
        await using var reader = await browser.OpenAsync($"{DurabilityView.Path}?{query}", language, 390);

        var told = reader.Page.Locator(".answer .message[role=alert]");
        await Expect(told.Locator("h2")).ToContainTextAsync(words);
        (await told.Locator("p").First.InnerTextAsync()).Trim().ShouldNotBeEmpty();
        await Expect(reader.Page.Locator("section.curve")).ToHaveCountAsync(0);
        await ShouldBeForEverybodyAsync(reader.Page, 390);
        reader.Complaints.ShouldBeEmpty();
    }
}
