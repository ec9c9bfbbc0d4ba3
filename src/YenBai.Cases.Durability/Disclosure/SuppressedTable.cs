using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>Why a cell is shown or not.</summary>
public enum CellStatus : byte
{
    /// <summary>Shown.</summary>
    Published,

    /// <summary>Withheld because it is small.</summary>
    Primary,

    /// <summary>Withheld because it would give away another.</summary>
    Secondary,
}

/// <summary>A table of counts with its totals, fit for publication.</summary>
public sealed class SuppressedTable
{
    readonly int[,] counts;
    readonly CellStatus[,] status;

    internal SuppressedTable(int[,] counts, CellStatus[,] status, bool isSafe)
        => (this.counts, this.status, IsSafe) = (counts, status, isSafe);

    /// <summary>Inner rows; the row after them holds the column totals.</summary>
    public int Rows => counts.GetLength(0) - 1;

    /// <summary>Inner columns; the column after them holds the row totals.</summary>
    public int Columns => counts.GetLength(1) - 1;

    /// <summary>
    /// Whether the audit found no withheld cell to narrow down. If not (everything that could be withheld is), no figure is given at all.
    /// </summary>
    public bool IsSafe { get; }

    /// <summary>The count, or why not.</summary>
    public Measure this[int row, int column] => IsSafe && Status(row, column) == CellStatus.Published ? counts[row, column] : Reason.Suppressed;

    /// <summary>Status of a cell; row <see cref="Rows"/> and column <see cref="Columns"/> are the totals.</summary>
    public CellStatus Status(int row, int column) => status[row, column];

    /// <summary>Withheld cells, totals included.</summary>
    public ImmutableArray<(int Row, int Column)> Withheld
    {
        get
        {
            var cells = ImmutableArray.CreateBuilder<(int, int)>();
            for (var r = 0; r <= Rows; r++)
                for (var c = 0; c <= Columns; c++)
                    if (status[r, c] != CellStatus.Published) cells.Add((r, c));
            return cells.ToImmutable();
        }
    }
}
