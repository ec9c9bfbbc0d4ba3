using System.Net;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using YenBai.Cases.Web.Tests.Store;
using static YenBai.Cases.Web.Tests.Supports.SupportStory;

namespace YenBai.Cases.Web.Tests.Supports;

/// <summary>Many agreements are shown a page at a time, as bars as well as in the list.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SupportPageFacts(SupportPageFacts.Many store) : IClassFixture<SupportPageFacts.Many>
{
    private const int All = 53;

    public sealed class Many : TestStore
    {
        protected override async Task FillAsync()
        {
            for (var i = 0; i < All; i++) await this.AgreedAsync($"many-{i:00}", [Vaccinate(Today.AddDays(60 + i))]);
            await CatchUpAsync();
        }
    }

    [Theory]
    [InlineData("", 50), InlineData("?page=2", 3), InlineData("?as=list", 50), InlineData("?as=list&page=2", 3)]
    public async Task A_page_has_fifty_at_most(string query, int rows)
    {
        var page = WebUtility.HtmlDecode(await store.Http.GetStringAsync($"/ho-tro{query}"));

        Regex.Count(page, query.Contains("list", StringComparison.Ordinal) ? "<td class=\"tick\"" : "<span class=\"tl-name\"").ShouldBe(rows);
        page.ShouldContain($"{All} thoả thuận");
        page.ShouldContain(rows == 50 ? "rel=\"next\"" : "rel=\"prev\"");
    }
}
