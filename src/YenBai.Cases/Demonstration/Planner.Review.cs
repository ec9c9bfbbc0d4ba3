namespace YenBai.Cases.Demonstration;

// What the review of a year decides, district by district.
internal sealed partial class Planner
{
    private void Review(int year)
    {
        ReEnter(year);
        BecomePoor(year);

        var targets = calibration.StocksOf(year);
        var poor = ByDistrict(h => standing[h] == Standing.Poor);
        var near = ByDistrict(h => standing[h] == Standing.NearPoor && busy[h] < year);
        for (var d = 0; d < targets.Length; d++)
        {
            LeaveNearPoverty(near[d], near[d].Count / 8, Purpose.NearOut, year);
            Leave(poor[d], poor[d].Count - targets[d].Poor, d, year);
        }
        BalanceNearPoor(targets, year);
    }

    /// <summary>The hazard of being poor again falls with the years since the exit.</summary>
    private void ReEnter(int year)
    {
        var escaped = new List<int>();
        for (var h = 0; h < standing.Length; h++)
            if (exits[h] > 0 && busy[h] < year && standing[h] is Standing.NearPoor or Standing.NotPoor) escaped.Add(h);

        var back = draw.Take(escaped, calibration.ReEntries(year), Purpose.ReEnter, year, h => ReEntryWeight(h, year));
        for (var i = 0; i < back; i++) BecomePoor(escaped[i], year);
    }

    private double ReEntryWeight(int h, int year)
    {
        var weight = traits[h].Frailty * calibration.Districts[DistrictOf(h)].ReturnPercent;
        weight *= (year - lastExit[h]) switch { <= 1 => 3.0, 2 => 2.1, 3 => 1.4, 4 => 0.9, _ => 0.5 };
        if (lastToNear[h]) weight *= 1.8;
        var supported = traits[h].Support != Instruments.None;
        return weight * ((lastVoluntary[h], supported) switch { (true, true) => 0.4, (true, false) => 0.7, (false, true) => 0.85, _ => 1.0 });
    }

    /// <summary>Three in a hundred of the near-poor who were never on the list come onto it.</summary>
    private void BecomePoor(int year)
    {
        foreach (var near in ByDistrict(h => standing[h] == Standing.NearPoor && exits[h] == 0 && busy[h] < year))
        {
            var falling = draw.Take(near, near.Count * 3 / 100, Purpose.NewlyPoor, year, h => traits[h].Frailty);
            for (var i = 0; i < falling; i++) BecomePoor(near[i], year);
        }
    }

    private void BecomePoor(int household, int year)
    {
        standing[household] = Standing.Poor;
        busy[household] = (ushort)year;
    }

    private void Leave(List<int> poor, int quota, int district, int year)
    {
        poor.RemoveAll(h => busy[h] == year);
        var leaving = draw.Take(poor, quota, Purpose.Leave, year, h => (2 - traits[h].Frailty) * (traits[h].Support == Instruments.None ? 0.8 : 1.1));
        if (leaving == 0) return;

        var those = poor.GetRange(0, leaving);
        foreach (var h in those)
        {
            standing[h] = Standing.NotPoor;
            if (exits[h] < byte.MaxValue) exits[h]++;
            lastExit[h] = (ushort)year;
            lastVoluntary[h] = lastToNear[h] = false;
        }
        var asked = draw.Take(those, calibration.Voluntary(year, district, leaving), Purpose.Volunteer, year, h => traits[h].Support == Instruments.None ? 0.5 : 1);
        for (var i = 0; i < asked; i++)
        {
            lastVoluntary[those[i]] = true;
            plan.SetVoluntary(those[i], year);
        }
        var toNear = draw.Take(those, leaving * 36 / 100, Purpose.ToNear, year, h => traits[h].Frailty * (lastVoluntary[h] ? 0.4 : 1));
        for (var i = 0; i < toNear; i++)
        {
            standing[those[i]] = Standing.NearPoor;
            lastToNear[those[i]] = true;
        }
    }

    private void LeaveNearPoverty(List<int> near, int quota, Purpose purpose, int year)
    {
        var leaving = draw.Take(near, quota, purpose, year, h => 2 - traits[h].Frailty);
        for (var i = 0; i < leaving; i++) Stand(near[i], Standing.NotPoor, year);
    }

    /// <summary>Brings the near-poor to their number: more leave near-poverty, or some who were not poor fall into it.</summary>
    private void BalanceNearPoor(Stock[] targets, int year)
    {
        var near = ByDistrict(h => standing[h] == Standing.NearPoor);
        var not = ByDistrict(h => standing[h] == Standing.NotPoor && busy[h] < year);
        for (var d = 0; d < targets.Length; d++)
        {
            var missing = targets[d].NearPoor - near[d].Count;
            if (missing < 0)
            {
                near[d].RemoveAll(h => busy[h] == year);
                LeaveNearPoverty(near[d], -missing, Purpose.NearMore, year);
                continue;
            }
            var falling = draw.Take(not[d], missing, Purpose.NearIn, year, h => traits[h].Frailty);
            for (var i = 0; i < falling; i++) Stand(not[d][i], Standing.NearPoor, year);
        }
    }

    private void Stand(int household, Standing where, int year)
    {
        standing[household] = where;
        if (lastExit[household] == year) lastToNear[household] = where == Standing.NearPoor;
    }

    /// <summary>The autumn of 2021: everyone who is poor is so under the standard to come, and most of the near-poor.</summary>
    private void JudgeUnderSecondStandard()
    {
        var targets = calibration.SecondStocks;
        var poor = ByDistrict(h => standing[h] == Standing.Poor);
        var near = ByDistrict(h => standing[h] == Standing.NearPoor);
        var not = ByDistrict(h => standing[h] == Standing.NotPoor);
        const int year = Calibration.TwoStandards;
        for (var d = 0; d < targets.Length; d++)
        {
            foreach (var h in poor[d]) plan.SetSecond(h, Standing.Poor);

            var room = targets[d].Poor - poor[d].Count;
            var fromNear = draw.Take(near[d], Math.Min(near[d].Count * 82 / 100, room * 9 / 10), Purpose.SecondPoorFromNear, year, h => traits[h].Frailty);
            for (var i = 0; i < near[d].Count; i++) plan.SetSecond(near[d][i], i < fromNear ? Standing.Poor : Standing.NearPoor);

            var fromNot = draw.Take(not[d], room - fromNear, Purpose.SecondPoor, year, h => traits[h].Frailty * (year - lastExit[h] < 3 ? 2 : 1));
            for (var i = 0; i < fromNot; i++) plan.SetSecond(not[d][i], Standing.Poor);

            var rest = not[d].GetRange(fromNot, not[d].Count - fromNot);
            var toNear = draw.Take(rest, targets[d].NearPoor - (near[d].Count - fromNear), Purpose.SecondNear, year, h => traits[h].Frailty);
            for (var i = 0; i < rest.Count; i++) plan.SetSecond(rest[i], i < toNear ? Standing.NearPoor : Standing.NotPoor);
        }
    }
}
