using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>One step of a cumulative baseline hazard.</summary>
/// <param name="Time">Duration.</param>
/// <param name="AtMeans">Cumulative hazard of a row with mean covariates.</param>
/// <param name="AtZero">H₀, that of a row with covariates zero; none where zero lies so far off the data that it leaves the range of numbers.</param>
public readonly record struct BaselineStep(int Time, double AtMeans, Measure AtZero);

/// <summary>Grambsch &amp; Therneau 1994: does a coefficient change with time?</summary>
/// <param name="Term">Covariate, or null for all together.</param>
/// <param name="Test">Score test of a trend with 1 − S(t−).</param>
public readonly record struct ProportionalityTest(string? Term, ChiSquaredTest Test);

/// <summary>A fitted Cox model.</summary>
public sealed class CoxFit<T>
{
    readonly Design<T> design;
    readonly double predictorAtMeans;

    internal CoxFit(Design<T> design, double predictorAtMeans) => (this.design, this.predictorAtMeans) = (design, predictorAtMeans);

    /// <summary>β and what follows from it, in the order of the design.</summary>
    public required ImmutableArray<Coefficient> Coefficients { get; init; }

    /// <summary>Covariance from the information matrix.</summary>
    public required ImmutableArray<ImmutableArray<double>> Covariance { get; init; }

    /// <summary>Covariance from score residuals summed by cluster; null where rows carry no clusters.</summary>
    public required ImmutableArray<ImmutableArray<double>>? RobustCovariance { get; init; }

    /// <summary>Complete rows.</summary>
    public required int Count { get; init; }

    /// <summary>Rows left out for a missing covariate.</summary>
    public required int Missing { get; init; }

    /// <summary>Events.</summary>
    public required int Events { get; init; }

    /// <summary>Fewer than 20 events a covariate: read with care.</summary>
    public required bool FewEvents { get; init; }

    /// <summary>Log partial likelihood at β = 0.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>Log partial likelihood at the maximum.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Likelihood ratio test.</summary>
    public required ChiSquaredTest LikelihoodRatio { get; init; }

    /// <summary>Wald test, with the robust covariance where there is one.</summary>
    public required ChiSquaredTest Wald { get; init; }

    /// <summary>Score test; without ties and covariates but the group it is the log-rank test.</summary>
    public required ChiSquaredTest Score { get; init; }

    /// <summary>Cumulative baseline hazard by stratum ("" without strata), a row for every distinct time.</summary>
    public required IReadOnlyDictionary<string, ImmutableArray<BaselineStep>> Baseline { get; init; }

    /// <summary>Tests of proportionality: each covariate, then all together. Empty where the information has no inverse.</summary>
    public required ImmutableArray<ProportionalityTest> Proportionality { get; init; }

    /// <summary>x'β, or why not.</summary>
    public Measure LinearPredictor(T row)
    {
        if (design.Row(row) is not { } x) return Reason.NoData;
        double sum = 0;
        for (var j = 0; j < x.Length; j++) sum += x[j] * Coefficients[j].Value;
        return sum;
    }

    /// <summary>exp(−H₀(t)e^{x'β}): predicted share still out. Flat past the last time of the stratum.</summary>
    public Measure Survival(T row, int time, string stratum = "")
    {
        if (!LinearPredictor(row).TryGet(out var predictor)) return Reason.NoData;
        if (!Baseline.TryGetValue(stratum, out var steps)) return Reason.NoData;
        double hazard = 0;
        foreach (var step in steps)
        {
            if (step.Time > time) break;
            hazard = step.AtMeans;
        }

        return hazard == 0 ? 1 : Math.Exp(-hazard * Math.Exp(predictor - predictorAtMeans));
    }
}
