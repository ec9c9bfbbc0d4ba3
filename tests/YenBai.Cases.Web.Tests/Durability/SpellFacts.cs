using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Durability;

/// <summary>Spells of households that were worked with here, not imported.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SpellFacts(TestStore store) : IClassFixture<TestStore>
{
    private const string Old = "2016-2020", New = "2022-2025";

    /// <summary>A household of Văn Yên that was listed in 2018, and what happened to it since.</summary>
    private async Task<string> HouseholdAsync(string code, params HouseholdCommand[] commands)
    {
        await store.RegisterAsync(code, on: "2018-01-01");
        foreach (var command in commands.Prepend(Judged(2018, Old, PovertyClass.Poor)))
            (await store.SubmitAsync(code, (await store.CaseAsync(code)).Version, command)).Reception.ShouldBe(Reception.Accepted, command.ToString());
        await store.CatchUpAsync();
        return code;
    }

    private static DecideClass Judged(int year, string standard, PovertyClass @class, EntryCause? cause = null) => new(new(year, 12, 15), standard, @class, null, cause, null);

    private async Task<List<JsonNode>> SpellsAsync(string code, string more = "") =>
        [.. (await store.GetJsonAsync($"/api/durability/spells?{more}"))["rows"]!.AsArray().Where(r => r!["household"]!.GetValue<string>() == code).Select(r => r!)];

    [Fact]
    public async Task Who_had_left_poverty_and_near_poverty_is_back_with_either_when_asked_broadly()
    {
        var code = await HouseholdAsync(TestStore.NewCode(), Judged(2020, Old, PovertyClass.NotPoor), new ConfirmExit(new(2021, 12, 15)),
            Judged(2022, New, PovertyClass.NearPoor), Judged(2023, New, PovertyClass.Poor));

        var strict = (await SpellsAsync(code)).ShouldHaveSingleItem();
        (strict["end_reason"]!.GetValue<string>(), strict["end_date"]!.GetValue<string>()).ShouldBe(("reentry", "2023-12-15"));
        var broad = (await SpellsAsync(code, "depth=broad")).ShouldHaveSingleItem();
        (broad["end_reason"]!.GetValue<string>(), broad["end_date"]!.GetValue<string>()).ShouldBe(("reentry", "2022-12-15"));
    }

    [Fact]
    public async Task Who_left_poverty_for_near_poverty_has_left_neither_when_asked_broadly()
    {
        var code = await HouseholdAsync(TestStore.NewCode(), Judged(2020, Old, PovertyClass.NearPoor), new ConfirmExit(new(2021, 12, 15)));

        (await SpellsAsync(code)).ShouldHaveSingleItem()["event"]!.GetValue<int>().ShouldBe(0);
        (await SpellsAsync(code, "depth=broad")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_class_under_a_standard_to_come_brings_nobody_back()
    {
        var code = await HouseholdAsync(TestStore.NewCode(), Judged(2020, Old, PovertyClass.NotPoor), Judged(2021, New, PovertyClass.NearPoor), new ConfirmExit(new(2021, 12, 20)));

        (await SpellsAsync(code, "depth=broad")).ShouldHaveSingleItem()["end_reason"]!.GetValue<string>().ShouldBe("censored");
    }

    [Fact]
    public async Task Support_is_what_was_received_by_the_exit_and_a_return_without_a_cause_is_told()
    {
        var code = await HouseholdAsync(TestStore.NewCode(), new GrantLoan(new(2019, 3, 1), 50_000_000, 36, null, null), Judged(2020, Old, PovertyClass.NotPoor),
            new ConfirmExit(new(2021, 12, 15)), Judged(2022, New, PovertyClass.Poor));

        var spell = (await SpellsAsync(code)).ShouldHaveSingleItem();
        (spell["support"]!.GetValue<string>(), spell["district"]!.GetValue<string>(), spell["district_code"]!.GetValue<string>()).ShouldBe(("loan", "Van Yen", "136"));
        var curve = await store.GetJsonAsync("/api/durability/curve?groupBy=support");
        curve.Group("loan")["unknownCause"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task An_imported_exit_that_says_nothing_of_support_has_what_was_received_here()
    {
        var code = await HouseholdAsync(TestStore.NewCode(), new GrantLoan(new(2019, 3, 1), 50_000_000, 36, null, null));
        (await store.ImportAsync(store.Write($"{code}.csv", $"""
            event_id,household,seq,effective,recorded,type,district,voluntary,support,cause,history,reference,standard
            1,{code},1,2020-12-15,,EXIT,Van Yen,1,,,,,2016-2020
            2,{code},2,2021-12-15,,CONFIRM,Van Yen,,,,,,2016-2020
            """))).Refused.ShouldBe(0);

        (await SpellsAsync(code)).ShouldHaveSingleItem()["support"]!.GetValue<string>().ShouldBe("loan");
    }
}
