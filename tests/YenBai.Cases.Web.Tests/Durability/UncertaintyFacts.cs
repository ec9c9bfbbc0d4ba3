using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Durability;

/// <summary>What the figures cannot know is said beside them: who was not looked at, who asked, what was learnt later.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class UncertaintyFacts(TestStore store) : IClassFixture<TestStore>
{
    private const string Old = "2016-2020", New = "2022-2025";
    private const string Header = "event_id,household,seq,effective,recorded,type,district,voluntary,support,cause,history,reference,standard\n";

    private async Task TakenAsync(string code, params HouseholdCommand[] commands)
    {
        foreach (var command in commands)
            (await store.SubmitAsync(code, (await store.CaseAsync(code)).Version, command)).Reception.ShouldBe(Reception.Accepted, command.ToString());
    }

    private static DecideClass Judged(DateOnly on, string standard, PovertyClass @class) => new(on, standard, @class, null, null, null);

    private Task<JsonNode> AskAsync(string address) => store.GetJsonAsync($"/api/durability/{address}");

    private async Task ImportAsync(string name, params string[] rows)
    {
        (await store.ImportAsync(store.Write(name, Header + string.Join('\n', rows)))).Refused.ShouldBe(0);
        await store.CatchUpAsync();
    }

    [Fact]
    public async Task Households_that_no_review_confirmed_may_all_be_back_or_all_be_out()
    {
        // Of three that left together one was confirmed twice, one once, one never. All in Trạm Tấu, where nothing else happens.
        await ImportAsync("unconfirmed.csv",
            "1,U1,1,2010-12-15,2010-12-15,EXIT,Tram Tau,0,none,,,,", "2,U1,2,2011-12-15,2011-12-15,CONFIRM,Tram Tau,,,,,,", "3,U1,3,2012-12-15,2012-12-15,CONFIRM,Tram Tau,,,,,,",
            "4,U2,1,2010-12-15,2010-12-15,EXIT,Tram Tau,0,none,,,,", "5,U2,2,2011-12-15,2011-12-15,CONFIRM,Tram Tau,,,,,,",
            "6,U3,1,2010-12-15,2010-12-15,EXIT,Tram Tau,0,none,,,,");

        foreach (var scale in new[] { "reviews", "days" })
        {
            var curve = (await AskAsync($"curve?place=139@2020-01-01&cohortTo=2010&asOf=2013-01-31&timeScale={scale}")).Group("all");
            var confirmation = curve["confirmation"]!;
            (confirmation["out"]!.GetValue<int>(), confirmation["confirmed"]!.GetValue<int>()).ShouldBe((3, 1));
            var bounds = confirmation["bounds"]!.AsArray();
            // Back at the first review that did not see them: one of three, then one of the two left.
            bounds[0]!["ifAllReturned"].ShouldAgree("0.6666666666666667", scale);
            bounds[1]!["ifAllReturned"].ShouldAgree("0.3333333333333333", scale);
            bounds.ShouldAllBe(b => b!["ifAllStayed"]!.GetValue<double>() == 1);
        }
        // Before the first review nobody was due.
        var early = (await AskAsync("curve?place=139@2020-01-01&cohortTo=2010&asOf=2011-06-30&censoring=asOf")).Group("all")["confirmation"]!;
        (early["out"]!.GetValue<int>(), early["confirmed"]!.GetValue<int>()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task An_exit_was_asked_for_by_the_household_in_its_year_or_while_scores_still_said_poor_or_not_at_all()
    {
        string[] codes = [.. new[] { "asked", "poor", "never", "withdrew", "year-before", "annulled" }.Select(c => store.GetHashCode() + "-" + c)];
        var exit = Judged(new(2023, 12, 15), New, PovertyClass.NearPoor);
        foreach (var code in codes)
        {
            await store.RegisterAsync(code, on: "2022-01-01");
            await TakenAsync(code, Judged(new(2022, 1, 10), New, PovertyClass.Poor));
        }
        RecordAssessment Scored(int a, int b) => new(new(2023, 2, 1), New, "B", Area.Rural, a, b, null, null, null);
        RequestExit Asked(int year) => new(new(year, 3, 1), "Nhà tôi đã đủ ăn");
        await TakenAsync(codes[0], Scored(160, 10), Asked(2023), exit);
        await TakenAsync(codes[1], Scored(100, 40), Asked(2023), exit);
        await TakenAsync(codes[2], exit);
        await TakenAsync(codes[3], Asked(2023), new WithdrawExitRequest(new(2023, 4, 1), null), exit);
        await TakenAsync(codes[4], Asked(2022), exit);
        await TakenAsync(codes[5], Asked(2023));
        var request = (await store.CaseAsync(codes[5])).Facts.Single(f => f.Event is ExitRequested);
        await TakenAsync(codes[5], new Annul(request.Id, "Nhầm hộ"), exit);
        foreach (var code in codes) await TakenAsync(code, new ConfirmExit(new(2024, 3, 1)));
        await store.CatchUpAsync();

        var groups = (await AskAsync("curve?groupBy=ownRequest&cohortFrom=2023")).AsObject()["groups"]!.AsArray();

        groups.Select(g => (g!["group"]!.GetValue<string>(), g["n"]!.GetValue<int>())).ShouldBe([("none", 4), ("own", 1), ("while_poor", 1)]);
        var regression = await AskAsync("regression?model=cox&covariates=ownRequest&cohortFrom=2023");
        regression["reason"]!.GetValue<string>().ShouldBe("no_events");
    }

    [Fact]
    public async Task What_was_learnt_between_two_days_is_told_fact_by_fact_and_what_changes_the_past_comes_first()
    {
        await ImportAsync("learnt.csv",
            "1,L1,1,2000-12-15,2001-01-05,EXIT,Luc Yen,0,none,,,,", "2,L1,2,2001-12-15,2002-01-05,CONFIRM,Luc Yen,,,,,,",
            "3,L2,1,2000-12-15,2001-01-05,EXIT,Luc Yen,0,none,,,,", "4,L2,2,2001-06-15,2003-02-01,ENTER,Luc Yen,,,deterioration,,,",
            "5,L3,1,2000-12-15,2001-01-05,EXIT,Luc Yen,0,none,,,,", "6,L3,2,2002-06-01,2002-06-01,MOVE_OUT,Luc Yen,,,,,,",
            "7,L4,1,2000-12-15,2003-01-05,EXIT,Luc Yen,0,none,,,,",
            "8,L5,1,2000-12-15,2001-01-05,EXIT,Luc Yen,0,none,,,,", "9,L5,2,2000-12-15,2003-03-05,VOID,Luc Yen,,,,,8,",
            "10,L6,1,2000-12-15,2001-01-05,EXIT,Luc Yen,0,none,,,,");

        var told = await AskAsync("changes?cohortTo=2000&asOf=2003-12-31&knownAt=2003-12-31&since=2001-12-31&place=135@2020-01-01");

        told["changes"]!.AsArray().Select(c => (c!["kind"]!.GetValue<string>(), c["count"]!.GetValue<int>(), c["late"]!.GetValue<int>()))
            .ShouldBe([("exit_learnt", 1, 1), ("exit_gone", 1, 1), ("return_learnt", 1, 1), ("left_learnt", 1, 0), ("confirmed", 1, 1)]);
        told["facts"]!.AsArray().Select(f => (f!["kind"]!.GetValue<string>(), f["count"]!.GetValue<int>()))
            .ShouldBe([("enter", 1), ("exit", 1), ("confirm", 1), ("move_out", 1), ("void", 1)]);
        var rows = told["rows"]!.AsArray();
        rows.Select(r => r!["household"]!.GetValue<string>()).ShouldBe(["L4", "L5", "L2", "L1", "L3"]);
        var back = rows.Single(r => r!["household"]!.GetValue<string>() == "L2")!;
        (back["endThen"]!.GetValue<string>(), back["endNow"]!.GetValue<string>(), back["endDateNow"]!.GetValue<string>()).ShouldBe(("censored", "reentry", "2001-06-15"));
        back["facts"]!.AsArray().ShouldHaveSingleItem()!["on"]!.GetValue<string>().ShouldBe("2001-06-15");
        // Between two instants in which nothing was recorded nothing differs.
        var nothing = await AskAsync("changes?cohortTo=2000&asOf=2003-12-31&knownAt=2003-12-31&since=2003-06-30&place=135@2020-01-01");
        (nothing["changes"]!.AsArray().Count, nothing["rows"]!.AsArray().Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Who_may_not_learn_who_anybody_is_is_told_no_rows_and_no_small_counts()
    {
        await ImportAsync("few.csv", "1,F1,1,1995-12-15,1996-01-05,EXIT,Mu Cang Chai,0,none,,,,", "2,F1,2,1996-12-15,1997-01-05,CONFIRM,Mu Cang Chai,,,,,,");
        var evaluator = await store.SignInAsync("changes-evaluator", new GrantRequest(Role.Evaluator, "15", null, [], null, null, "phân công"));

        var told = await store.GetJsonAsync("/api/durability/changes?cohortTo=1995&since=1996-06-30&knownAt=1997-12-31&asOf=1997-12-31", evaluator);

        told["rows"]!.AsArray().ShouldBeEmpty();
        // One household is published as none or as five.
        told["changes"]!.AsArray().ShouldAllBe(c => c!["count"]!.GetValue<int>() % 5 == 0);
        (await store.GetJsonAsync("/api/durability/curve?cohortTo=1995&asOf=1997-12-31", evaluator)).Group("all")["confirmation"].ShouldBeNull();
    }
}
