using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>What one covariate adds to a row's score.</summary>
/// <param name="Term">The covariate.</param>
/// <param name="Value">β(x − mean): exact, because the model adds up on its link scale.</param>
public readonly record struct Contribution(string Term, double Value);

/// <summary>
/// A fitted discrete-time hazard, link(h_ik) = α_k + β'x_ik, by iteratively re-weighted least squares; standard errors by household are
/// the sandwich (X'WX)⁻¹(Σ_c u_c u_c')(X'WX)⁻¹ without small-sample factor (CR0).
/// </summary>
public sealed class HazardFit<T>
{
    readonly Design<T> design;
    readonly HazardBaseline baseline;
    readonly ImmutableArray<double> means;
    readonly Link link;

    internal HazardFit(Design<T> design, HazardBaseline baseline, ImmutableArray<double> means, Link link)
        => (this.design, this.baseline, this.means, this.link) = (design, baseline, means, link);

    /// <summary>Baseline terms, then covariates.</summary>
    public required ImmutableArray<Coefficient> Coefficients { get; init; }

    /// <summary>Covariance from the information matrix.</summary>
    public required ImmutableArray<ImmutableArray<double>> Covariance { get; init; }

    /// <summary>Complete rows.</summary>
    public required int Count { get; init; }

    /// <summary>Rows left out for a missing covariate.</summary>
    public required int Missing { get; init; }

    /// <summary>Events.</summary>
    public required int Events { get; init; }

    /// <summary>Fewer than 20 events a parameter: read with care.</summary>
    public required bool FewEvents { get; init; }

    /// <summary>Log likelihood.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Log likelihood of one constant hazard.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>−2 log likelihood.</summary>
    public double Deviance => -2 * LogLikelihood;

    /// <summary>Deviance + 2 parameters (Akaike 1974).</summary>
    public double Aic => Deviance + 2 * Coefficients.Length;

    /// <summary>Rows less parameters.</summary>
    public int ResidualDegreesOfFreedom => Count - Coefficients.Length;

    /// <summary>Predicted probability of re-entry in a cycle, given still out before it.</summary>
    public Measure Hazard(T row, int cycle)
    {
        if (cycle < 1) throw new ArgumentOutOfRangeException(nameof(cycle), cycle, "Cycles count from 1.");
        if (design.Row(row) is not { } x) return Reason.NoData;
        var start = new double[baseline.Terms.Length];
        baseline.Fill(cycle, start);
        double predictor = 0;
        for (var j = 0; j < start.Length; j++) predictor += start[j] * Coefficients[j].Value;
        for (var j = 0; j < x.Length; j++) predictor += x[j] * Coefficients[start.Length + j].Value;
        return LinkFunction.Of(link).Mean(predictor);
    }

    /// <summary>1 − ∏(1 − h) over the next cycles, the row's covariates unchanged.</summary>
    public Measure CumulativeRisk(T row, int nextCycle, int cycles)
    {
        double free = 1;
        for (var k = 0; k < cycles; k++)
        {
            if (!Hazard(row, nextCycle + k).TryGet(out var hazard)) return Reason.NoData;
            free *= 1 - hazard;
        }

        return 1 - free;
    }

    /// <summary>What each covariate adds against the mean of the data, largest effect first; empty where one is missing.</summary>
    public ImmutableArray<Contribution> Contributions(T row)
    {
        if (design.Row(row) is not { } x) return [];
        return [.. x.Select((value, j) => new Contribution(
                design.Covariates[j].Name, Coefficients[baseline.Terms.Length + j].Value * (value - means[j])))
            .OrderByDescending(contribution => Math.Abs(contribution.Value)).ThenBy(contribution => contribution.Term, StringComparer.Ordinal)];
    }
}
