namespace YenBai.Cases.Demonstration;

/// <summary>
/// Plans all households together, a year at a time, so that the stocks of every district come out as calibrated:
/// what people and nature do comes first (departures, moves, splits), then the review makes up the difference.
/// </summary>
internal sealed partial class Planner
{
    private readonly Calibration calibration;
    private readonly Settlement settlement;
    private readonly Draw draw;
    private readonly Trajectories plan;
    private readonly Traits[] traits;

    // Where each household stands while the years go by.
    private readonly Standing[] standing;
    private readonly ushort[] commune;
    private readonly byte[] exits;
    private readonly ushort[] lastExit;
    private readonly bool[] lastToNear, lastVoluntary;

    /// <summary>The last year in which something happened to it that leaves no room for more.</summary>
    private readonly ushort[] busy;

    private Planner(Calibration calibration, Settlement settlement, int seed)
    {
        (this.calibration, this.settlement) = (calibration, settlement);
        draw = new Draw(seed);
        var n = calibration.Households;
        plan = new Trajectories(n);
        traits = new Traits[n];
        standing = new Standing[n];
        commune = new ushort[n];
        exits = new byte[n];
        lastExit = new ushort[n];
        lastToNear = new bool[n];
        lastVoluntary = new bool[n];
        busy = new ushort[n];
        Seed = seed;
    }

    private int Seed { get; }

    public static (Trajectories Plan, Traits[] Traits) Plan(Calibration calibration, Settlement settlement, int seed)
    {
        var planner = new Planner(calibration, settlement, seed);
        var next = planner.Census();
        for (var year = Calibration.FirstYear + 1; year <= Calibration.LastYear; year++)
        {
            if (year == Calibration.TwoStandards + 1) planner.ChangeStandard();
            planner.Depart(year);
            planner.Move(year);
            planner.Return(year);
            next = planner.Arrive(year, next);
            planner.Review(year);
            if (year == Calibration.TwoStandards) planner.JudgeUnderSecondStandard();
            planner.Record(year);
        }
        return (planner.plan, planner.traits);
    }

    private int DistrictOf(int household) => settlement.DistrictOf[commune[household]];

    /// <summary>The poor and near-poor of the census at the end of 2015.</summary>
    private int Census()
    {
        var next = 0;
        var stocks = calibration.StocksOf(Calibration.FirstYear);
        for (var d = 0; d < stocks.Length; d++)
        {
            for (var i = 0; i < stocks[d].Poor; i++) Settle(next++, d, Standing.Poor);
            for (var i = 0; i < stocks[d].NearPoor; i++)
            {
                // Three in ten of the near-poor had left an older list of the poor in the years before.
                if (draw.Fraction(next, Purpose.EarlierExit) < 0.3)
                    LeaveBefore(next, 2012 + (int)(draw.Fraction(next, Purpose.EarlierExitYear) * 3));
                Settle(next++, d, Standing.NearPoor);
            }
        }
        Record(Calibration.FirstYear);
        return next;
    }

    private void Settle(int household, int district, Standing where)
    {
        plan.FirstDistrict[household] = (byte)district;
        traits[household] = Traits.Of(Seed, household, calibration.Districts[district]);
        commune[household] = (ushort)settlement.Settle(district, draw.Fraction(household, Purpose.Commune));
        standing[household] = where;
    }

    private void LeaveBefore(int household, int year)
    {
        plan.EarlierExit[household] = lastExit[household] = (ushort)year;
        exits[household] = 1;
        lastToNear[household] = true;
    }

    private void Record(int year)
    {
        for (var h = 0; h < standing.Length; h++) plan.Set(h, year, standing[h], commune[h]);
    }

    private void ChangeStandard()
    {
        for (var h = 0; h < standing.Length; h++)
            if (standing[h] is not (Standing.Absent or Standing.Gone)) standing[h] = plan.Second(h);
    }

    /// <summary>The households of each district that stand so.</summary>
    private List<int>[] ByDistrict(Func<int, bool> which)
    {
        var lists = new List<int>[calibration.Districts.Count];
        for (var d = 0; d < lists.Length; d++) lists[d] = [];
        for (var h = 0; h < standing.Length; h++)
            if (which(h)) lists[DistrictOf(h)].Add(h);
        return lists;
    }

    private bool Here(int household) => standing[household] is not (Standing.Absent or Standing.Gone);
}
