using System.Globalization;

namespace YenBai.Cases.Bench;

/// <param name="App">The directory of the published application.</param>
/// <param name="Only">The parts to run; all where none is named.</param>
internal sealed record Options(string App, int Runs, int HistoryHouseholds, int Households, Size Size, IReadOnlySet<string> Only)
{
    public static readonly IReadOnlyList<string> Parts = ["import", "demo", "rebuild", "http", "start", "access", "supports", "durability"];

    public static Options Read(string[] args)
    {
        // Shows that every part runs; its figures mean nothing.
        var tiny = args.Contains("--tiny");
        var quick = args.Contains("--quick");
        var only = (Value("--only") ?? string.Join(',', Parts)).Split(',').ToHashSet();
        if (only.FirstOrDefault(o => !Parts.Contains(o)) is { } unknown) throw new ArgumentException($"There is no part {unknown}: {string.Join(", ", Parts)}.");
        return new Options(
            Value("--app") ?? throw new ArgumentException("Where is the application? --app DIRECTORY"),
            tiny ? 1 : quick ? 3 : 5, Number("--history", tiny ? 20 : quick ? 5_000 : 20_000), Number("--households", tiny ? 120 : quick ? 10_000 : 90_000), tiny ? Size.Tiny : Size.Full, only);

        string? Value(string option) => Array.IndexOf(args, option) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
        int Number(string option, int otherwise) => Value(option) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
    }

    public bool Does(string part) => Only.Contains(part);
}

/// <summary>How much of everything but households.</summary>
/// <param name="Commands">Of each of the clients.</param>
/// <param name="Crowd">Clients at once, for so many seconds.</param>
/// <param name="Circuits">Live circuits.</param>
/// <param name="Spells">For the estimators alone.</param>
/// <param name="Facts">In the ledger, for the questions to it.</param>
/// <param name="Decisions">Of the policy alone.</param>
/// <param name="Questions">To the statistics, each after a start of the server.</param>
internal sealed record Size(int Commands, (int Clients, int Seconds) Crowd, int Circuits, int Spells, int Facts, int Decisions, int Questions)
{
    public static readonly Size Full = new(250, (200, 10), 40, 100_000, 1_000_000, 5_000, 4);
    public static readonly Size Tiny = new(5, (6, 1), 2, 2_000, 3_000, 50, 1);
}
