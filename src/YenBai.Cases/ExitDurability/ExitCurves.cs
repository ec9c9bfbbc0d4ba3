using System.Text.Json.Serialization;
using YenBai.Cases.Durability;
using YenBai.Cases.Households;
using YenBai.Cases.Registering;

namespace YenBai.Cases.ExitDurability;

public sealed record CurveStep(int Time, int AtRisk, int Events, int Censored, double Survival, double? StdErr, double CumHazard, double? Lower, double? Upper);

/// <param name="Reason">Why a value or a limit is missing.</param>
public sealed record CurveQuantile(double P, double? Value, double? Lower, double? Upper, [property: JsonConverter(typeof(SnakeCase<Reason>))] Reason? Reason);

/// <param name="BeyondFollowUp">Nobody was followed that long: the last value is carried on.</param>
/// <param name="Reason">Why a value or a limit is missing.</param>
/// <param name="ReturnsAtMost">Where nobody came back: the share that may have, on one side at the level asked for.</param>
public sealed record CurveHorizon(
    int Horizon, int? AtRisk, double? Survival, double? StdErr, double? Lower, double? Upper, bool BeyondFollowUp,
    [property: JsonConverter(typeof(SnakeCase<Reason>))] Reason? Reason, double? ReturnsAtMost);

/// <summary>The same share under both readings of a household that is poor only by a new standard: the truth lies between them.</summary>
public sealed record StandardBounds(int Horizon, double? StandardChangeCensored, double? StandardChangeCounted);

/// <summary>The share if every household that the reviews since did not confirm came back at the first of them, and if none did.</summary>
public sealed record ConfirmationBounds(int Horizon, double? IfAllReturned, double? IfAllStayed);

/// <summary>How much of what is not known to have ended was looked at.</summary>
/// <param name="Out">Spells not known to have ended, with a review since the exit; none where that is withheld.</param>
/// <param name="Confirmed">Of them, those that the last review confirmed.</param>
public sealed record Confirmation(int? Out, int? Confirmed, IReadOnlyList<ConfirmationBounds> Bounds);

/// <param name="N">The spells; none where that is withheld.</param>
/// <param name="StandardChanges">Of them, those that ended because the standard changed.</param>
/// <param name="UnknownCause">Of them, those that ended with a return of which nobody recorded why.</param>
/// <param name="Gaps">Where nobody was watched, so that the curve is flat for want of information.</param>
/// <param name="FellToZeroEarly">All of a small number watched early came back, and the curve stays at nought whatever happened later.</param>
/// <param name="Reason">Why there is no curve.</param>
public sealed record GroupCurve(
    string Group, int? N, IReadOnlyList<CurveStep> Steps, IReadOnlyList<CurveQuantile> Quantiles, IReadOnlyList<CurveHorizon> Horizons,
    IReadOnlyList<StandardBounds> Bounds, Confirmation? Confirmation, int? StandardChanges, int? UnknownCause, IReadOnlyList<InformationGap> Gaps, bool FellToZeroEarly, [property: JsonConverter(typeof(SnakeCase<Reason>))] Reason? Reason);

/// <summary>A restricted mean: how much of the time up to tau a household is out of poverty.</summary>
public sealed record GroupMean(
    string Group, double? Value, double? StdErr, double? Lower, double? Upper, bool BeyondFollowUp, [property: JsonConverter(typeof(SnakeCase<Reason>))] Reason? Reason);

public sealed record IncidencePoint(int Time, string Cause, double? Incidence, double? StdErr, double? Lower, double? Upper);

public sealed record GroupIncidence(string Group, int? N, IReadOnlyList<IncidencePoint> Steps, [property: JsonConverter(typeof(SnakeCase<Reason>))] Reason? Reason)
{
    /// <summary>What came later is withheld.</summary>
    [JsonIgnore]
    public bool IsCut { get; init; }
}

public sealed record HazardPeriod(int Period, int? N, int? D, double? Hazard, double? StdErr, double? Survival);

public sealed record GroupHazard(string Group, IReadOnlyList<HazardPeriod> Periods);

/// <summary>
/// What the spells say group by group. For readers who may not learn who anybody is the spells are those of the published,
/// rounded register; rates over fewer than 20 are not shown (durability contract 2.12).
/// </summary>
public static class ExitCurves
{
    private static readonly double[] Shares = [.05, .1, .25, .5];
    private static readonly DisclosureRule Rule = DisclosureRule.Report;

    public static IReadOnlyList<GroupCurve> Curves(ExitAnswer answer)
    {
        // Every spell is among those watched, so every group is.
        var watched = answer.GroupsOf(answer.Watched).ToDictionary(g => g.Group, g => g.Spells);
        return [.. answer.Groups().Select(g => CurveOf(answer, g.Group, g.Spells, watched[g.Group]))];
    }

    private static GroupCurve CurveOf(ExitAnswer answer, string group, List<ExitSpell> spells, List<ExitSpell> watched)
    {
        var question = answer.Question;
        var shown = Fit(answer, spells, s => s.Observation(question.TimeScale));
        if (shown.Curve is not { } curve)
            return new(group, null, [], [.. Shares.Select(p => new CurveQuantile(p, null, null, null, Reason.Suppressed))],
                [.. question.Horizons.Select(h => new CurveHorizon(h, null, null, null, null, null, false, Reason.Suppressed, null))], [], null, null, null, [], false, Reason.Suppressed);

        return new(
            group, spells.Count,
            [.. curve.Steps.Select(s => new CurveStep(s.Time, s.AtRisk, s.Events, s.Censored, s.Survival, s.StandardError.OrNull, s.CumulativeHazard, s.Lower.OrNull, s.Upper.OrNull))],
            [.. Shares.Select(curve.Quantile).Select(q => new CurveQuantile(q.P, q.Value.OrNull, q.Lower.OrNull, q.Upper.OrNull, q.Value.Reason ?? q.Lower.Reason ?? q.Upper.Reason))],
            [.. question.Horizons.Select(h => (Horizon: h, At: At(shown, h))).Select(h => new CurveHorizon(
                h.Horizon, h.At.Value.IsEstimable ? h.At.AtRisk : null, h.At.Value.OrNull, h.At.StandardError.OrNull, h.At.Lower.OrNull, h.At.Upper.OrNull, h.At.BeyondFollowUp,
                h.At.Value.Reason ?? h.At.Lower.Reason ?? h.At.Upper.Reason,
                h.At.Value.OrNull == 1 ? ZeroEvents.UpperLimit(h.At.AtRisk, question.Level).OrNull : null))],
            Bounds(answer, spells, shown), spells.Count == 0 && !answer.Identifies ? null : ConfirmationOf(answer, watched, shown), spells.Count(s => s.Spell.EndReason == EndReason.StandardChange), spells.Count(s => s.EndedForUnknownCause),
            curve.Gaps, curve.FellToZeroEarly, curve.Steps.IsEmpty ? Reason.NoData : null);
    }

    /// <summary>A curve as far as its reader may see it.</summary>
    /// <param name="Curve">None where it is withheld.</param>
    /// <param name="IsCut">What came later is withheld.</param>
    private sealed record ShownCurve(SurvivalCurve? Curve, bool IsCut = false);

    private static ShownCurve Fit(ExitAnswer answer, List<ExitSpell> spells, Func<ExitSpell, Observation> observation, bool withErrors = true)
    {
        var options = withErrors ? answer.Question.Curve : answer.Question.Curve with { Variance = VarianceKind.Greenwood };
        var rows = new Observation[spells.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = answer.Scaled(observation(spells[i]));
        if (answer.Identifies) return new(KaplanMeier.Fit(rows, options));
        // Where nobody is, or was followed yet, there is nothing to withhold.
        if (rows.Length > 0 && !answer.Shows(rows.Length)) return new(null);
        var whole = KaplanMeier.Fit(rows, options);
        var curve = PublishableCurve.WhileEnough(whole, Rule);
        var isCut = curve.Steps.Length < whole.Steps.Length;
        return isCut && curve.Steps.IsEmpty ? new(null) : new(curve, isCut);
    }

    /// <summary>
    /// The last time at which the curve of a group is shown, int.MaxValue for all of it, none where it is withheld. Every other figure of the
    /// group ends there, too: what counts further would not agree with the curve.
    /// </summary>
    internal static int? LastShown(ExitAnswer answer, List<ExitSpell> spells)
    {
        if (answer.Identifies) return int.MaxValue;
        var shown = Fit(answer, spells, s => s.Observation(answer.Question.TimeScale), withErrors: false);
        return shown.Curve is not { } curve ? null : shown.IsCut ? curve.LastTime : int.MaxValue;
    }

    /// <summary>Where a curve was cut because few were left, the last value is not carried on; of those whom nobody followed yet, nothing is known.</summary>
    private static Estimate At(ShownCurve shown, int horizon) =>
        shown.Curve is not { } curve || (shown.IsCut && horizon > curve.LastTime) ? Estimate.Not(Reason.Suppressed)
        : curve.Steps.IsEmpty ? Estimate.Not(Reason.NoData) : curve.At(horizon);

    /// <param name="asked">The curve under the reading that was asked for, which is one of the two.</param>
    private static IReadOnlyList<StandardBounds> Bounds(ExitAnswer answer, List<ExitSpell> spells, ShownCurve asked)
    {
        var (scale, reviews, countedAlready) = (answer.Question.TimeScale, answer.Reviews, answer.Question.StandardChange == StandardChangeRule.Event);
        var other = spells.Exists(s => s.Spell.EndReason == EndReason.StandardChange) ? Fit(answer, spells, s => s.ByStandard(!countedAlready, scale, reviews), withErrors: false) : asked;
        var (censored, counted) = countedAlready ? (other, asked) : (asked, other);
        return [.. answer.Question.Horizons.Select(h => new StandardBounds(h, Share(censored, h), Share(counted, h)))];
    }

    private static double? Share(ShownCurve shown, int horizon) => At(shown, horizon).Value.OrNull;

    private static Confirmation ConfirmationOf(ExitAnswer answer, List<ExitSpell> watched, ShownCurve asked)
    {
        var (scale, reviews) = (answer.Question.TimeScale, answer.Reviews);
        bool IsUnconfirmed(ExitSpell s) => s.IsUnconfirmed(reviews, answer.AsOf);
        var due = watched.Count(s => s.Spell.LastConfirmed is not null && reviews.Completed(s.Spell.ExitDate, answer.AsOf) > 0);
        var unconfirmed = watched.Count(IsUnconfirmed);
        var (returned, stayed) = (Fit(answer, watched, s => IsUnconfirmed(s) ? s.IfReturned(scale, reviews) : s.Observation(scale), withErrors: false),
            Fit(answer, watched, s => s.Observation(scale), withErrors: false));
        return new(due, due - unconfirmed, [.. answer.Question.Horizons.Select(h => Enclosing(h, Share(asked, h), Share(returned, h), Share(stayed, h)))]);
    }

    /// <summary>
    /// Between the last confirmation and the next review the unconfirmed are still at risk under both readings, and not in the estimate: a
    /// return in between weighs more there. Bounds hold the estimate, which is a reading, too.
    /// </summary>
    private static ConfirmationBounds Enclosing(int horizon, double? share, double? returned, double? stayed) => share is not { } s
        ? new(horizon, returned, stayed)
        : new(horizon, returned is { } r ? Math.Min(r, s) : null, stayed is { } most ? Math.Max(most, s) : null);

    public static IReadOnlyList<GroupMean> Means(ExitAnswer answer, int tau) =>
        [.. answer.Groups().Select(g => MeanOf(answer, g.Group, Fit(answer, g.Spells, s => s.Observation(answer.Question.TimeScale), withErrors: false), tau))];

    private static GroupMean MeanOf(ExitAnswer answer, string group, ShownCurve shown, int tau)
    {
        if (shown.Curve is not { } curve || (shown.IsCut && tau > curve.LastTime)) return new(group, null, null, null, null, false, Reason.Suppressed);
        if (curve.Steps.IsEmpty) return new(group, null, null, null, null, false, Reason.NoData);
        var mean = curve.RestrictedMean(tau);
        var (lower, upper) = mean.Limits(answer.Question.Level);
        return new(group, mean.Value.OrNull, mean.StandardError.OrNull, lower.OrNull, upper.OrNull, mean.BeyondFollowUp, mean.Value.Reason);
    }

    public static IReadOnlyList<GroupIncidence> Incidences(ExitAnswer answer) => [.. answer.Groups().Select(g => IncidenceOf(answer, g.Group, g.Spells))];

    private static GroupIncidence IncidenceOf(ExitAnswer answer, string group, List<ExitSpell> spells)
    {
        if (spells.Count > 0 && !answer.Shows(spells.Count)) return new(group, null, [], Reason.Suppressed);
        var question = answer.Question;
        var rows = spells.Select(s => answer.Scaled(s.Competing(question.TimeScale, answer.Reviews))).ToArray();
        var curves = AalenJohansen.Fit(rows, question.MoveOut, question.Level);
        var last = LastShown(answer, spells) ?? -1;
        List<IncidencePoint> steps =
            [.. curves.SelectMany(c => c.Steps.TakeWhile(s => s.Time <= last && answer.Shows(s.AtRisk)).Select(s => new IncidencePoint(s.Time, WordOf(c.Cause), s.Incidence, s.StandardError, s.Lower.OrNull, s.Upper.OrNull)))];
        var followed = curves.Sum(c => c.Steps.Length);
        return new(group, spells.Count, steps, steps.Count > 0 ? null : followed == 0 ? Reason.NoData : Reason.Suppressed) { IsCut = steps.Count < followed };
    }

    private static string WordOf(EndKind cause) => cause switch { EndKind.ReEntry => "reentry", EndKind.MovedOut => "move_out", _ => "dissolve" };

    public static IReadOnlyList<GroupHazard> Hazards(ExitAnswer answer) => [.. answer.Groups().Select(g => HazardOf(answer, g.Group, g.Spells))];

    private static GroupHazard HazardOf(ExitAnswer answer, string group, List<ExitSpell> spells)
    {
        var isShown = true;
        return new(group, [.. DiscreteHazard.Table([.. spells.Select(s => s.Spell.ObservationInCycles)]).Select(s =>
            // The share still out follows from all the cycles before.
            (isShown &= answer.Shows(s.AtRisk))
                ? new HazardPeriod(s.Cycle, s.AtRisk, s.Events, s.Hazard.OrNull, s.StandardError.OrNull, s.Survival)
                : new HazardPeriod(s.Cycle, null, null, null, null, null))]);
    }
}
