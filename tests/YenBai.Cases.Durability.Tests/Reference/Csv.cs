using System.Globalization;

namespace YenBai.Cases.Durability.Tests;

/// <summary>A row of a reference file, by column name.</summary>
public sealed class CsvRow(string file, int line, Dictionary<string, string> cells)
{
    public string this[string column] => cells[column];

    public bool Has(string column) => cells.ContainsKey(column);

    public int Int(string column) => int.Parse(cells[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>Null where the field is empty or infinite: not estimable.</summary>
    public double? Number(string column) => cells[column] is "" or "Inf" ? null : double.Parse(cells[column], CultureInfo.InvariantCulture);

    public double Double(string column) => Number(column) ?? throw new InvalidDataException($"{this}: {column} is empty.");

    public DateOnly Date(string column) => DateOnly.ParseExact(cells[column], "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public override string ToString() => $"{file}:{line}";
}

public static class Csv
{
    public static IReadOnlyList<CsvRow> Read(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "oracle", file));
        var columns = Split(lines[0]);
        return [.. lines.Skip(1).Where(line => line.Length > 0).Select((line, i) =>
            new CsvRow(file, i + 2, columns.Zip(Split(line)).ToDictionary(p => p.First, p => p.Second)))];
    }

    static string[] Split(string line) => line.Replace("\"", "").Split(',');
}

/// <summary>Comparison with reference numbers.</summary>
public static class Near
{
    public const double Tight = 1e-9;
    public const double Fitted = 1e-6;

    public static void ShouldAgree(this double actual, double expected, string where, double tolerance = Tight)
        => Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(tolerance * Math.Max(1e-3, Math.Abs(expected)), $"{where}: {actual} against {expected}");

    /// <summary>An empty reference field asks for a reason.</summary>
    public static void ShouldAgree(this Measure actual, double? expected, string where, double tolerance = Tight)
    {
        if (expected is { } number)
        {
            actual.IsEstimable.ShouldBeTrue($"{where}: {actual.Reason} against {number}");
            actual.Value.ShouldAgree(number, where, tolerance);
        }
        else
        {
            actual.IsEstimable.ShouldBeFalse($"{where}: {actual} where nothing is estimable");
        }
    }
}
