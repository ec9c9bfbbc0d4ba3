namespace YenBai.Cases.Demonstration;

// What people and nature do in a year, before the review.
internal sealed partial class Planner
{
    /// <summary>Three households in four hundred leave the register: they move away, die out, or join another.</summary>
    private void Depart(int year)
    {
        foreach (var here in ByDistrict(Here))
        {
            var leaving = draw.Take(here, (int)(here.Count * 3L / 400), Purpose.Depart, year);
            for (var i = 0; i < leaving; i++)
            {
                var h = here[i];
                var how = draw.Fraction(h, Purpose.Departure) switch { < 0.37 => Departure.MovedOut, < 0.95 => Departure.Dissolved, _ => Departure.Merged };
                if (how == Departure.Merged)
                {
                    // Into one of those of its district that stay.
                    if (here.Count <= leaving) how = Departure.Dissolved;
                    else plan.MergedInto[h] = here[leaving + (int)(draw.Fraction(h, Purpose.Host) * (here.Count - leaving))];
                }
                plan.SetDeparture(h, how);
                standing[h] = Standing.Gone;
                busy[h] = (ushort)year;
            }
        }
    }

    /// <summary>One in two hundred moves to another commune, a quarter of these to another district.</summary>
    private void Move(int year)
    {
        foreach (var here in ByDistrict(Here))
        {
            var moving = draw.Take(here, here.Count / 200, Purpose.Move, year);
            for (var i = 0; i < moving; i++)
            {
                var h = here[i];
                var district = DistrictOf(h);
                var fraction = draw.Fraction(h, Purpose.NewCommune, year);
                if (fraction < 0.25) district = (district + 1 + (int)(fraction * 4 * (calibration.Districts.Count - 1))) % calibration.Districts.Count;
                commune[h] = (ushort)settlement.Settle(district, draw.Fraction(h, Purpose.Commune, year));
                busy[h] = (ushort)year;
            }
        }
    }

    /// <summary>A few of those who moved away come back, and poor.</summary>
    private void Return(int year)
    {
        foreach (var away in ByDistrict(h => standing[h] == Standing.Gone && plan.DepartureOf(h) == Departure.MovedOut && busy[h] < year - 1))
        {
            var coming = draw.Take(away, (away.Count + 20) / 50, Purpose.Return, year);
            for (var i = 0; i < coming; i++)
            {
                standing[away[i]] = Standing.Poor;
                busy[away[i]] = (ushort)year;
            }
        }
    }

    /// <summary>Households that the register did not know: newly poor, newly near-poor, or split off.</summary>
    private int Arrive(int year, int next)
    {
        var newcomers = calibration.Newcomers[year - Calibration.FirstYear - 1];
        var parents = ByDistrict(h => standing[h] is Standing.Poor or Standing.NearPoor && busy[h] < year && !plan.ChildOf.ContainsKey(h) && !plan.ParentOf.ContainsKey(h));
        for (var d = 0; d < newcomers.Length; d++)
        {
            var splits = draw.Take(parents[d], newcomers[d] / 7, Purpose.Parent, year);
            for (var i = 0; i < newcomers[d]; i++, next++)
            {
                busy[next] = (ushort)year;
                if (i >= splits)
                {
                    Settle(next, d, draw.Fraction(next, Purpose.Arrive) < 0.5 ? Standing.Poor : Standing.NearPoor);
                    continue;
                }
                var parent = parents[d][i];
                Settle(next, d, standing[parent]);
                traits[next] = traits[next] with { People = traits[parent].People, Merit = traits[parent].Merit };
                commune[next] = commune[parent];
                if (exits[parent] > 0 && standing[parent] != Standing.Poor)
                {
                    (exits[next], lastExit[next], lastToNear[next]) = (1, (ushort)year, true);
                    plan.SplitOffOut.Add(next);
                }
                plan.ParentOf[next] = parent;
                plan.ChildOf[parent] = (next, year);
                busy[parent] = (ushort)year;
            }
        }
        return next;
    }
}
