namespace YenBai.Cases.Demonstration;

/// <summary>
/// A made-up province of Yên Bái, 2015–2025, which adds up to the published stocks. Nobody in it exists. The same
/// households, seed and communes give the same province, byte for byte, on every machine.
/// </summary>
/// <param name="households">Households ever poor or near-poor; all stocks are in proportion to it.</param>
/// <param name="communes">Those of 2021, of all nine districts.</param>
/// <param name="today">The day up to which what goes on now is told; none: nothing after 2025.</param>
public sealed class DemonstrationProvince(int households, int seed, IReadOnlyList<Commune> communes, DateOnly? today = null)
{
    public const int DefaultHouseholds = Calibration.FullScale;
    public const int MostHouseholds = 2_000_000;

    private readonly Calibration calibration = new(households is > 0 and <= MostHouseholds ? households
        : throw new ArgumentOutOfRangeException(nameof(households), households, $"1 to {MostHouseholds}"));

    private HouseholdWriter Writer => field ??= NewWriter();

    /// <summary>One household after the other. Planned together at the first call, each is made when it is asked for.</summary>
    public IEnumerable<GeneratedHousehold> Households()
    {
        var writer = Writer;
        for (var h = 0; h < households; h++) yield return writer.Write(h);
    }

    /// <summary>All households of the province and its districts at each year's end.</summary>
    public IEnumerable<GeneratedTotal> Totals()
    {
        const string source = "Dữ liệu minh họa: suy từ Kế hoạch 19-KH/TU và Quyết định ngày 15/12/2021, các năm khác theo tỷ lệ giả định";
        for (var year = Calibration.FirstYear; year <= Calibration.LastYear; year++)
        {
            var on = new DateOnly(year, 12, 31);
            var province = 0;
            for (var d = 0; d < calibration.Districts.Count; d++)
            {
                var all = calibration.AllHouseholds(year, d);
                province += all;
                yield return new(calibration.Districts[d].UnitId, on, all, source);
            }
            yield return new(District.Province, on, province, source);
        }
    }

    /// <summary>The days of the yearly reviews.</summary>
    public static IEnumerable<DateOnly> Reviews()
    {
        for (var year = Calibration.FirstYear; year <= Calibration.LastYear; year++) yield return ReviewOf(year);
    }

    internal static DateOnly ReviewOf(int year) => new(year, 12, 15);

    private HouseholdWriter NewWriter()
    {
        var settlement = new Settlement(communes, calibration.Districts, seed);
        var (plan, traits) = Planner.Plan(calibration, settlement, seed);
        return new HouseholdWriter(plan, traits, calibration, settlement, seed, today);
    }
}
