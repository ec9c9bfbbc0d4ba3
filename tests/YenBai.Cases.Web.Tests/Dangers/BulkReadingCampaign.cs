using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Tests.Access;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>
/// An officer reads everything that can be had, by lists, not by opening anybody. Each household knows of it, the alarm is
/// raised once, and those who must know see it.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class BulkReadingCampaign(BulkReadingCampaign.Province store, ITestOutputHelper output) : IClassFixture<BulkReadingCampaign.Province>
{
    /// <summary>The limits in proportion to a small province.</summary>
    public sealed class Province : DemonstrationStore
    {
        protected override void Configure(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder)
        {
            base.Configure(builder);
            builder.Services.AddSingleton(new ReadingLimits(ReadingLimits.Default.ByRole.ToDictionary(l => l.Key, l => new ReadingLimit(l.Value.PerHour / 20, l.Value.PerDay / 10))));
        }
    }

    /// <summary>Each way takes all that there is of its kind.</summary>
    private static readonly (string Way, string Address, string Items, string Code)[] Ways =
    [
        ("the list of households", "/api/households?size=200&page={0}", "items", "code"),
        ("supports", "/api/supports?size=200&page={0}", "", "household"),
        ("the watch", "/api/watch?size=200&perDistrict=500&page={0}", "items", "household"),
        ("unmet needs", "/api/needs?size=200&page={0}", "items", "household"),
        ("what-if", "/api/what-if?standard=2027-2030", "switches", "household"),
        ("spells", "/api/durability/spells", "rows", "household"),
    ];

    private Task<string[]> ReadingsAsync() => store.AskAsync<string[]>("select array(select id::text from cases.reading where actor = 'manager')");

    /// <summary>The households that the manager's readings name, but for the earlier readings.</summary>
    private async Task<string[]> NamedSinceAsync(string[] earlier) => await store.AskAsync<string[]>($"""
        select array(select distinct c.code from cases.reading r, unnest(array_append(r.households, r.household)) h join cases.caseload c on c.household = h
            where r.actor = 'manager' and r.id::text <> all ('{"{" + string.Join(',', earlier) + "}"}'))
        """);

    [Fact]
    public async Task Who_reads_everything_by_lists_is_on_record_with_each_household_and_raises_the_alarm()
    {
        var scraper = store.People["manager"];
        var alarms = store.Get<ReadingAlarms>();
        (await alarms.CheckAsync(default)).ShouldBeEmpty("nobody has read much yet");

        var taken = new HashSet<string>();
        foreach (var (way, address, items, code) in Ways)
        {
            var before = taken.Count;
            var already = await ReadingsAsync();
            var found = new HashSet<string>();
            for (var page = 1; page < 20; page++)
            {
                var answer = JsonNode.Parse(await scraper.GetStringAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, page)))!;
                var codes = (items.Length == 0 ? answer : answer[items])!.AsArray().Select(i => i![code]!.GetValue<string>()).ToList();
                if (codes.Count == 0 || (codes.All(found.Contains) && !address.Contains("{0}", StringComparison.Ordinal))) break;
                found.UnionWith(codes);
            }
            taken.UnionWith(found);
            output.WriteLine($"{way}: {found.Count} households, {taken.Count - before} of them new");
            found.ShouldNotBeEmpty(way);
            // By these answers, not by those of another list that named the same households.
            found.Except(await NamedSinceAsync(already)).ShouldBeEmpty(way);
        }
        (await scraper.GetAsync("/ho-dan/xuat.csv")).EnsureSuccessStatusCode();
        taken.Count.ShouldBeGreaterThan(100);

        // Each household's people can be told.
        foreach (var code in taken)
            (await store.Get<ReadLog>().OfHouseholdAsync(Ids.Household(code), default)).ShouldContain(e => e.User == "manager", code);
        (await scraper.GetStringAsync($"/ho-dan/{taken.First()}/ai-da-xem")).ShouldContain("danh sách hộ");

        // Once a window.
        var raised = await alarms.CheckAsync(default);
        raised.Select(a => (a.User, a.Window)).Order().ShouldBe([("manager", AlarmWindow.Hour)]);
        raised[0].Households.ShouldBeGreaterThan(raised[0].Limit);
        (await alarms.CheckAsync(default)).ShouldBeEmpty();

        // Whom it concerns sees it; who did it does not, nor who has nothing to do with it.
        foreach (var (person, sees) in new[] { ("auditor", true), ("administrator", true), ("other-manager", true), ("manager", false), ("caseworker", false), ("evaluator", false), ("sponsor", false) })
            (await store.People[person].GetStringAsync("/")).Contains($"{raised[0].Households} hộ khác nhau", StringComparison.Ordinal).ShouldBe(sees, person);
        (await store.People["auditor"].GetStringAsync("/quan-tri/nhat-ky?what=alarm")).ShouldContain("hộ khác nhau trong một giờ");

        // An hour later it is a new window; nothing was read in it.
        store.Clock.Now += TimeSpan.FromMinutes(61);
        (await alarms.CheckAsync(default)).ShouldBeEmpty();
        await scraper.GetStringAsync("/api/households?size=200&page=1");
        (await alarms.CheckAsync(default)).Select(a => a.Window).ShouldBe([AlarmWindow.Hour]);
    }
}
