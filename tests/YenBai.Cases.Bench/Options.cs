using System.Globalization;

namespace YenBai.Cases.Bench;

/// <param name="App">The directory of the published application.</param>
/// <param name="Only">The parts to run: import, demo, rebuild, http, start, access, supports, durability; all where none is named.</param>
internal sealed record Options(string App, int Runs, int HistoryHouseholds, int Households, IReadOnlySet<string> Only)
{
    public static readonly IReadOnlyList<string> Parts = ["import", "demo", "rebuild", "http", "start", "access", "supports", "durability"];

    public static Options Read(string[] args)
    {
        var quick = args.Contains("--quick");
        var only = (Value("--only") ?? string.Join(',', Parts)).Split(',').ToHashSet();
        if (only.FirstOrDefault(o => !Parts.Contains(o)) is { } unknown) throw new ArgumentException($"There is no part {unknown}: {string.Join(", ", Parts)}.");
        return new Options(
            Value("--app") ?? throw new ArgumentException("Where is the application? --app DIRECTORY"),
            quick ? 3 : 5, Number("--history", quick ? 5_000 : 20_000), Number("--households", quick ? 10_000 : 90_000), only);

        string? Value(string option) => Array.IndexOf(args, option) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
        int Number(string option, int otherwise) => Value(option) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
    }

    public bool Does(string part) => Only.Contains(part);
}
