using Npgsql;
using YenBai.Cases.Households;

namespace YenBai.Cases.Caseload;

/// <summary>How many households stand how, counted in one pass. A count that is not published is none.</summary>
/// <param name="ChangedLately">Something was learnt of them on the given day or later.</param>
public sealed record CaseloadCounts(long? Households, IReadOnlyDictionary<PovertyClass, long> ByClass, long? ExitRequested, long? ChangedLately);

internal static class CaseloadCounting
{
    public static async Task<CaseloadCounts> CountAsync(
        this NpgsqlDataSource source, string within, List<NpgsqlParameter> parameters, DateOnly changedSince, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select {CaseloadTable.ClassToday}, count(*), count(*) filter (where exit_requested), count(*) filter (where changed >= ${parameters.Count + 1})
            from {CaseloadTable.Name} c {(within.Length == 0 ? "" : "where " + within)} group by 1
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
