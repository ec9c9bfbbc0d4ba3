using Marten;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;

namespace YenBai.Cases.Decisions;

/// <summary>A household that left the list not long ago.</summary>
/// <param name="Confirmed">The day on which it was confirmed for the review; none where nobody has.</param>
public sealed record ToConfirm(Guid Id, string Code, int Version, string? HeadName, bool HeadErased, string Unit, string? Hamlet, DateOnly Exit, DateOnly? Confirmed);

/// <summary>Of the households to be confirmed in a unit, how many were.</summary>
public sealed record Coverage(string Unit, int Confirmed, int All)
{
    public decimal Percent => All == 0 ? 0 : 100m * Confirmed / All;
}

/// <param name="All">By place, then by name.</param>
public sealed record ConfirmationList(ReviewCycle Cycle, IReadOnlyList<ToConfirm> All, IReadOnlyList<Coverage> Units)
{
    public Coverage Whole => new("", All.Count(h => h.Confirmed is not null), All.Count);
}

/// <summary>How far the confirmations have come, about no household.</summary>
public sealed record ConfirmationCoverage(ReviewCycle Cycle, Coverage Whole, IReadOnlyList<Coverage> Units);

/// <summary>Who must be seen to be still not poor at a review, and who was.</summary>
public sealed class Confirmations(NpgsqlDataSource source, IDocumentStore store, PlaceCatalog places, ReadLog log, TimeProvider clock)
{
    private const string Withdrawn = $"exists (select 1 from {LedgerTable.Name} w where w.household = l.household and w.kind = 10 and w.import = l.import)";

    /// <param name="year">The year of the review; the one that is on when left out.</param>
    /// <param name="place">The id of a unit; all that is theirs when left out.</param>
    public async Task<ConfirmationList> AskAsync(Actor who, int? year, string? place, CancellationToken cancellation)
    {
        var list = await ListAsync(who, year, place, cancellation);
        await log.AddAsync(who, ReadKind.Listed, Sight.Full, list.All.Select(h => h.Id), Question.Of("confirmations", null, ("place", place), ("review", list.Cycle.Review)), cancellation);
        return list;
    }

    /// <inheritdoc cref="AskAsync"/>
    public async Task<ConfirmationCoverage> CoverageAsync(Actor who, int? year, string? place, CancellationToken cancellation)
    {
        var list = await ListAsync(who, year, place, cancellation);
        return new(list.Cycle, list.Whole, list.Units);
    }

    private async Task<ConfirmationList> ListAsync(Actor who, int? year, string? place, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var given = (await session.Query<Review>().ToListAsync(cancellation)).Select(r => r.On).ToList();
        var today = clock.Today();
        var cycle = year is { } y ? ReviewCycle.Of(given, y) : ReviewCycle.At(given, today);

        await using var command = source.CreateCommand($"""
            with exits as (
                select l.household, max(l.on_day) as on_day from {LedgerTable.Name} l
                where l.kind = {(short)FactKind.Exit} and l.annulled_by is null and l.on_day >= $1 and not {Withdrawn}
                group by l.household having max(l.on_day) < $2),
            confirmed as (
                select l.household, max(l.on_day) as on_day from {LedgerTable.Name} l join exits x on x.household = l.household
                where l.kind = {(short)FactKind.Confirm} and l.annulled_by is null and l.on_day between $2 and $3 and not {Withdrawn}
                group by l.household)
            select c.household, c.code, c.version, p.data ->> 'name', (p.data ->> 'erased') is not null, c.unit, c.hamlet, c.shared, c.restricted, x.on_day, k.on_day
            from exits x join {CaseloadTable.Name} c on c.household = x.household
            left join confirmed k on k.household = x.household
            left join {StoreSchema.Name}.mt_doc_person p on p.id = c.head_id
            where c.status = {(short)ListStatus.Out} and ($4::varchar[] is null or c.unit = any($4))
            """);
        command.Parameters.Add(new() { Value = cycle.FirstExit });
        command.Parameters.Add(new() { Value = cycle.From });
        command.Parameters.Add(new() { Value = cycle.Through });
        command.Parameters.Add(new() { Value = place is null ? DBNull.Value : places.Within(place).ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Varchar });

        var all = new List<ToConfirm>();
        await using (var r = await command.ExecuteReaderAsync(cancellation))
            while (await r.ReadAsync(cancellation))
            {
                var (unit, hamlet) = (r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6));
                if (who.SightOf(Operation.Decide, new(r.GetGuid(0), unit, hamlet, r.GetBoolean(7), r.GetBoolean(8))) != Sight.Full) continue;
                all.Add(new(r.GetGuid(0), r.GetString(1), r.GetInt32(2), r.IsDBNull(3) ? null : r.GetString(3), r.GetBoolean(4), unit, hamlet,
                    r.GetFieldValue<DateOnly>(9), r.IsDBNull(10) ? null : r.GetFieldValue<DateOnly>(10)));
            }
        string Now(string unit) => places.At(unit, Level.Commune, today)?.Id ?? unit;
        string Name(string unit) => VietnameseText.Fold(places.Get(unit)?.ShortName ?? unit);
        return new(
            cycle,
            [.. all.OrderBy(h => Name(Now(h.Unit)), StringComparer.Ordinal).ThenBy(h => h.Hamlet, StringComparer.Ordinal).ThenBy(h => VietnameseText.Fold(h.HeadName ?? "~"), StringComparer.Ordinal)],
            [.. all.GroupBy(h => Now(h.Unit)).Select(g => new Coverage(g.Key, g.Count(h => h.Confirmed is not null), g.Count())).OrderBy(u => Name(u.Unit), StringComparer.Ordinal)]);
    }
}
