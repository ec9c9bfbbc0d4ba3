using System.Runtime.Versioning;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Registering;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;

namespace YenBai.Cases.Web.Tests.Store;

[UnsupportedOSPlatform("windows")]
public sealed class CommandsAreKeptFacts(TestStore store) : IClassFixture<TestStore>
{
    private static readonly DateOnly Day = new(2024, 6, 1);

    private static DecideClass Decision(PovertyClass @class) => new(Day, "2022-2025", @class, null, null, null);

    private async Task<string> ARegisteredHousehold(string code)
    {
        (await store.RegisterAsync(code, "Lò Thị Mai")).Reception.ShouldBe(Reception.Accepted);
        return code;
    }

    [Fact]
    public async Task A_command_under_one_key_acts_once()
    {
        var code = await ARegisteredHousehold(TestStore.NewCode());
        var loan = new GrantLoan(Day, 20_000_000, 24, null, "Mua lợn giống");

        var first = await store.SubmitAsync(code, 1, loan, "one key " + code);
        var again = await store.SubmitAsync(code, 1, loan, "one key " + code);

        first.Reception.ShouldBe(Reception.Accepted);
        again.Reception.ShouldBe(Reception.Accepted);
        (again.Answer!.Version, again.Answer.Code).ShouldBe((2, code));
        (await store.CaseAsync(code)).Facts.Count.ShouldBe(2);
        (await store.AskAsync<long>($"select count(*) from cases.mt_doc_note where data ->> 'householdId' = '{Ids.Household(code)}'")).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_command_arriving_many_times_together_acts_once()
    {
        var code = await ARegisteredHousehold(TestStore.NewCode());
        var visit = new RecordVisit(Day, "Đã đến nhà");

        var received = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.SubmitAsync(code, 1, visit, "together " + code)));

        received.ShouldAllBe(r => r.Reception == Reception.Accepted && r.Answer!.Version == 2);
        (await store.CaseAsync(code)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_registration_arriving_many_times_together_acts_once()
    {
        var code = TestStore.NewCode();

        var received = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.RegisterAsync(code, "Lò Thị Mai", "register " + code)));

        received.ShouldAllBe(r => r.Reception == Reception.Accepted && r.Answer!.Version == 1);
        (await store.CaseAsync(code)).Facts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_different_commands_on_one_version_one_is_taken()
    {
        var code = await ARegisteredHousehold(TestStore.NewCode());

        var received = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => store.SubmitAsync(code, 1, new SupportLivestock(Day, Livestock.Pig, i, null))));

        received.Count(r => r.Reception == Reception.Accepted).ShouldBe(1);
        received.Where(r => r.Reception != Reception.Accepted).ShouldAllBe(r => r.Reception == Reception.Stale && r.CurrentVersion == 2);
        (await store.CaseAsync(code)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Of_two_households_registered_under_one_code_one_is_taken()
    {
        var code = TestStore.NewCode();

        var received = await Task.WhenAll(store.RegisterAsync(code, "Lò Thị Mai"), store.RegisterAsync(code, "Hà Văn Tư"));

        received.Count(r => r.Reception == Reception.Accepted).ShouldBe(1);
        received.Single(r => r.Reception == Reception.Refused).Answer!.Refusal!.Code.ShouldBe("code_taken");
        (await store.RegisterAsync(code)).Answer!.Refusal!.Code.ShouldBe("code_taken");
        (await store.RegisterAsync($"  {code} ")).Answer!.Refusal!.Code.ShouldBe("code_taken");
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_an_error()
    {
        var code = await ARegisteredHousehold(TestStore.NewCode());
        var key = "reused " + code;
        await store.SubmitAsync(code, 1, new RecordVisit(Day, "một"), key);

        (await store.SubmitAsync(code, 1, new RecordVisit(Day, "hai"), key)).Reception.ShouldBe(Reception.KeyReused);
        (await store.SubmitAsync(code + "x", 1, new RecordVisit(Day, "một"), key)).Reception.ShouldBe(Reception.KeyReused);
        (await store.RegisterAsync(code + "x", key: key)).Reception.ShouldBe(Reception.KeyReused);
        (await store.CaseAsync(code)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task A_stale_version_is_told_the_present_one()
    {
        var code = await ARegisteredHousehold(TestStore.NewCode());
        await store.SubmitAsync(code, 1, new RecordVisit(Day, null));

        var stale = await store.SubmitAsync(code, 1, Decision(PovertyClass.Poor));

        (stale.Reception, stale.CurrentVersion).ShouldBe((Reception.Stale, 2));
        (await store.SubmitAsync(code, 9, Decision(PovertyClass.Poor))).Reception.ShouldBe(Reception.Stale);
        (await store.SubmitAsync(code, 1, new RecordExit(Day, PovertyClass.Poor, null, null, null))).Reception.ShouldBe(Reception.Stale);
        (await store.CaseAsync(code)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task There_is_no_such_household() =>
        (await store.SubmitAsync("nobody", 1, new RecordVisit(Day, null))).Reception.ShouldBe(Reception.NoSuchHousehold);

    [Fact]
    public async Task A_refusal_keeps_nothing_but_its_receipt()
    {
        var code = await ARegisteredHousehold(TestStore.NewCode());
        const string counted = "(select count(*) from cases.mt_events) + (select count(*) from cases.mt_doc_person) + (select count(*) from cases.mt_doc_note)";
        var before = await store.AskAsync<long>($"select {counted}");
        var receipts = await store.AskAsync<long>("select count(*) from cases.mt_doc_receipt");

        var refused = await store.SubmitAsync(code, 1, new RequestExit(Day, "Đã đủ ăn"), "refused " + code);
        refused.Reception.ShouldBe(Reception.Refused);
        (refused.Answer!.Refusal!.Code, refused.Answer.Version).ShouldBe(("not_on_list", 1));

        (await store.AskAsync<long>($"select {counted}")).ShouldBe(before);
        (await store.AskAsync<long>("select count(*) from cases.mt_doc_receipt")).ShouldBe(receipts + 1);

        // It stays refused under its key, though it would now be taken.
        await store.SubmitAsync(code, 1, Decision(PovertyClass.Poor));
        (await store.SubmitAsync(code, 3, new RequestExit(Day, "Đã đủ ăn"), "refused " + code)).Reception.ShouldBe(Reception.Refused);
        (await store.SubmitAsync(code, 3, new RequestExit(Day, "Đã đủ ăn"))).Reception.ShouldBe(Reception.Accepted);
    }

    [Fact]
    public async Task A_registration_without_a_code_is_refused() =>
        (await store.RegisterAsync(null!)).Answer!.Refusal!.Code.ShouldBe("required");

    [Fact]
    public async Task Facts_of_the_list_reach_the_ledger_and_the_caseload()
    {
        var code = await ARegisteredHousehold(TestStore.NewCode());
        await store.SubmitAsync(code, 1, Decision(PovertyClass.Poor));
        await store.SubmitAsync(code, 3, new GrantLoan(Day, 20_000_000, 24, null, null));
        await store.SubmitAsync(code, 4, new RequestExit(Day, null));
        await store.SubmitAsync(code, 5, new RecordExit(new(2024, 6, 14), PovertyClass.NearPoor, null, null, "5/QĐ-UBND"));

        var ledger = await store.LedgerAsync(code);

        ledger.Select(f => (f.Kind, f.Version, f.Class, f.Voluntary, f.Support)).ShouldBe([
            (FactKind.Enter, 3, PovertyClass.Poor, null, null),
            (FactKind.Exit, 7, PovertyClass.NearPoor, true, "loan"),
        ]);
        ledger.ShouldAllBe(f => f.Unit == "04375@2020-02-01" && f.Standard == "2022-2025" && f.Import == null);
        var row = (await store.Get<Caseload.CaseloadQuery>().PageAsync(store.Clerk, new(Search: code), 1, 10, default)).Items.ShouldHaveSingleItem();
        (row.Code, row.HeadName, row.Class, row.Standard, row.Since, row.Status, row.Supports, row.SupportMix, row.LastEvent)
            .ShouldBe((code, "Lò Thị Mai", PovertyClass.NearPoor, "2022-2025", new DateOnly(2024, 6, 14), ListStatus.Out, 1, "loan", "exited"));
    }

    [Fact]
    public async Task A_split_starts_the_other_household_in_the_same_breath()
    {
        var code = await ARegisteredHousehold(TestStore.NewCode());
        await store.SubmitAsync(code, 1, Decision(PovertyClass.Poor));

        (await store.SubmitAsync(code, 3, new Split(Day, code + "b", "Lò Văn Nam", null, null, 2, 0, null))).Reception.ShouldBe(Reception.Accepted);

        (await store.CaseAsync(code)).Latest().Members.ShouldBe(2);
        (await store.CaseAsync(code + "b")).Latest().Status.ShouldBe(ListStatus.Poor);
        (await store.LedgerAsync(code + "b")).ShouldHaveSingleItem().Kind.ShouldBe(FactKind.Split);
        (await store.SubmitAsync(code, 4, new Split(Day, code + "b", null, null, null, 1, 0, null))).Answer!.Refusal!.Code.ShouldBe("code_taken");
        (await store.SubmitAsync(code + "b", 2, new Merge(Day, code))).Reception.ShouldBe(Reception.Accepted);
        (await store.CaseAsync(code + "b")).Latest().Status.ShouldBe(ListStatus.Gone);
    }

    [Fact]
    public async Task Names_and_free_texts_stand_in_no_event()
    {
        var code = TestStore.NewCode();
        const string name = "Giàng Thị Xuyến Chi";
        await store.RegisterAsync(code, name);
        await store.SubmitAsync(code, 1, new RecordVisit(Day, $"{name} đi chợ"));
        await store.SubmitAsync(code, 2, new ChangeHead(Day, name + " Hai", null, null, "015180000777", "0912000777", null, null));
        await store.SubmitAsync(code, 3, new GrantLoan(Day, 1_000_000, null, null, $"cho {name}"));

        foreach (var word in new[] { "Xuyến Chi", "015180000777", "0912000777" })
        {
            (await store.AskAsync<long>($"select count(*) from cases.mt_events e where e::text ilike '%{word}%'")).ShouldBe(0);
            (await store.AskAsync<long>($"select count(*) from cases.mt_doc_household h where h::text ilike '%{word}%'")).ShouldBe(0);
            (await store.AskAsync<long>($"select count(*) from cases.mt_doc_receipt r where r::text ilike '%{word}%'")).ShouldBe(0);
        }
    }

    [Fact]
    public async Task Whoever_acted_and_why_is_kept_beside_the_event()
    {
        var code = await ARegisteredHousehold(TestStore.NewCode());

        (await store.AskAsync<string>($"select user_name from cases.mt_events where stream_id = '{Ids.Household(code)}'")).ShouldBe("test");
        (await store.AskAsync<bool>($"select causation_id is not null from cases.mt_events where stream_id = '{Ids.Household(code)}'")).ShouldBeTrue();
    }
}
