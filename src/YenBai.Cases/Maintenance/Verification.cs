using System.Text.Json;
using Marten;
using Npgsql;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Support;

namespace YenBai.Cases.Maintenance;

/// <summary>A read model that is not what the streams say, or a stream that cannot be what was written.</summary>
/// <param name="Model">Nothing where the events themselves are damaged.</param>
/// <param name="Events">Rather the events were changed than the read model: see <see cref="Tampering"/>.</param>
public sealed record Difference(ReadModel? Model, string Household, string What, Suspicion Events = Suspicion.None);

/// <param name="Counted">Events, streams and rows by name, as counted.</param>
public sealed record VerificationResult(IReadOnlyList<Difference> Differences, IReadOnlyDictionary<string, long> Counted);

/// <summary>
/// Compares every read model with a fresh fold of the streams and counts events against rows. Works beside people who
/// are using the product: a household that differs is looked at again once the projections have passed its newest event.
/// </summary>
public sealed class Verification(IDocumentStore store, NpgsqlDataSource source, Freshness freshness, TimeProvider clock)
{
    private const int MostShown = 100, MostLooks = 5;

    public async Task<VerificationResult> RunAsync(IProgress<(long Done, long Of)>? progress, CancellationToken cancellation)
    {
        var differences = new List<Difference>();
        var of = await CountAsync($"select count(*) from {StoreSchema.HouseholdStreams} s", cancellation);
        long streams = 0, events = 0, facts = 0, registered = 0;
        await foreach (var ids in Refold.StreamsAsync(source, cancellation))
        {
            var suspects = await CompareAsync(ids, cancellation, folded =>
            {
                events += folded.Sum(f => (long)f.Household.Facts.Count);
                facts += folded.Sum(f => (long)f.Facts.Count);
                registered += folded.Count(f => f.Household.Latest().Known);
            });
            // Somebody may just be working on one of them: it is looked at again when its row has had time to follow.
            for (var look = 0; suspects.Count > 0 && look < MostLooks; look++)
            {
                await freshness.WaitAsync(TimeSpan.FromSeconds(30), cancellation);
                suspects = await CompareAsync([.. suspects.Select(s => s.Id).Distinct()], cancellation);
            }
            differences.AddRange(suspects.Select(s => s.Difference).Take(MostShown - differences.Count));
            streams += ids.Length;
            progress?.Report((streams, of));
        }

        var counted = new Dictionary<string, long>
        {
            ["streams"] = streams,
            ["events"] = events,
            ["cases"] = await CountAsync($"select count(*) from {StoreSchema.Name}.mt_doc_household", cancellation),
            ["caseload rows"] = await CountAsync($"select count(*) from {CaseloadTable.Name}", cancellation),
            ["wishes"] = await CountAsync($"select count(*) from {Needs.WishTable.Name}", cancellation),
            ["sponsorships"] = await CountAsync($"select count(*) from {Sponsors.SponsorshipTable.Name}", cancellation),
            ["registered households"] = registered,
            ["agreements"] = await CountAsync($"select count(*) from {SupportTables.Agreements}", cancellation),
            ["conditions"] = await CountAsync($"select count(*) from {SupportTables.Conditions}", cancellation),
            ["facts of the list"] = facts,
            ["ledger rows"] = await CountAsync($"select count(*) from {LedgerTable.Name}", cancellation),
        };
        var now = await freshness.ReadAsync(cancellation);
        foreach (var p in now.Projections) counted[$"{p.Projection} has passed"] = p.Sequence;
        counted["newest event"] = now.Newest;
        await CheckCountsAsync(differences, cancellation);
        await CheckStreamsAsync(differences, cancellation);
        return new VerificationResult(differences, counted);
    }

    /// <summary>Whole-table counts, taken in one snapshot so that work going on does not show as a difference.</summary>
    private async Task CheckCountsAsync(List<Difference> differences, CancellationToken cancellation)
    {
        await freshness.WaitAsync(TimeSpan.FromSeconds(30), cancellation);
        await using var command = source.CreateCommand($"""
            select
                (select count(*) from {StoreSchema.HouseholdStreams} s), (select count(*) from {StoreSchema.Name}.mt_doc_household),
                (select count(*) from {StoreSchema.Name}.mt_events where type = any($1) and seq_id <= p.seq), (select count(*) from {LedgerTable.Name} where sequence <= p.seq),
                (select count(*) from {LedgerTable.Name} fact where {LedgerTable.WronglyAnnulled} or {LedgerTable.WronglyStanding}),
                {string.Join(", ", Rebuild.RowsOfHouseholds.Select(m => $"(select count(*) from {m.Table} c where not exists (select 1 from {StoreSchema.Name}.mt_streams s where s.id = c.household))"))}
            from (select min(last_seq_id) as seq from {StoreSchema.Name}.mt_event_progression where name = any($2)) p
            """);
        command.CommandTimeout = 600;
        command.Parameters.Add(new() { Value = Facts.All.Where(f => f.Fact is not null).Select(f => f.Name).ToArray() });
        command.Parameters.Add(new() { Value = new[] { $"{LedgerProjection.Name}:All", $"{CaseloadProjection.Name}:All", $"{SupportProjection.Name}:All" } });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (reader.GetInt64(0) != reader.GetInt64(1)) differences.Add(new(ReadModel.Case, "", $"{reader.GetInt64(0)} streams, {reader.GetInt64(1)} cases"));
        if (reader.GetInt64(2) != reader.GetInt64(3)) differences.Add(new(ReadModel.Ledger, "", $"{reader.GetInt64(2)} facts of the list, {reader.GetInt64(3)} rows"));
        if (reader.GetInt64(4) != 0) differences.Add(new(ReadModel.Ledger, "", $"{reader.GetInt64(4)} rows wrongly marked as annulled or as standing"));
        foreach (var (i, (model, _)) in Rebuild.RowsOfHouseholds.Index())
            if (reader.GetInt64(5 + i) != 0) differences.Add(new(model, "", $"{reader.GetInt64(5 + i)} rows of no household"));
    }

    /// <summary>An event that was taken out of a stream, or put into one past the product, leaves its number behind.</summary>
    private async Task CheckStreamsAsync(List<Difference> differences, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select s.id from {StoreSchema.HouseholdStreams} s
            left join (select stream_id, count(*) as told, max(version) as newest from {StoreSchema.Name}.mt_events group by stream_id) e on e.stream_id = s.id
            where s.version is distinct from e.told or s.version is distinct from e.newest limit {MostShown}
            """);
        command.CommandTimeout = 600;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) differences.Add(new(null, reader.GetGuid(0).ToString(), "the stream does not have as many events as its version says", Suspicion.Events));
    }

    private async Task<List<(Guid Id, Difference Difference)>> CompareAsync(Guid[] ids, CancellationToken cancellation, Action<List<Refolded>>? watch = null)
    {
        await using var session = store.QuerySession();
        var suspects = new List<(Guid, Difference)>();
        var folded = await FoldAsync(ids, suspects, cancellation);
        watch?.Invoke(folded);
        var cases = (await session.LoadManyAsync<Household>(cancellation, ids)).ToDictionary(h => h.Id);
        var caseload = await CaseloadTable.ReadAsync(source, ids, cancellation);
        var ledger = (await LedgerTable.ReadAsync(source, ids, cancellation)).ToLookup(r => r.Household);
        var supports = await SupportTables.ReadAsync(source, ids, cancellation);
        var wishes = (await Needs.WishTable.ReadAsync(source, ids, cancellation)).ToLookup(r => r.Household);
        var sponsorships = (await Sponsors.SponsorshipTable.ReadAsync(source, ids, cancellation)).ToLookup(r => r.Household);
        var today = clock.Today();

        foreach (var (household, facts) in folded)
        {
            var suspicion = Suspicion.None;
            if (!cases.TryGetValue(household.Id, out var stored))
            {
                Report(ReadModel.Case, "missing");
            }
            else if (Text(stored) != Text(household))
            {
                suspicion = Tampering.Of(new(household, facts), stored, RowsOf.Of(
                    caseload.GetValueOrDefault(household.Id), ledger[household.Id], supports.Agreements[household.Id], supports.Conditions[household.Id], wishes[household.Id], sponsorships[household.Id]), today);
                Report(ReadModel.Case, $"version {stored.Version}, the stream has {household.Version}");
            }

            var row = CaseloadRow.Of(household, today);
            if (caseload.GetValueOrDefault(household.Id) is var there && row != there)
                Report(ReadModel.Caseload, there is null ? "missing" : row is null ? "should not be there" : $"{there} instead of {row}");

            if (Text(wishes[household.Id]) != Text(Needs.WishRow.Of(household))) Report(ReadModel.Wishes, "not what was asked for and answered");
            if (Text(sponsorships[household.Id]) != Text(Sponsors.SponsorshipRow.All(household))) Report(ReadModel.Sponsorships, "not who stood by it");

            var rows = ledger[household.Id].OrderBy(r => r.Version).ToList();
            if (!rows.SequenceEqual(facts)) Report(ReadModel.Ledger, $"{rows.Count} rows, {facts.Count} facts, or their contents differ");

            var told = SupportTables.RowsOf(household);
            // Which event wrote a row last is no part of what it says.
            if (!Enumerable.SequenceEqual(supports.Agreements[household.Id].OrderBy(a => a.Id).Select(a => a with { Version = 0 }), told.Agreements.OrderBy(a => a.Id).Select(a => a with { Version = 0 }))
                || !Enumerable.SequenceEqual(supports.Conditions[household.Id].OrderBy(c => c.Id).Select(c => c with { Version = 0 }), told.Conditions.OrderBy(c => c.Id).Select(c => c with { Version = 0 })))
                Report(ReadModel.Supports, "agreements or conditions differ");

            void Report(ReadModel model, string what) => suspects.Add((household.Id, new(model, household.Code, what, suspicion)));
        }
        return suspects;
    }

    /// <summary>An event that cannot be read any more costs its household, not the verification.</summary>
    private async Task<List<Refolded>> FoldAsync(Guid[] ids, List<(Guid, Difference)> suspects, CancellationToken cancellation)
    {
        try
        {
            return await Refold.FoldAsync(source, ids, cancellation);
        }
        catch (UnreadableEventException) when (ids.Length > 1)
        {
            var folded = new List<Refolded>();
            foreach (var id in ids) folded.AddRange(await FoldAsync([id], suspects, cancellation));
            return folded;
        }
        catch (UnreadableEventException e)
        {
            suspects.Add((ids[0], new(null, ids[0].ToString(), e.Message, Suspicion.Events)));
            return [];
        }
    }

    internal static string Text<T>(T value) => JsonSerializer.Serialize(value, Json.Options);

    private async Task<long> CountAsync(string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
