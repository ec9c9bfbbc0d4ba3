using System.Runtime.Versioning;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Registering;
using YenBai.Cases.Visits;

namespace YenBai.Cases.Web.Tests.Durability;

/// <summary>A figure of last year can be had again as it was, whatever has become known since.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PermalinkFacts(TwentyHouseholds store) : IClassFixture<TwentyHouseholds>
{
    private const string Header = "event_id,household,seq,effective,recorded,type,district,voluntary,support,cause,history,reference,standard";

    private static readonly string[] Questions =
    [
        "durability/spells", "durability/spells?format=csv", "durability/curve", "durability/curve?groupBy=district&timeScale=reviews", "durability/curve?depth=broad&groupBy=voluntary",
        "durability/hazard?groupBy=support", "durability/cumulative-incidence", "durability/log-rank?groupBy=voluntary&strata=district", "durability/rmst?tau=731",
        "durability/regression?covariates=voluntary", "movement", "movement?by=area&standard=2016-2020", "outcomes?year=2018",
    ];

    private Task<byte[]> AskAsync(string question, string link) =>
        store.Http.GetByteArrayAsync($"/api/{question}{(question.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{link}");

    [Fact]
    public async Task The_same_link_gives_the_same_bytes_after_a_year_of_events_late_facts_annulments_and_imports()
    {
        var first = await store.GetAsync("/api/durability/curve?asOf=2022-06-30");
        first["position"]!.GetValue<long>().ShouldBe(await store.AskAsync<long>("select max(sequence) from cases.ledger"));
        var link = $"asOf=2022-06-30&knownAt={first["query"]!["knownAt"]}&position={first["position"]}";
        var before = new Dictionary<string, byte[]>();
        foreach (var question in Questions) before[question] = await AskAsync(question, link);

        await AYearGoesByAsync();

        foreach (var question in Questions)
        {
            (await AskAsync(question, link)).ShouldBe(before[question], question);
            // Those who ask without a position learn of it.
            if (!question.Contains("regression", StringComparison.Ordinal)) (await AskAsync(question, "asOf=2022-06-30")).ShouldNotBe(before[question], question);
        }
        (await AskAsync("durability/curve", link)).ShouldNotBeEmpty();
        await store.RestartAsync();
        foreach (var question in Questions) (await AskAsync(question, link)).ShouldBe(before[question], $"{question} after a restart");
    }

    [Fact]
    public async Task What_an_answer_says_of_its_question_asks_it_again()
    {
        var first = await store.GetAsync("/api/durability/curve?groupBy=district&strata=cohort&cohortFrom=2015&level=0.9&place=136");
        var query = first["query"]!.AsObject().Where(p => p.Value is not null)
            .Select(p => $"{p.Key}={(p.Value is System.Text.Json.Nodes.JsonArray all ? string.Join(',', all.Select(v => v!.ToString())) : Uri.EscapeDataString(p.Value!.ToString()))}");

        var again = await store.GetAsync($"/api/durability/curve?{string.Join('&', query)}&position={first["position"]}");

        again.ToJsonString().ShouldBe(first.ToJsonString());
    }

    private async Task AYearGoesByAsync()
    {
        store.Clock.Now += TimeSpan.FromDays(365);
        // Learnt long ago, as its register says, and stored now; among it the annulment of an exit.
        (await store.ImportAsync(store.Write("late.csv", string.Join('\n', Header,
            "901,H01,901,2021-12-15,2021-12-20,ENTER,Van Yen,,,deterioration,,,2016-2020",
            "902,H02,902,2017-12-15,2018-01-20,VOID,Van Yen,,,,,6,2016-2020",
            "903,N01,903,2016-03-01,2016-03-01,ENTER,Van Yen,,,,,,2016-2020",
            "904,N01,904,2017-12-15,2017-12-15,EXIT,Tram Tau,1,training,,,,2016-2020",
            "905,N01,905,2019-12-15,2019-12-15,ENTER,Tram Tau,,,deterioration,,,2016-2020")))).Refused.ShouldBe(0);
        // The years had their reviews a month earlier after all.
        (await store.ImportAsync(store.Write("earlier.csv", "review\n" + string.Join('\n', Enumerable.Range(2012, 10).Select(y => $"{y}-11-15"))))).Refused.ShouldBe(0);
        var import = await store.ImportAsync(store.Write("withdrawn.csv", string.Join('\n', Header, "906,N02,906,2017-12-15,2017-12-15,EXIT,Van Yen,0,none,,,,2016-2020")));
        await store.Get<Withdrawal>().RunAsync(store.Clerk, import.Id, null, default);

        var h06 = await store.CaseAsync("H06");
        var left = h06.Facts.First(f => f.Event is Exited);
        (await store.SubmitAsync("H06", h06.Version, new Annul(left.Id, "Nhầm hộ"))).Reception.ShouldBe(Commands.Reception.Accepted);
        (await store.SubmitAsync("H12", (await store.CaseAsync("H12")).Version, new RecordVisit(new(2025, 5, 1), "Đã xem"))).Reception.ShouldBe(Commands.Reception.Accepted);
        await store.CatchUpAsync();
        // Whatever writes the read models anew writes them as they were.
        await store.Get<Maintenance.Rebuild>().RunAsync(new HashSet<Maintenance.ReadModel> { Maintenance.ReadModel.Ledger }, null, default);
    }
}
