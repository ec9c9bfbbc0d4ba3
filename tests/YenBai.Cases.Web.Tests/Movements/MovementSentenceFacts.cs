using System.Net;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using YenBai.Cases.Web.Tests.Durability;

namespace YenBai.Cases.Web.Tests.Movements;

/// <summary>The sentence above the table counts as the table does.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class MovementSentenceFacts(TwentyHouseholds store) : IClassFixture<TwentyHouseholds>
{
    [Theory]
    [InlineData("official"), InlineData("full")]
    public async Task The_sentence_and_the_table_say_one_number_of_exits(string layout)
    {
        var rows = (await store.GetAsync("/api/movement"))["rows"]!.AsArray().Where(r => r!["unit"]!.GetValue<string>() == "all").ToList();
        var row = rows.First(r => r!["exits"]!.GetValue<int>() > 0 && r["otherOut"]!.GetValue<int>() > 0)!;
        var (exits, otherOut) = (row["exits"]!.GetValue<int>(), row["otherOut"]!.GetValue<int>());

        var page = WebUtility.HtmlDecode(await store.Http.GetStringAsync($"/bien-dong?year={row["year"]}&beside=none&layout={layout}"));

        Exits().Match(page).Groups[1].Value.ShouldBe((layout == "official" ? exits + otherOut : exits).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"Thoát nghèo (\d+)[ ,(]")]
    private static partial Regex Exits();
}
