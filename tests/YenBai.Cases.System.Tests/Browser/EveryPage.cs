using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using YenBai.Cases.Households;
using YenBai.Cases.Web.Components;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>What holds of every page, on a desk and in a hand, in both languages.</summary>
public abstract partial class EveryPage(BrowserFixture browser, string language)
{
    private const string Household = "/ho-dan/{Code}";
    private static readonly int[] Widths = [1440, 390];

    /// <summary>Every address that a page has, a household that is there, one that is not, and a page that is not.</summary>
    public static TheoryData<string> Pages
    {
        get
        {
            var routes = typeof(App).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes(typeof(RouteAttribute), false)).Select(r => ((RouteAttribute)r).Template);
            return [.. routes.Select(r => Optional().Replace(r, "")).Where(r => !r.Contains('{')).Distinct().Order(StringComparer.Ordinal), Household, "/ho-dan/KHONG-CO", "/khong-co"];
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Is_whole_readable_and_accessible(string path)
    {
        if (path == Household) path = $"/ho-dan/{(await browser.HouseholdAsync(ListStatus.Poor)).Code}";
        await using var reader = await browser.OpenAsync(path, language);
        var page = reader.Page;
        if (path.StartsWith("/ho-dan", StringComparison.Ordinal)) await reader.LiveAsync();
        await Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(page.Locator(".demonstration")).ToContainTextAsync(language == "vi" ? "DỮ LIỆU MINH HOẠ" : "DEMONSTRATION DATA");
        await Expect(page.Locator("h1")).ToHaveCountAsync(1);
        (await page.TitleAsync()).ShouldEndWith(language == "vi" ? " · Hồ sơ hộ Yên Bái" : " · Yên Bái Cases");
        (await page.EvaluateAsync<bool>("() => [...document.styleSheets].length >= 3 && [...document.styleSheets].every(s => s.cssRules.length > 0)")).ShouldBeTrue("the page has no style");
        (await KeysAsync(page)).ShouldBeEmpty();
        // The browser's own box for a day follows the browser's language, not the page's.
        await Expect(page.Locator("input[type=date]")).ToHaveCountAsync(0);

        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, $"scrolls sideways at {width} px");
            (await BarriersAsync(page)).ShouldBeEmpty($"at {width} px");
        }
        reader.Complaints.ShouldBeEmpty();
    }

    internal static async Task<IEnumerable<string>> KeysAsync(IPage page) => (await page.EvaluateAsync<string[]>(AllTexts)).Where(t => Key().IsMatch(t));

    internal static async Task<IEnumerable<string>> BarriersAsync(IPage page) =>
        (await page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical").SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {n.Html}"));

    /// <summary>What is read, aloud or not.</summary>
    private const string AllTexts = """
        () => {
          const texts = [document.title];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const node = walk.currentNode;
            if (node.nodeType === Node.TEXT_NODE) { if (!node.parentElement.closest('script, style')) texts.push(node.data.trim()); }
            else for (const name of ['aria-label', 'title', 'placeholder', 'alt']) if (node.hasAttribute(name)) texts.push(node.getAttribute(name).trim());
          }
          return texts;
        }
        """;

    [GeneratedRegex(@"/\{[^}]*\?\}")]
    private static partial Regex Optional();

    /// <summary>The key of a text that nobody has written.</summary>
    [GeneratedRegex(@"^[a-z][A-Za-z_-]*(\.[A-Za-z_-]+)+$|\b(refusal|problem)\.")]
    private static partial Regex Key();
}

[Collection(Browsers.Third)]
public sealed class EveryPageInVietnamese(BrowserFixture browser) : EveryPage(browser, "vi");

[Collection(Browsers.Fourth)]
public sealed class EveryPageInEnglish(BrowserFixture browser) : EveryPage(browser, "en");
