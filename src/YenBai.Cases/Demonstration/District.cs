using CsvHelper;

namespace YenBai.Cases.Demonstration;

/// <summary>A district as the demonstration knows it.</summary>
/// <param name="Households2020">All its households when the plan was made, as the plan implies.</param>
/// <param name="Newcomers">Households first listed or split off in 2016–2025, at full scale.</param>
/// <param name="Voluntary2021">Voluntary exits in 2021, at full scale: one district falls short of its minimum.</param>
/// <param name="ReturnPercent">How likely, against the other districts, a household is to be poor again.</param>
/// <param name="Peoples">The parts of the peoples among its poor households, in the order of People.All.</param>
internal sealed record District(
    string Code, int Households2020, int Newcomers, int Voluntary2021, int ReturnPercent, IReadOnlyList<int> Peoples)
{
    public static readonly IReadOnlyList<District> All = Read();

    // The units of 2021 began on 1 February 2020 (Resolution 871/NQ-UBTVQH14).
    private const string UnitsOf2021 = "@2020-02-01";

    public const string Province = "15" + UnitsOf2021;

    public string UnitId => Code + UnitsOf2021;

    private static List<District> Read()
    {
        using var stream = typeof(District).Assembly.GetManifestResourceStream("YenBai.Cases.Demonstration.Data.districts.csv")!;
        using var csv = CsvReader.Create(stream);
        var all = new List<District>();
        while (csv.Read())
            all.Add(new(csv.GetString("district"), csv["households_2020"].Parse<int>(), csv["newcomers"].Parse<int>(), csv["voluntary_2021"].Parse<int>(),
                csv["return_percent"].Parse<int>(), [.. People.All.Select(p => csv[p.Key].Parse<int>())]));
        return all;
    }
}
