using System.Globalization;

namespace YenBai.Cases.Bench;

/// <summary>The lines of the table, and the arithmetic of medians.</summary>
internal sealed class Report
{
    private readonly List<string> lines = [];

    /// <summary>A rate beside its reference; the aim is a share of the reference or a rate.</summary>
    public void Rate(string what, string unit, double ours, double? reference, double? share = null, double? least = null) => Add(
        what, $"{Thousands(ours)} {unit}", reference is { } r ? $"{Thousands(r)} {unit}" : "–", reference is { } s ? (ours / s).ToString("0.00", CultureInfo.InvariantCulture) : "–",
        share is { } a ? $"≥ {a.ToString("0.0", CultureInfo.InvariantCulture)} of it" : least is { } l ? $"≥ {Thousands(l)}" : "–",
        share is { } b ? ours >= b * reference : least is { } m ? ours >= m : null);

    /// <summary>A time, which shall be short.</summary>
    public void Time(string what, double milliseconds, double? reference = null, double? most = null) => Add(
        what, $"{Thousands(milliseconds)} ms", reference is { } r ? $"{Thousands(r)} ms" : "–", reference is { } s ? (milliseconds / s).ToString("0.0", CultureInfo.InvariantCulture) : "–",
        most is { } m ? $"≤ {Thousands(m)} ms" : "–", most is { } n ? milliseconds <= n : null);

    /// <summary>How often something went wrong, which shall be never.</summary>
    public void Errors(string what, int errors) => Add(what, errors.ToString("n0", CultureInfo.InvariantCulture), "–", "–", "none", errors == 0);

    public void Figure(string what, string value, string reference = "–") => Add(what, value, reference, "–", "–", null);

    private void Add(string what, string ours, string reference, string ratio, string aim, bool? met)
    {
        lines.Add($"| {what} | {ours} | {reference} | {ratio} | {aim} | {(met is null ? "" : met.Value ? "yes" : "**no**")} |");
        Console.Error.WriteLine(lines[^1]);
    }

    public void Print()
    {
        Console.WriteLine("| what | ours | reference | ratio | aim | met? |");
        Console.WriteLine("| --- | ---: | ---: | ---: | --- | --- |");
        foreach (var line in lines) Console.WriteLine(line);
    }

    public static double Median(IEnumerable<double> values) => Percentile(values, 50);

    public static double Percentile(IEnumerable<double> values, int percent)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100.0 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    private static string Thousands(double number) => number.ToString(number < 1 ? "0.000" : number < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}
