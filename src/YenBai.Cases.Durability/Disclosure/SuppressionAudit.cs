namespace YenBai.Cases.Durability;

/// <summary>
/// The attack: given all published cells and totals, the smallest and largest value each withheld cell can have, by solving the row and
/// column equations over counts not negative.
/// </summary>
/// <remarks>
/// Every cell stands in one row equation and one column equation, so the table is a network: raising a cell by one sends a unit from its
/// row to its column, and the equations ask for a way back through other withheld cells. The most it can rise is then a maximum flow
/// (Ford &amp; Fulkerson 1956), and flows of whole numbers are whole. Totals enter with the opposite sign.
/// </remarks>
public sealed class SuppressionAudit
{
    /// <summary>More than any count: such a cell has no upper bound.</summary>
    const long Unbounded = 1L << 40;

    readonly int[,] counts;
    readonly CellStatus[,] status;
    readonly int rows, columns;

    readonly IReadOnlyList<int>? signs;

    internal SuppressionAudit(int[,] counts, CellStatus[,] status, IReadOnlyList<int>? signs = null)
        => (this.counts, this.status, this.signs, rows, columns) = (counts, status, signs, counts.GetLength(0), counts.GetLength(1));

    /// <summary>Audits a table that was suppressed before.</summary>
    public static SuppressionAudit Of(int[,] inner, SuppressedTable table, IReadOnlyList<int>? signs = null)
    {
        int rows = table.Rows, columns = table.Columns;
        var counts = new int[rows + 1, columns + 1];
        var status = new CellStatus[rows + 1, columns + 1];
        for (var r = 0; r <= rows; r++)
        {
            for (var c = 0; c <= columns; c++)
            {
                status[r, c] = table.Status(r, c);
                if (r == rows || c == columns) continue;
                counts[r, c] = inner[r, c];
                var signed = signs?[c] * inner[r, c] ?? inner[r, c];
                counts[r, columns] += signed;
                counts[rows, c] += inner[r, c];
                counts[rows, columns] += signed;
            }
        }

        return new SuppressionAudit(counts, status, signs);
    }

    /// <summary>Smallest and largest possible value of a cell; the largest is null where there is no bound.</summary>
    public (int Lowest, int? Highest) Range(int row, int column)
    {
        if (status[row, column] == CellStatus.Published) return (counts[row, column], counts[row, column]);
        var up = Change(row, column, +1, Unbounded);
        var down = Change(row, column, -1, counts[row, column]);
        return (counts[row, column] - (int)down, up >= Unbounded ? null : counts[row, column] + (int)up);
    }

    /// <summary>A withheld cell whose range is narrower than <paramref name="width"/>, if any.</summary>
    internal (int Row, int Column)? NarrowCell(int width)
    {
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                if (status[r, c] == CellStatus.Published) continue;
                var down = Change(r, c, -1, Math.Min(width, counts[r, c]));
                if (down < width && down + Change(r, c, +1, width - down) < width) return (r, c);
            }
        }

        return null;
    }

    /// <summary>Totals of one margin count negatively in their equations.</summary>
    int Sign(int row, int column) => (row == rows - 1 ^ column == columns - 1 ? -1 : 1) * (signs is null || column == columns - 1 ? 1 : signs[column]);

    /// <summary>How far a cell can move up (+1) or down (−1), looked for up to <paramref name="limit"/>.</summary>
    long Change(int row, int column, int direction, long limit)
    {
        // Let y = ±x be the signed cells, whose rows and columns add to constants. If y rises, its row must fall elsewhere: a unit goes
        // from row to column by a cell that falls, from column to row by one that rises, and has to end in the column of y.
        var rises = direction * Sign(row, column) > 0;
        var capacity = new long[rows + columns, rows + columns];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                if (status[r, c] == CellStatus.Published || (r == row && c == column)) continue;
                var (rise, fall) = Sign(r, c) > 0 ? (Unbounded, (long)counts[r, c]) : (counts[r, c], Unbounded);
                (capacity[r, rows + c], capacity[rows + c, r]) = rises ? (fall, rise) : (rise, fall);
            }
        }

        return MaximumFlow(capacity, row, rows + column, limit);
    }

    /// <summary>Shortest augmenting paths (Edmonds &amp; Karp 1972), stopped at a limit.</summary>
    static long MaximumFlow(long[,] capacity, int source, int sink, long limit)
    {
        var nodes = capacity.GetLength(0);
        var before = new int[nodes];
        var queue = new Queue<int>(nodes);
        long flow = 0;
        while (flow < limit)
        {
            Array.Fill(before, -1);
            before[source] = source;
            queue.Clear();
            queue.Enqueue(source);
            while (before[sink] < 0 && queue.TryDequeue(out var node))
            {
                for (var next = 0; next < nodes; next++)
                {
                    if (before[next] >= 0 || capacity[node, next] == 0) continue;
                    before[next] = node;
                    queue.Enqueue(next);
                }
            }

            if (before[sink] < 0) break;
            var room = limit - flow;
            for (var node = sink; node != source; node = before[node]) room = Math.Min(room, capacity[before[node], node]);
            for (var node = sink; node != source; node = before[node])
            {
                capacity[before[node], node] -= room;
                capacity[node, before[node]] += room;
            }

            flow += room;
        }

        return flow;
    }
}
