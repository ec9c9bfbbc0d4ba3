using Npgsql;
using YenBai.Cases.Places;

namespace YenBai.Cases.Access;

/// <summary>What somebody reaches as a condition on rows of households.</summary>
public static class ReachSql
{
    /// <summary>
    /// The condition of being within any of the extents; empty for everything. The rows have, under <paramref name="alias"/>,
    /// the columns unit, hamlet, household, shared, restricted.
    /// </summary>
    public static string Within(IReadOnlyList<Extent> extents, bool everything, PlaceCatalog places, List<NpgsqlParameter> parameters, string alias = "c")
    {
        if (everything) return "";
        string Add(object value)
        {
            parameters.Add(new NpgsqlParameter { Value = value });
            return "$" + parameters.Count;
        }

        List<string> any = [];
        foreach (var extent in extents)
        {
            List<string> parts = [];
            if (extent.Units.Count == places.Units.Count && extent.Hamlet is null) parts.Add("true");
            else if (extent.Units.Count > 0) parts.Add($"{alias}.unit = any({Add(extent.Units.ToArray())})" + (extent.Hamlet is { } hamlet ? $" and {alias}.hamlet = {Add(hamlet)}" : ""));
            if (extent.Households.Count > 0) parts.Add($"{alias}.household = any({Add(extent.Households.ToArray())})");
            if (parts.Count == 0) continue;
            var condition = parts.Count == 1 ? parts[0] : "(" + string.Join(" or ", parts) + ")";
            if (extent.Sight == Sight.Sponsor) condition += $" and {alias}.shared";
            if (extent.Sight != Sight.Full) condition += $" and not {alias}.restricted";
            if (condition == "true") return "";
            any.Add(condition);
        }
        return any.Count == 0 ? "false" : "(" + string.Join(" or ", any) + ")";
    }
}
