using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>What a move out of the area is to the share re-entered.</summary>
public enum MoveOut : byte
{
    /// <summary>An end that competes with re-entry: the household can not come back onto this list.</summary>
    Compete,

    /// <summary>The end of observation only.</summary>
    Censor,
}

/// <summary>One row of the cumulative incidence of one cause.</summary>
/// <param name="Time">Duration.</param>
/// <param name="AtRisk">n.</param>
/// <param name="Events">Ends by this cause at this time.</param>
/// <param name="AllEvents">Ends by any competing cause at this time.</param>
/// <param name="Censored">Censored at this time.</param>
/// <param name="Survival">S of all causes together.</param>
/// <param name="Incidence">F: share ended by this cause.</param>
/// <param name="StandardError">Of F.</param>
/// <param name="Lower">Lower limit of F (log-log scale of 1 − F).</param>
/// <param name="Upper">Upper limit of F.</param>
public readonly record struct IncidenceStep(
    int Time, int AtRisk, int Events, int AllEvents, int Censored, double Survival, double Incidence, double StandardError,
    Measure Lower, Measure Upper);

/// <summary>Cumulative incidence of one cause.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Steps">One row for every distinct time.</param>
public sealed record CumulativeIncidence(EndKind Cause, ImmutableArray<IncidenceStep> Steps)
{
    /// <summary>The share ended by this cause at a horizon.</summary>
    public Estimate At(int horizon)
    {
        if (Steps.IsEmpty) return Estimate.Not(Reason.NoData);
        IncidenceStep? last = null;
        var atRisk = 0;
        foreach (var step in Steps)
        {
            if (step.Time >= horizon && atRisk == 0) atRisk = step.AtRisk;
            if (step.Time > horizon) break;
            last = step;
        }

        return last is { } found
            ? new Estimate(found.Incidence, found.StandardError, found.Lower, found.Upper, atRisk, horizon > Steps[^1].Time)
            : new Estimate(0, 0, Reason.NoEvents, Reason.NoEvents, atRisk);
    }
}

/// <summary>
/// Competing ends (Aalen &amp; Johansen 1978): F_k(t) = Σ_{t_j ≤ t} S(t_{j−1}) d_kj/n_j with S from all causes, so that ΣF + S = 1.
/// "Share that will come back onto our list". One minus a Kaplan-Meier curve by cause would over-state it.
/// </summary>
/// <remarks>
/// Variance of Dinse &amp; Larson 1986 (Gaynor et al. 1993):
/// Σ[F(t)−F(t_j)]²d_j/(n_j(n_j−d_j)) + ΣS(t_{j−1})²d_kj(n_j−d_kj)/n_j³ − 2Σ[F(t)−F(t_j)]S(t_{j−1})d_kj/n_j².
/// </remarks>
public static class AalenJohansen
{
    /// <summary>One curve a competing cause: re-entry, (move,) dissolution.</summary>
    public static ImmutableArray<CumulativeIncidence> Fit(ReadOnlySpan<Observation> rows, MoveOut moveOut = MoveOut.Compete, double level = 0.95)
    {
        EndKind[] causes = moveOut == MoveOut.Compete
            ? [EndKind.ReEntry, EndKind.MovedOut, EndKind.Dissolved]
            : [EndKind.ReEntry, EndKind.Dissolved];
        var z = Gaussian.Quantile(level);
        var order = RiskSweep.Over(rows);
        var curves = ImmutableArray.CreateBuilder<CumulativeIncidence>(causes.Length);
        foreach (var cause in causes) curves.Add(new CumulativeIncidence(cause, Incidence(rows, order, cause, moveOut, z)));
        return curves.MoveToImmutable();
    }

    static ImmutableArray<IncidenceStep> Incidence(ReadOnlySpan<Observation> rows, RiskSweep order, EndKind cause, MoveOut moveOut, double z)
    {
        var steps = ImmutableArray.CreateBuilder<IncidenceStep>();
        double survival = 1, incidence = 0;

        // Each sum over [F(t) − F(t_j)] moves on with F instead of being summed anew: first and second moments of the distance.
        double weight = 0, weighted = 0, squared = 0, own = 0, cross = 0, crossed = 0;
        var sets = new RiskSets(rows, order);
        while (sets.MoveNext())
        {
            double n = sets.AtRisk;
            var dk = cause switch { EndKind.ReEntry => sets.ReEntered, EndKind.MovedOut => sets.MovedOut, _ => sets.Dissolved };
            var d = sets.ReEntered + sets.Dissolved + (moveOut == MoveOut.Compete ? sets.MovedOut : 0);

            var rise = survival * dk / n;
            incidence += rise;
            squared += rise * (2 * weighted + rise * weight);
            weighted += rise * weight;
            crossed += rise * cross;

            if (d < n) weight += d / (n * (n - d));
            own += survival * survival * dk * (n - dk) / (n * n * n);
            cross += survival * dk / (n * n);
            survival *= (n - d) / n;

            var error = Math.Sqrt(Math.Max(0, squared + own - 2 * crossed));
            var (lower, upper) = Limits(incidence, error, z);
            steps.Add(new IncidenceStep(sets.Time, sets.AtRisk, dk, d, sets.Ended - d, survival, incidence, error, lower, upper));
        }

        return steps.ToImmutable();
    }

    static (Measure Lower, Measure Upper) Limits(double incidence, double error, double z)
    {
        var free = 1 - incidence;
        var (lower, upper) = ConfidenceInterval.Of(free, free > 0 ? error / free : 0, z, IntervalKind.LogLog);
        return (upper.Map(x => 1 - x), lower.Map(x => 1 - x));
    }
}
