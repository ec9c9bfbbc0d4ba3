using System.Runtime.Versioning;
using Npgsql;
using YenBai.Cases.Ledger;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Durability;

/// <summary>What stands in memory of the ledger is what stands in the ledger.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LedgerReaderFacts : TwentyHouseholds
{
    private const string Progress = "update cases.mt_event_progression set last_seq_id = {0} where name = 'LedgerProjection:All'";

    private LedgerReader NewReader() => new(Get<NpgsqlDataSource>(), Get<Freshness>());

    private static List<ListFact> FactsOf(LedgerSnapshot ledger)
    {
        var (facts, buffer) = (new List<ListFact>(), new ListFact[1]);
        for (var household = 0; household < ledger.Count; household++) facts.AddRange(ledger.Of(household, ref buffer));
        return [.. facts.OrderBy(f => f.Sequence)];
    }

    /// <summary>The same rows, read one by one.</summary>
    private async Task<List<ListFact>> TableAsync() =>
        [.. (await LedgerTable.ReadAsync(Get<NpgsqlDataSource>(), await AskAsync<Guid[]>("select array_agg(distinct household) from cases.ledger"), default)).OrderBy(f => f.Sequence)];

    private async Task TellAsync(long sequence, string columns = "", string values = "") => (await ExecuteAsync(
        $"insert into cases.ledger (household, version, sequence, on_day, recorded, kind{columns}) values (gen_random_uuid(), 1, {sequence}, '1999-12-31', '1999-12-31 23:59:59.123456+07', 10{values})")).ShouldBe(1);

    [Fact]
    public async Task Every_column_is_read_as_it_stands_told_or_not()
    {
        (await ExecuteAsync("delete from cases.ledger where sequence > 40")).ShouldBeGreaterThan(0);
        const string columns = ", row_seq, unit, standard, class, cause, voluntary, support, history, import, reference, head_sex, merit, ethnic_minority, under16";
        var newest = await AskAsync<long>("select max(seq_id) from cases.mt_events");
        await TellAsync(newest, columns, ", -7, '04375', '2022-2025', 0, 0, false, 'vay vốn + học nghề', 0, 'thẻ 7', 2147483647, 0, false, false, 0");
        await TellAsync(newest - 1, columns, ", 9007199254740993, 'b', 'c', 2, 3, true, 'd', 1, 'e', 1, 1, true, true, 32767");
        await TellAsync(newest - 2, ", support", ", 'only'");
        await TellAsync(newest - 3);

        using var reader = NewReader();
        var facts = FactsOf(await reader.ReadAsync(null, default));

        facts.ShouldBe(await TableAsync());
        facts[^1].Support.ShouldBe("vay vốn + học nghề");
        facts[^4].Merit.ShouldBeNull();
    }

    [Fact]
    public async Task A_ledger_of_many_positions_is_read_whole_whatever_lies_between()
    {
        foreach (var sequence in new[] { 250_000, 250_001, 1_000_000 }) await TellAsync(sequence);
        await ExecuteAsync(string.Format(null, Progress, 1_000_000));

        using var reader = NewReader();
        var ledger = await reader.ReadAsync(null, default);

        FactsOf(ledger).ShouldBe(await TableAsync());
        ledger.Position.ShouldBe(1_000_000);
        FactsOf(await reader.ReadAsync(250_000, default)).Select(f => f.Sequence).ShouldBe((await TableAsync()).Select(f => f.Sequence).Where(s => s <= 250_000));
    }

    [Fact]
    public async Task What_is_added_later_is_there_and_an_earlier_position_stays_what_it_was()
    {
        using var reader = NewReader();
        var before = await reader.ReadAsync(null, default);
        var facts = FactsOf(before);

        (await SubmitAsync("H12", (await CaseAsync("H12")).Version, new RecordVisit(new(2024, 5, 1), "Đã xem"))).Reception.ShouldBe(Commands.Reception.Accepted);
        (await SubmitAsync("H12", (await CaseAsync("H12")).Version, new YenBai.Cases.Listing.RecordExit(new(2024, 6, 1), Households.PovertyClass.NotPoor, null, null, null))).Reception.ShouldBe(Commands.Reception.Accepted);
        await CatchUpAsync();

        var after = await reader.ReadAsync(null, default);
        FactsOf(after).ShouldBe(await TableAsync());
        FactsOf(after).Count.ShouldBe(facts.Count + 1);
        FactsOf(before).ShouldBe(facts);
        FactsOf(await reader.ReadAsync(before.Position, default)).ShouldBe(facts);
    }

    [Fact]
    public async Task A_ledger_that_has_gone_back_is_read_anew()
    {
        using var reader = NewReader();
        FactsOf(await reader.ReadAsync(null, default)).Count.ShouldBeGreaterThan(40);

        await ExecuteAsync("delete from cases.ledger where sequence > 40");
        await ExecuteAsync(string.Format(null, Progress, 40));

        var facts = FactsOf(await reader.ReadAsync(null, default));
        facts.ShouldNotBeEmpty();
        facts.ShouldBe(await TableAsync());
    }
}
