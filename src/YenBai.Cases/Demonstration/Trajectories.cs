namespace YenBai.Cases.Demonstration;

/// <summary>Where a household stands at a year's end, after the review.</summary>
internal enum Standing : byte { Absent, Poor, NearPoor, NotPoor, Gone }

internal enum Departure : byte { MovedOut, Dissolved, Merged }

/// <summary>
/// The way of every household through the years, without days and words: what the planner decided for all together
/// and the writer tells of each alone.
/// </summary>
internal sealed class Trajectories(int households)
{
    private readonly Standing[] standing = new Standing[households * Calibration.Years];
    private readonly ushort[] commune = new ushort[households * Calibration.Years];
    private readonly Standing[] second = new Standing[households];
    private readonly ushort[] voluntary = new ushort[households];
    private readonly Departure[] departures = new Departure[households];

    public int Count => households;

    /// <summary>Index in the list of districts where it was first known.</summary>
    public byte[] FirstDistrict { get; } = new byte[households];

    /// <summary>The last year before the census in which it left an older list; zero when it never did.</summary>
    public ushort[] EarlierExit { get; } = new ushort[households];

    /// <summary>The household that another was split from.</summary>
    public Dictionary<int, int> ParentOf { get; } = [];

    /// <summary>Households split from one that had left the list.</summary>
    public HashSet<int> SplitOffOut { get; } = [];

    public Dictionary<int, (int Child, int Year)> ChildOf { get; } = [];

    public Dictionary<int, int> MergedInto { get; } = [];

    public Standing At(int household, int year) =>
        year < Calibration.FirstYear ? Standing.Absent : standing[household * Calibration.Years + year - Calibration.FirstYear];

    /// <summary>Its class at the end of 2021 under the standard to come.</summary>
    public Standing Second(int household) => second[household];

    /// <summary>Where it stands when a year begins: on 1 January 2022 under the new standard.</summary>
    public Standing Opening(int household, int year)
    {
        var before = At(household, year - 1);
        return year == Calibration.TwoStandards + 1 && before is not (Standing.Absent or Standing.Gone) ? second[household] : before;
    }

    public int Commune(int household, int year) => commune[household * Calibration.Years + year - Calibration.FirstYear];

    public bool Voluntary(int household, int year) => (voluntary[household] & (1 << (year - Calibration.FirstYear))) != 0;

    public Departure DepartureOf(int household) => departures[household];

    public void Set(int household, int year, Standing where, int place)
    {
        standing[household * Calibration.Years + year - Calibration.FirstYear] = where;
        commune[household * Calibration.Years + year - Calibration.FirstYear] = (ushort)place;
    }

    public void SetSecond(int household, Standing where) => second[household] = where;

    public void SetVoluntary(int household, int year) => voluntary[household] |= (ushort)(1 << (year - Calibration.FirstYear));

    public void SetDeparture(int household, Departure how) => departures[household] = how;
}
