namespace YenBai.Cases.Movements;

/// <summary>The official form, or every column that the register has.</summary>
public enum MovementLayout { Official, Full }

/// <summary>What a column of the sheet has of a column of the table.</summary>
public enum SheetFigure
{
    /// <summary>All households of the unit, poor or not.</summary>
    Residents,
    Count,

    /// <summary>The count as a share of all households.</summary>
    Percent,

    /// <summary>Of the count, the households of ethnic minorities.</summary>
    Minority,
}

public readonly record struct SheetColumn(SheetFigure Figure, MovementColumn Column);

/// <param name="Value">None where there is nothing to take the share of.</param>
public readonly record struct SheetCell(decimal? Value);

/// <param name="Mark">Whose households the line counts: all, or a part of them under their line.</param>
public sealed record SheetLine(MovementLine Of, int Year, EthnicMark Mark, IReadOnlyList<SheetCell> Cells);

/// <summary>The table as it stands on a sheet: the same on the screen, on paper and in a file.</summary>
public sealed record MovementSheet(IReadOnlyList<SheetColumn> Columns, IReadOnlyList<SheetLine> Lines)
{
    /// <param name="split">In the full layout: also the lines of ethnic minorities and of households of which nothing of the kind was told.</param>
    public static MovementSheet Of(MovementTable table, MovementLayout layout, bool split)
    {
        IReadOnlyList<SheetColumn> columns = layout == MovementLayout.Official ? Official(table.Identifies) : Full(table);
        IEnumerable<EthnicMark> marks = split && layout == MovementLayout.Full && table.Identifies ? Enum.GetValues<EthnicMark>() : [EthnicMark.All];
        return new(columns,
            [.. from line in table.Lines from year in line.Years from mark in marks select new SheetLine(line, year.Row.Year, mark, [.. columns.Select(c => Cell(year, c, mark))])]);
    }

    private static List<SheetColumn> Official(bool identifies) =>
    [
        new(SheetFigure.Residents, MovementColumn.Closing),
        .. MovementColumns.Official.SelectMany(c => new[] { SheetFigure.Count, SheetFigure.Percent, SheetFigure.Minority }.Where(f => identifies || f != SheetFigure.Minority).Select(f => new SheetColumn(f, c))),
    ];

    private static List<SheetColumn> Full(MovementTable table) =>
    [
        .. MovementColumns.Full
            .Where(c => table.Identifies || !c.IsDetail())
            .Where(c => c != MovementColumn.ListChange || table.Lines.Any(l => l.Years.Any(y => y[c, EthnicMark.All] != 0)))
            .Select(c => new SheetColumn(SheetFigure.Count, c)),
    ];

    private static SheetCell Cell(MovementOfYear year, SheetColumn column, EthnicMark mark)
    {
        if (column.Figure == SheetFigure.Residents) return new(year.ClosingOf?.Households);
        var count = year[column.Column, column.Figure == SheetFigure.Minority ? EthnicMark.Minority : mark];
        if (column.Figure != SheetFigure.Percent) return new(count);
        return new(year.Of(column.Column) is { } of ? 100m * count / of.Households : null);
    }
}
