using Npgsql;
using YenBai.Cases.Calendar;
using YenBai.Cases.Durability;
using YenBai.Cases.Households;

namespace YenBai.Cases.Caseload;

/// <summary>How many households stand how, counted in one pass. A count that is withheld is none.</summary>
/// <param name="ChangedLately">Something was learnt of them on the given day or later.</param>
public sealed record CaseloadCounts(long? Households, IReadOnlyDictionary<PovertyClass, long> ByClass, long? ExitRequested, long? ChangedLately)
{
    /// <summary>The classes whose count is withheld because it, or another through it, would tell of a few.</summary>
    public IReadOnlySet<PovertyClass> Withheld { get; init; } = new HashSet<PovertyClass>();

    /// <summary>Fit for those who may not learn who anybody is (durability contract 2.12).</summary>
    public CaseloadCounts Suppressed()
    {
        var classes = Enum.GetValues<PovertyClass>();
        var cells = new int[1, classes.Length + 1];
        for (var i = 0; i < classes.Length; i++) cells[0, i] = (int)ByClass.GetValueOrDefault(classes[i]);
        cells[0, classes.Length] = (int)(Households!.Value - ByClass.Values.Sum());
        // One row: its total is the total, and each column is its own.
        var table = Suppression.Apply(cells, DisclosureRule.Report);
        var shown = Enumerable.Range(0, classes.Length).Where(i => table[0, i].IsEstimable).Select(i => classes[i]).ToHashSet();
        return new(
            !table[0, classes.Length + 1].IsEstimable ? null : Households, ByClass.Where(c => shown.Contains(c.Key)).ToDictionary(c => c.Key, c => c.Value),
            Shown(ExitRequested), Shown(ChangedLately))
        { Withheld = classes.Where(c => !shown.Contains(c)).ToHashSet() };
    }

    private static long? Shown(long? count) => count is > 0 and < 5 ? null : count;
}

internal static class CaseloadCounting
{
    public static async Task<CaseloadCounts> CountAsync(
        this NpgsqlDataSource source, string within, List<NpgsqlParameter> parameters, DateOnly changedSince, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select class, count(*), count(*) filter (where exit_requested), count(*) filter (where changed >= ${parameters.Count + 1})
            from {CaseloadTable.Name} c {(within.Length == 0 ? "" : "where " + within)} group by class
            """);
        foreach (var p in parameters) command.Parameters.Add(p);
        command.Parameters.Add(new NpgsqlParameter { Value = Days.StartOf(changedSince).UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var byClass = new Dictionary<PovertyClass, long>();
        var (all, requested, changed) = (0L, 0L, 0L);
        while (await reader.ReadAsync(cancellation))
        {
            if (!reader.IsDBNull(0)) byClass[(PovertyClass)reader.GetInt16(0)] = reader.GetInt64(1);
            all += reader.GetInt64(1);
            requested += reader.GetInt64(2);
            changed += reader.GetInt64(3);
        }
        return new(all, byClass, requested, changed);
    }
}
