using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace YenBai.Cases.Durability;

/// <summary>A predicted probability and what came of it.</summary>
/// <param name="Probability">Predicted, in (0, 1).</param>
/// <param name="Happened">The event came.</param>
public readonly record struct Prediction(double Probability, bool Happened);

/// <summary>Accuracy of predicted probabilities over one horizon without censoring, as of the next review.</summary>
/// <param name="Count">Predictions.</param>
/// <param name="Events">Events.</param>
/// <param name="Expected">Sum of the probabilities.</param>
/// <param name="ObservedOverExpected">Calibration in the large; 1 is right.</param>
/// <param name="Prevalence">Share of events.</param>
/// <param name="Auc">Probability that an event was ranked above a non-event, ties ½ (Hanley &amp; McNeil 1982).</param>
/// <param name="Brier">Mean of (y − p)² (Brier 1950).</param>
/// <param name="NullBrier">The same of the prevalence.</param>
/// <param name="ScaledBrier">1 − Brier/null.</param>
/// <param name="LogLoss">−mean log likelihood.</param>
/// <param name="CalibrationIntercept">a of logit P = a + logit p; 0 is right.</param>
/// <param name="CalibrationSlopeIntercept">a of logit P = a + b·logit p.</param>
/// <param name="CalibrationSlope">b (Cox 1958); below 1 = predictions too extreme.</param>
public sealed record RiskAccuracy(
    int Count, int Events, double Expected, Measure ObservedOverExpected, Measure Prevalence, Measure Auc, Measure Brier, Measure NullBrier,
    Measure ScaledBrier, Measure LogLoss, Measure CalibrationIntercept, Measure CalibrationSlopeIntercept, Measure CalibrationSlope);

/// <summary>What a cut in the probabilities finds.</summary>
/// <param name="Cut">Flagged at this probability and above.</param>
/// <param name="Flagged">How many.</param>
/// <param name="TruePositiveRate">Share of events flagged.</param>
/// <param name="FalsePositiveRate">Share of non-events flagged.</param>
/// <param name="PositivePredictiveValue">Share of events among the flagged.</param>
/// <param name="NetBenefit">TP/n − FP/n·cut/(1 − cut) (Vickers &amp; Elkin 2006).</param>
public readonly record struct ThresholdResult(
    double Cut, int Flagged, Measure TruePositiveRate, Measure FalsePositiveRate, Measure PositivePredictiveValue, Measure NetBenefit);

/// <summary>What a number of visits to the highest risks finds.</summary>
/// <param name="Capacity">Visits that can be made.</param>
/// <param name="Captured">Events among them.</param>
/// <param name="ShareCaptured">Share of all events.</param>
/// <param name="PositivePredictiveValue">Events per visit.</param>
/// <param name="Lift">Events per visit over the prevalence.</param>
public readonly record struct CapacityResult(int Capacity, int Captured, Measure ShareCaptured, Measure PositivePredictiveValue, Measure Lift);

/// <summary>One bin of a calibration table.</summary>
/// <param name="Bin">From 1, lowest risks first.</param>
/// <param name="Count">Predictions.</param>
/// <param name="MeanProbability">Mean prediction.</param>
/// <param name="Events">Events.</param>
/// <param name="Observed">Share of events.</param>
/// <param name="Lower">Wilson limit.</param>
/// <param name="Upper">Wilson limit.</param>
public readonly record struct ReliabilityBin(int Bin, int Count, double MeanProbability, int Events, double Observed, double Lower, double Upper);

/// <summary>Validation of predicted probabilities. Calibration first, then discrimination, then usefulness.</summary>
public static class RiskPredictions
{
    /// <summary>All measures of accuracy.</summary>
    public static RiskAccuracy Assess(IReadOnlyList<Prediction> predictions)
    {
        foreach (var p in predictions)
            if (p.Probability is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(predictions), p.Probability, "A predicted probability lies inside (0, 1).");

        int n = predictions.Count, events = predictions.Count(p => p.Happened);
        var expected = predictions.Sum(p => p.Probability);
        var prevalence = Measure.Ratio(events, n);
        var brier = Measure.Ratio(predictions.Sum(p => Square((p.Happened ? 1 : 0) - p.Probability)), n);
        var none = prevalence.Map(rate => rate * (1 - rate));
        var loss = Measure.Ratio(-predictions.Sum(p => Math.Log(p.Happened ? p.Probability : 1 - p.Probability)), n);
        var (intercept, _) = Calibrate(predictions, withSlope: false);
        var (slopeIntercept, slope) = Calibrate(predictions, withSlope: true);
        return new RiskAccuracy(n, events, expected, Measure.Ratio(events, expected), prevalence, Auc(predictions), brier, none,
            none.TryGet(out var zero) && zero > 0 ? 1 - brier.Value / zero : none.Reason ?? Reason.NoEvents, loss,
            intercept, slopeIntercept, slope);
    }

    /// <summary>What flagging at a probability finds.</summary>
    public static ThresholdResult AtThreshold(IReadOnlyList<Prediction> predictions, double cut)
    {
        if (cut is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(cut), cut, "A cut lies inside (0, 1).");
        int n = predictions.Count, events = predictions.Count(p => p.Happened);
        int flagged = predictions.Count(p => p.Probability >= cut), found = predictions.Count(p => p.Probability >= cut && p.Happened);
        return new ThresholdResult(cut, flagged, Measure.Ratio(found, events, Reason.NoEvents), Measure.Ratio(flagged - found, n - events),
            Measure.Ratio(found, flagged), Measure.Ratio(found - (flagged - found) * cut / (1 - cut), n));
    }

    /// <summary>What visiting the <paramref name="capacity"/> highest risks finds; equal risks in their given order.</summary>
    public static CapacityResult AtCapacity(IReadOnlyList<Prediction> predictions, int capacity)
    {
        int n = predictions.Count, events = predictions.Count(p => p.Happened), visits = Math.Min(capacity, n);
        var captured = predictions.OrderByDescending(p => p.Probability).Take(visits).Count(p => p.Happened);
        var perVisit = Measure.Ratio(captured, visits);
        var lift = perVisit.IsEstimable && events > 0 ? perVisit.Map(value => value * n / events) : perVisit.Reason ?? Reason.NoEvents;
        return new CapacityResult(capacity, captured, Measure.Ratio(captured, events, Reason.NoEvents), perVisit, lift);
    }

    /// <summary>Calibration table in bins of equal size, with Wilson intervals.</summary>
    public static ImmutableArray<ReliabilityBin> Reliability(IReadOnlyList<Prediction> predictions, int bins = 10, double level = 0.95)
    {
        var z = Gaussian.Quantile(level);
        var n = predictions.Count;
        var binned = predictions.OrderBy(p => p.Probability).Select((p, i) => (Bin: (int)(((long)(i + 1) * bins + n - 1) / n), Prediction: p));
        return [.. binned.GroupBy(b => b.Bin, b => b.Prediction).Select(bin =>
        {
            int count = bin.Count(), events = bin.Count(p => p.Happened);
            var (lower, upper) = ConfidenceInterval.Wilson(events, count, z);
            return new ReliabilityBin(bin.Key, count, bin.Average(p => p.Probability), events, (double)events / count, lower, upper);
        })];
    }

    static Measure Auc(IReadOnlyList<Prediction> predictions)
    {
        // Mid-ranks: the Mann-Whitney form, O(n log n) and right with ties.
        var ordered = predictions.OrderBy(p => p.Probability).ToArray();
        double ranks = 0;
        long events = 0;
        for (int from = 0, to; from < ordered.Length; from = to)
        {
            for (to = from; to < ordered.Length && ordered[to].Probability == ordered[from].Probability; to++) ;
            for (var i = from; i < to; i++)
            {
                if (!ordered[i].Happened) continue;
                events++;
                ranks += (from + 1 + to) / 2.0;
            }
        }

        var pairs = events * (ordered.Length - events);
        return Measure.Ratio(ranks - events * (events + 1) / 2.0, pairs, ordered.Length == 0 ? Reason.NoData : Reason.NoEvents);
    }

    static (Measure Intercept, Measure Slope) Calibrate(IReadOnlyList<Prediction> predictions, bool withSlope)
    {
        if (predictions.Count == 0) return (Reason.NoData, Reason.NoData);
        bool[] happened = [.. predictions.Select(p => p.Happened)];
        if (!happened.Contains(true)) return (Reason.NoEvents, Reason.NoEvents);
        if (!happened.Contains(false)) return (Reason.Separated, Reason.Separated);

        double[] logits = [.. predictions.Select(p => Math.Log(p.Probability / (1 - p.Probability)))];
        var model = withSlope
            ? new BinomialModel([.. logits.SelectMany(logit => new[] { 1, logit })], happened, 2, LinkFunction.Of(Link.Logit))
            : new BinomialModel([.. logits.Select(_ => 1.0)], happened, 1, LinkFunction.Of(Link.Logit), offset: logits);
        var start = Vector<double>.Build.Dense(withSlope ? 2 : 1);
        double[] spans = withSlope ? [0, logits.Max() - logits.Min()] : [1];
        var (found, failure) = model.Maximise(start, 50, 1e-12, spans);
        if (found is null) return (failure, failure);
        return (found.Beta[0], withSlope ? found.Beta[1] : Reason.NoData);
    }

    static double Square(double x) => x * x;
}
