using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>A point of a curve fit for publication.</summary>
/// <param name="Time">Duration.</param>
/// <param name="AtRisk">Rounded number at risk.</param>
/// <param name="Events">Rounded events since the point before.</param>
/// <param name="Censored">Rounded censorings since the point before.</param>
/// <param name="Survival">Share still out, from the rounded counts.</param>
public readonly record struct SteppedPoint(int Time, int AtRisk, int Events, int Censored, double Survival);

/// <summary>Curves that do not give single households away.</summary>
public static class PublishableCurve
{
    /// <summary>The curve at chosen review cycles (1, 2, 3 and 5 unless told), withheld from where few are at risk on.</summary>
    public static ImmutableArray<(int Horizon, Estimate Estimate)> At(SurvivalCurve curve, DisclosureRule rule, params ReadOnlySpan<int> horizons)
    {
        if (horizons.IsEmpty) horizons = [1, 2, 3, 5];
        var points = ImmutableArray.CreateBuilder<(int, Estimate)>(horizons.Length);
        foreach (var horizon in horizons)
            points.Add((horizon, curve.AtRisk(horizon) < rule.MinimumAtRisk ? Estimate.Not(Reason.Suppressed) : curve.At(horizon)));
        return points.MoveToImmutable();
    }

    /// <summary>
    /// The curve with every step delayed until <paramref name="k"/> events (or censorings) have come together, and all counts in multiples
    /// of k: no step can be traced to fewer than k households (the idea of <c>round_km</c> of OpenSAFELY).
    /// </summary>
    public static ImmutableArray<SteppedPoint> Stepped(ReadOnlySpan<Observation> rows, int k)
    {
        if (k < 1) throw new ArgumentOutOfRangeException(nameof(k), k, "Steps hold at least one event.");
        var points = ImmutableArray.CreateBuilder<SteppedPoint>();
        var order = RiskSweep.Over(rows);
        int atRisk = order.InitiallyAtRisk / k * k, entered = order.InitiallyAtRisk, shownEntered = atRisk;
        int events = 0, censored = 0, shownEvents = 0, shownCensored = 0;
        double survival = 1;
        var sets = new RiskSets(rows, order);
        while (sets.MoveNext())
        {
            entered += sets.Entering.Length;
            atRisk += entered / k * k - shownEntered;
            shownEntered = entered / k * k;
            events += sets.ReEntered;
            censored += sets.Ended - sets.ReEntered;
            int d = events / k * k - shownEvents, c = censored / k * k - shownCensored;
            if (d == 0 && c == 0) continue;
            // Late entrants count only when k have come together, so that those at risk can seem fewer than those who left.
            if (d + c > atRisk) break;
            survival *= 1 - (double)d / atRisk;
            points.Add(new SteppedPoint(sets.Time, atRisk, d, c, survival));
            atRisk -= d + c;
            shownEvents += d;
            shownCensored += c;
        }

        return points.ToImmutable();
    }

    /// <summary>The curve up to where fewer are at risk than a rate must have below it.</summary>
    public static SurvivalCurve WhileEnough(SurvivalCurve curve, DisclosureRule rule) =>
        curve.Until(curve.Steps.TakeWhile(step => step.AtRisk >= rule.MinimumDenominator).Count());
}
