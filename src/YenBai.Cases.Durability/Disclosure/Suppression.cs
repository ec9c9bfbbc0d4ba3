namespace YenBai.Cases.Durability;

/// <summary>
/// Primary and secondary suppression of a two-way table with published totals, with an audit (Hundepool et al., Handbook on Statistical
/// Disclosure Control). Small cells and small totals are withheld; then others, smallest first, until no line can be solved and no
/// withheld cell can be confined to a range narrower than the minimum count.
/// </summary>
public static class Suppression
{
    /// <summary>Suppresses a table of counts.</summary>
    /// <param name="inner">Counts without totals.</param>
    /// <param name="rule">What is small.</param>
    public static SuppressedTable Apply(int[,] inner, DisclosureRule rule) => Apply(inner, rule, null);

    /// <summary>
    /// Suppresses a table whose columns are gains (+1) and losses (−1) of its rows and whose row totals, the net change, are known anyway:
    /// they are never withheld, and the audit reckons with them.
    /// </summary>
    /// <param name="inner">Counts without totals.</param>
    /// <param name="rule">What is small.</param>
    /// <param name="signs">+1 or −1 for each column.</param>
    public static SuppressedTable ApplyToFlows(int[,] inner, DisclosureRule rule, IReadOnlyList<int> signs) => Apply(inner, rule, signs);

    static SuppressedTable Apply(int[,] inner, DisclosureRule rule, IReadOnlyList<int>? signs)
    {
        var counts = WithTotals(inner, signs);
        int rows = counts.GetLength(0), columns = counts.GetLength(1);
        var status = new CellStatus[rows, columns];
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < Withholdable(columns, signs); c++)
                if (rule.IsSmall(counts[r, c])) status[r, c] = CellStatus.Primary;

        while (true)
        {
            if (LonelyLine(status) is { } line)
            {
                if (!Withhold(counts, status, line.Row, line.Column, signs)) return new SuppressedTable(counts, status, isSafe: false);
                continue;
            }

            if (new SuppressionAudit(counts, status, signs).NarrowCell(rule.MinimumCount) is not { } narrow)
                return new SuppressedTable(counts, status, isSafe: true);
            if (!Withhold(counts, status, narrow.Row, narrow.Column, signs) && !Withhold(counts, status, null, null, signs))
                return new SuppressedTable(counts, status, isSafe: false);
        }
    }

    /// <summary>The net change is no count of households.</summary>
    static int Withholdable(int columns, IReadOnlyList<int>? signs) => signs is null ? columns : columns - 1;

    static int[,] WithTotals(int[,] inner, IReadOnlyList<int>? signs)
    {
        int rows = inner.GetLength(0), columns = inner.GetLength(1);
        var counts = new int[rows + 1, columns + 1];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var count = inner[r, c];
                if (count < 0) throw new ArgumentOutOfRangeException(nameof(inner), count, "A count is not negative.");
                counts[r, c] = count;
                var signed = signs?[c] * count ?? count;
                counts[r, columns] += signed;
                counts[rows, c] += count;
                counts[rows, columns] += signed;
            }
        }

        return counts;
    }

    /// <summary>A row or column in which exactly one cell is withheld: the others and the total give it away.</summary>
    static (int? Row, int? Column)? LonelyLine(CellStatus[,] status)
    {
        int rows = status.GetLength(0), columns = status.GetLength(1);
        for (var r = 0; r < rows; r++)
            if (Enumerable.Range(0, columns).Count(c => status[r, c] != CellStatus.Published) == 1) return (r, null);
        for (var c = 0; c < columns; c++)
            if (Enumerable.Range(0, rows).Count(r => status[r, c] != CellStatus.Published) == 1) return (null, c);
        return null;
    }

    /// <summary>
    /// Withholds the cheapest published cell of a row, of a column or of the table: inner cells before totals, the grand total last, zeros
    /// after counts (a zero hides little), then the smallest, which costs the reader least.
    /// </summary>
    static bool Withhold(int[,] counts, CellStatus[,] status, int? row, int? column, IReadOnlyList<int>? signs)
    {
        int rows = counts.GetLength(0), columns = counts.GetLength(1);
        (int Total, int Zero, int Count, int Row, int Column)? best = null;
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < Withholdable(columns, signs); c++)
            {
                if (status[r, c] != CellStatus.Published || (row is not null || column is not null) && r != row && c != column) continue;
                var totals = (r == rows - 1 ? 1 : 0) + (c == columns - 1 ? 1 : 0);
                var candidate = (totals, counts[r, c] == 0 ? 1 : 0, counts[r, c], r, c);
                if (best is null || candidate.CompareTo(best.Value) < 0) best = candidate;
            }
        }

        if (best is not { } chosen) return false;
        status[chosen.Row, chosen.Column] = CellStatus.Secondary;
        return true;
    }
}
