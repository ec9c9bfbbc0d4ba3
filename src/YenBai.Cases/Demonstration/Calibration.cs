using CsvHelper;

namespace YenBai.Cases.Demonstration;

/// <summary>The poor and near-poor households of a district at a year's end under one standard.</summary>
internal readonly record struct Stock(int Poor, int NearPoor);

/// <summary>
/// What the demonstration province must add up to, for a given number of households.
/// <list type="bullet">
/// <item>End of 2015 by district: yenbai.gov.vn, form C results of the census (65,374 poor and 15,640 near-poor).</item>
/// <item>End of 2020, poor by district: implied by Plan 19-KH/TU (exits ÷ reduction × rate at the beginning). The
/// districts add to 14,789, the plan's own provincial figures imply 15,048; the districts are kept.</item>
/// <item>End of 2021, province: decision of 15 December 2021 (10,454 and 15,854 under the standard of 2016–2020,
/// 39,721 and 17,243 under that of 2022–2025). The split by district is made up.</item>
/// <item>All years between and after: made up.</item>
/// </list>
/// </summary>
internal sealed class Calibration
{
    public const int FirstYear = 2015, LastYear = 2025, Years = LastYear - FirstYear + 1;

    /// <summary>The year in whose review every household was judged under two standards.</summary>
    public const int TwoStandards = 2021;
    public const string OldStandard = "2016-2020", NewStandard = "2022-2025";

    /// <summary>Households ever poor or near-poor at full scale.</summary>
    public const int FullScale = 90_000;

    // Re-entries in the province: rare in the years of the official counts (18 in 2021, 26 in 2022), before that so
    // many that about one exit in eight is undone within three years. After 2022 nothing is published.
    private static readonly int[] YearlyReEntries = [0, 60, 820, 1450, 1900, 1500, 46, 44, 350, 600, 650];

    private readonly Dictionary<(string Standard, int Year), Stock[]> stocks = [];
    private readonly int[] newcomersAtFullScale;

    public Calibration(int households)
    {
        Households = households;
        Districts = District.All;
        newcomersAtFullScale = [.. Districts.Select(d => d.Newcomers)];

        foreach (var table in ReadStocks().GroupBy(r => (r.Standard, r.Year)))
        {
            var byDistrict = table.ToDictionary(r => r.District);
            var poor = Scale([.. Districts.Select(d => byDistrict[d.Code].Poor)]);
            var near = Scale([.. Districts.Select(d => byDistrict[d.Code].NearPoor)]);
            stocks[table.Key] = [.. poor.Zip(near, (p, n) => new Stock(p, n))];
        }
        Newcomers = Arrivals();
    }

    public int Households { get; }
    public IReadOnlyList<District> Districts { get; }

    /// <summary>Households first listed or split off, by year after the first and district.</summary>
    public int[][] Newcomers { get; }

    /// <summary>The stocks at a year's end of the list that was in force.</summary>
    public Stock[] StocksOf(int year) => stocks[(year <= TwoStandards ? OldStandard : NewStandard, year)];

    /// <summary>The stocks at the end of 2021 under the standard to come.</summary>
    public Stock[] SecondStocks => stocks[(NewStandard, TwoStandards)];

    public int ReEntries(int year) => Scale(YearlyReEntries[year - FirstYear]);

    /// <summary>Exits at the household's own request; about one in thirty where nothing is known.</summary>
    public int Voluntary(int year, int district, int exits) =>
        year == TwoStandards ? VoluntaryOf2021[district] : (exits + 15) / 30;

    private int[] VoluntaryOf2021 => field ??= Scale([.. Districts.Select(d => d.Voluntary2021)]);

    /// <summary>All households of a district at a year's end: the denominator of rates.</summary>
    public int AllHouseholds(int year, int district) => Denominators(year)[district];

    // H of 2020 by district as the plan implies it; 219,622 in 2021 (10,454 households were 4.76 %); else 1.25 % a year.
    private int[] Denominators(int year)
    {
        var of2020 = Districts.Select(d => d.Households2020).ToArray();
        var total = year switch
        {
            < TwoStandards => (int)(of2020.Sum() * (10_000L - 125 * (2020 - year)) / 10_000),
            TwoStandards => 219_622,
            _ => (int)(219_622 * (10_000L + 125 * (year - TwoStandards)) / 10_000),
        };
        return Apportion.Shares(Scale(total), of2020);
    }

    private int Scale(int atFullScale) => (int)(((long)atFullScale * Households + FullScale / 2) / FullScale);

    private int[] Scale(int[] atFullScale) => Apportion.Shares(Scale(atFullScale.Sum()), atFullScale);

    // Whatever the census does not hold arrives later, so that the households add up to the number asked for.
    private int[][] Arrivals()
    {
        var years = Years - 1;
        var inCensus = StocksOf(FirstYear).Sum(s => s.Poor + s.NearPoor);
        var cells = new int[years * Districts.Count];
        for (var i = 0; i < cells.Length; i++) cells[i] = newcomersAtFullScale[i % Districts.Count];
        var shares = Apportion.Shares(Math.Max(0, Households - inCensus), cells);
        return [.. Enumerable.Range(0, years).Select(y => shares[(y * Districts.Count)..((y + 1) * Districts.Count)])];
    }

    private static List<(string District, int Year, string Standard, int Poor, int NearPoor)> ReadStocks()
    {
        using var stream = typeof(Calibration).Assembly.GetManifestResourceStream("YenBai.Cases.Demonstration.Data.stock.csv")!;
        using var csv = CsvReader.Create(stream);
        var rows = new List<(string, int, string, int, int)>();
        while (csv.Read())
            rows.Add((csv.GetString("district"), csv["year"].Parse<int>(), csv.GetString("standard"), csv["poor"].Parse<int>(), csv["near_poor"].Parse<int>()));
        return rows;
    }
}
