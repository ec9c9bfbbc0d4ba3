using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>One interval of an actuarial life table.</summary>
/// <param name="From">Start (inclusive).</param>
/// <param name="To">End (exclusive), or null for the open last interval.</param>
/// <param name="Entering">n: under observation at the start.</param>
/// <param name="Withdrawn">c: censored in the interval.</param>
/// <param name="Exposed">n' = n − c/2.</param>
/// <param name="Events">d.</param>
/// <param name="Probability">q = d/n'.</param>
/// <param name="Survival">S at the start of the interval.</param>
/// <param name="SurvivalError">Standard error of S.</param>
/// <param name="Density">Sq/w.</param>
/// <param name="DensityError">Its standard error.</param>
/// <param name="Hazard">2q/(w(1 + p)).</param>
/// <param name="HazardError">Its standard error.</param>
public readonly record struct LifeTableInterval(
    double From, double? To, int Entering, int Withdrawn, double Exposed, int Events, Measure Probability, double Survival,
    Measure SurvivalError, Measure Density, Measure DensityError, Measure Hazard, Measure HazardError);

/// <summary>
/// The actuarial life table (Cutler &amp; Ederer 1958; errors after Gehan 1969): for ends spread inside the interval, which is why those
/// censored count half. Where every interval ends with a review use discrete hazards, without that correction.
/// </summary>
public static class LifeTable
{
    /// <summary>The table for intervals that start at the given breaks; the last stays open.</summary>
    /// <param name="rows">Observations from the start: delayed entry is refused.</param>
    /// <param name="breaks">Starts of the intervals, ascending.</param>
    public static ImmutableArray<LifeTableInterval> Fit(ReadOnlySpan<Observation> rows, params ReadOnlySpan<double> breaks)
    {
        if (breaks.IsEmpty) throw new ArgumentException("A life table needs intervals.", nameof(breaks));
        for (var k = 1; k < breaks.Length; k++)
            if (!(breaks[k] > breaks[k - 1])) throw new ArgumentException("Intervals must ascend.", nameof(breaks));

        int[] events = new int[breaks.Length], withdrawn = new int[breaks.Length];
        foreach (ref readonly var row in rows)
        {
            if (row.Entry > breaks[0]) throw new ArgumentException("A life table does not know delayed entry; use Kaplan-Meier.", nameof(rows));
            var place = breaks.BinarySearch((double)row.Time);
            var interval = place >= 0 ? place : ~place - 1;
            if (interval < 0) continue;
            if (row.End == EndKind.ReEntry) events[interval]++;
            else withdrawn[interval]++;
        }

        var table = ImmutableArray.CreateBuilder<LifeTableInterval>(breaks.Length);
        var entering = events.Sum() + withdrawn.Sum();
        double survival = 1, greenwood = 0;
        for (var k = 0; k < breaks.Length; k++)
        {
            var to = k + 1 < breaks.Length ? breaks[k + 1] : (double?)null;
            table.Add(Interval(breaks[k], to, entering, withdrawn[k], events[k], survival, greenwood));
            entering -= events[k] + withdrawn[k];
            if (table[k].Probability.TryGet(out var q) && q > 0)
            {
                survival *= 1 - q;
                greenwood += q / (table[k].Exposed * (1 - q));
            }
        }

        return table.MoveToImmutable();
    }

    static LifeTableInterval Interval(double from, double? to, int entering, int withdrawn, int events, double survival, double greenwood)
    {
        var exposed = entering - withdrawn / 2.0;
        var probability = Measure.Ratio(events, exposed, Reason.RiskSetEmpty);
        var survivalError = Measure.Finite(survival * Math.Sqrt(greenwood), Reason.RiskSetEmpty);
        Measure density, densityError, hazard, hazardError;
        if (to is not { } end || !probability.TryGet(out var q))
        {
            // An open interval has no width, an empty one no events to spread.
            (density, densityError, hazard, hazardError) = (Reason.RiskSetEmpty, Reason.RiskSetEmpty, Reason.RiskSetEmpty, Reason.RiskSetEmpty);
        }
        else
        {
            double width = end - from, p = 1 - q, h = 2 * q / (width * (1 + p)), f = survival * q / width;
            (density, hazard) = (f, h);
            densityError = q > 0 ? Measure.Finite(f * Math.Sqrt(greenwood + p / (exposed * q)), Reason.RiskSetEmpty) : Reason.NoEvents;
            hazardError = q > 0 ? h * Math.Sqrt(Math.Max(0, 1 - Square(h * width / 2)) / (exposed * q)) : Reason.NoEvents;
        }

        return new LifeTableInterval(from, to, entering, withdrawn, exposed, events, probability, survival, survivalError,
            density, densityError, hazard, hazardError);
    }

    static double Square(double x) => x * x;
}
