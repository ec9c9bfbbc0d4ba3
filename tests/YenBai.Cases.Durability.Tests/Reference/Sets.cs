namespace YenBai.Cases.Durability.Tests;

/// <summary>A row of a reference data set: its observation and its columns.</summary>
public sealed record DataRow(Observation Observation, CsvRow Cells);

public static class Sets
{
    /// <summary>Durations of the continuous sets have three decimals; times are whole numbers here, so they are counted in thousandths.</summary>
    public const int Thousandths = 1000;

    public static IReadOnlyList<DataRow> Classic(string name) => [.. Csv.Read($"{name}/data.csv").Select(row => new DataRow(
        new Observation(row.Int("time"), (EndKind)row.Int("event")), row))];

    public static ILookup<string, DataRow> Numbered(string folder, int scale = 1) => Csv.Read($"{folder}/data.csv").ToLookup(
        row => row["set"],
        row => new DataRow(
            new Observation(
                Scaled(row.Double("time"), scale), (EndKind)row.Int("event"),
                row["entry"] == "" ? Observation.NoEntry : Scaled(row.Double("entry"), scale),
                row.Has("kind") && row["kind"] == "clustered" ? row.Int("id") : -1),
            row));

    public static int Scaled(double time, int scale) => (int)Math.Round(time * scale);

    /// <summary>Rows of <c>all</c> or of <c>column=value</c>; blanks are removed in reference names.</summary>
    public static Observation[] Of(this IEnumerable<DataRow> rows, string stratum)
        => [.. rows.Where(row => stratum == "all" || IsIn(row.Cells, stratum)).Select(row => row.Observation)];

    static bool IsIn(CsvRow row, string stratum) => stratum.Split(';').All(part =>
    {
        var pair = part.Split('=');
        return row[pair[0]].Replace(" ", "") == pair[1];
    });
}
