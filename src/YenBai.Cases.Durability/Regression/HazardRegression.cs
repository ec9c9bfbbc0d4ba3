using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace YenBai.Cases.Durability;

/// <summary>One fit of a discrete-time hazard.</summary>
sealed class HazardRegression<T>
{
    const int MaximumSteps = 50;
    const double Convergence = 1e-12;

    readonly Design<T> design;
    readonly HazardOptions options;
    readonly LinkFunction link;
    readonly DesignMatrix matrix;
    readonly int rowCount;
    readonly int[] cycles;
    readonly bool[] happened;
    readonly int[]? clusters;
    readonly int events;

    public HazardRegression(
        IReadOnlyList<T> rows, Func<T, int> cycle, Func<T, bool> reEntered, Design<T> design, HazardOptions options, Func<T, int>? cluster)
    {
        (this.design, this.options, rowCount) = (design, options, rows.Count);
        link = LinkFunction.Of(options.Link);
        matrix = design.Matrix(rows);
        cycles = Array.ConvertAll(matrix.Kept, i => cycle(rows[i]));
        happened = Array.ConvertAll(matrix.Kept, i => reEntered(rows[i]));
        clusters = cluster is null ? null : Array.ConvertAll(matrix.Kept, i => cluster(rows[i]));
        events = happened.Count(x => x);
    }

    public Outcome<HazardFit<T>> Fit()
    {
        if (matrix.Count == 0) return Reason.NoData;
        if (events == 0) return Reason.NoEvents;
        if (events == matrix.Count) return Reason.Separated;
        var baseline = options.Baseline == BaselineKind.LogCycle
            ? HazardBaseline.Logarithmic
            : HazardBaseline.PerCycle(cycles, happened, options.LastCycle);
        var levels = baseline.Terms.Length;
        if (EventsPerParameter.TooFew(events, levels + matrix.Width, options.MinimumEventsPerParameter)) return Reason.TooFewEvents;
        if (matrix.HasConstant) return Reason.Singular;

        var model = new BinomialModel(Rows(baseline), happened, levels + matrix.Width, link, levels, options.Ridge);
        var (beta, failure) = model.Maximise(Start(baseline), MaximumSteps, Convergence, Spans(levels));
        return beta is null ? failure : Results(baseline, model, beta);
    }

    double[] Rows(HazardBaseline baseline)
    {
        int levels = baseline.Terms.Length, width = levels + matrix.Width;
        var rows = new double[matrix.Count * width];
        for (var i = 0; i < matrix.Count; i++)
        {
            baseline.Fill(cycles[i], rows.AsSpan(i * width, levels));
            matrix.Row(i).CopyTo(rows.AsSpan(i * width + levels));
        }

        return rows;
    }

    Vector<double> Start(HazardBaseline baseline)
    {
        var common = link.Predictor((double)events / matrix.Count);
        return Vector<double>.Build.Dense(baseline.Terms.Length + matrix.Width,
            j => j < baseline.Terms.Length && baseline.IsLevel(j) ? common : 0);
    }

    double[] Spans(int levels) => [.. Enumerable.Repeat(1.0, levels), .. matrix.Span];

    HazardFit<T> Results(HazardBaseline baseline, BinomialModel model, BinomialMaximum maximum)
    {
        // Back from centred and scaled covariates: β/sd each, and every level gives up what centring put into it.
        int levels = baseline.Terms.Length, width = levels + matrix.Width;
        var back = Matrix<double>.Build.DenseIdentity(width);
        for (var j = 0; j < matrix.Width; j++)
        {
            back[levels + j, levels + j] = 1 / matrix.Scale[j];
            for (var level = 0; level < levels; level++)
                if (baseline.IsLevel(level)) back[level, levels + j] = -matrix.Mean[j] / matrix.Scale[j];
        }

        var covariance = back * maximum.Covariance * back.Transpose();
        var robust = clusters is null
            ? null
            : back * maximum.Covariance * ClusteredSum.Of(model.Scores(maximum.Beta), width, Clusters.Of(clusters)) * maximum.Covariance * back.Transpose();
        var rate = (double)events / matrix.Count;
        return new HazardFit<T>(design, baseline, [.. matrix.Mean], options.Link)
        {
            Coefficients = Coefficient.Table(
                baseline.Terms.Concat(design.Covariates.Select(c => c.Name)), back * maximum.Beta, covariance, robust, options.Level),
            Covariance = CoxResults<T>.Rows(covariance),
            Count = matrix.Count,
            Missing = rowCount - matrix.Count,
            Events = events,
            FewEvents = EventsPerParameter.Few(events, width),
            LogLikelihood = maximum.LogLikelihood,
            NullLogLikelihood = events * Math.Log(rate) + (matrix.Count - events) * Math.Log(1 - rate),
        };
    }
}
