using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Caseload;

/// <summary>The hamlets in which somebody's households stand.</summary>
public sealed class HamletQuery(NpgsqlDataSource source, PlaceCatalog places, TimeProvider clock)
{
    /// <param name="communes">The ids of communes of today.</param>
    /// <returns>The hamlets of each commune, in the order of their names; of merged communes under the one of today.</returns>
    public async Task<ILookup<string, string>> InAsync(Actor who, IReadOnlyCollection<string> communes, CancellationToken cancellation)
    {
        var reach = who.ReachOf(Operation.FindHouseholds);
        if (!reach.Identifies || communes.Count == 0) return Array.Empty<(string, string)>().ToLookup(x => x.Item1, x => x.Item2);
        List<NpgsqlParameter> parameters = [new() { Value = communes.SelectMany(places.Within).Distinct().ToArray() }, new() { Value = (short)ListStatus.Gone }];
        var within = ReachSql.Within([.. reach.Extents.Where(e => e.Sight > Sight.DeIdentified)], reach.IsEverything, places, parameters);
        await using var command = source.CreateCommand($"""
            select distinct c.unit, c.hamlet from {CaseloadTable.Name} c
            where c.unit = any($1) and c.hamlet <> '' and c.status <> $2 {(within.Length > 0 ? "and " + within : "")}
            """);
        foreach (var p in parameters) command.Parameters.Add(p);
        var (today, found) = (clock.Today(), new HashSet<(string, string)>());
        await using var r = await command.ExecuteReaderAsync(cancellation);
        while (await r.ReadAsync(cancellation))
            if (places.StandingOn(r.GetString(0), today) is { } unit) found.Add((unit.Id, r.GetString(1)));
        var byName = StringComparer.Create(System.Globalization.CultureInfo.GetCultureInfo("vi"), ignoreCase: true);
        return found.OrderBy(x => x.Item2, byName).ToLookup(x => x.Item1, x => x.Item2);
    }
}
