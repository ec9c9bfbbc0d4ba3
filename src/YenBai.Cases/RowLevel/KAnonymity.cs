namespace YenBai.Cases.RowLevel;

/// <summary>
/// Publishes rows so that each published value occurs at least <see cref="K"/> times (k-anonymity by local recoding):
/// a row keeps the finest value that enough others share, else the next coarser one, else it is withheld. Of a value a multiple
/// of <see cref="K"/> rows are shown, the others join the next coarser value: exact numbers of rows would undo the rounding of figures.
/// </summary>
public static class KAnonymity
{
    public const int K = 5;

    /// <param name="rows">In an order that has nothing to do with the record and does not change when others come: the first of a value are shown.</param>
    /// <param name="ladder">The values of a row, the finest first. Equal values of different levels count together.</param>
    public static (IReadOnlyList<(TRow Row, TValue Shown)> Published, int Withheld) Publish<TRow, TValue>(IReadOnlyCollection<TRow> rows, IReadOnlyList<Func<TRow, TValue>> ladder)
        where TValue : notnull
    {
        var published = new List<(TRow, TValue)>(rows.Count);
        var left = rows;
        foreach (var level in ladder)
        {
            var remaining = new List<TRow>();
            foreach (var group in left.GroupBy(level))
            {
                var members = group.ToList();
                var shown = members.Count / K * K;
                published.AddRange(members.Take(shown).Select(m => (m, group.Key)));
                remaining.AddRange(members.Skip(shown));
            }
            left = remaining;
        }
        return (published, left.Count);
    }

    /// <summary>To a multiple of <see cref="K"/>: 1 to 4 never stand in an answer.</summary>
    public static long Rounded(long count) => (count + K / 2) / K * K;
}
