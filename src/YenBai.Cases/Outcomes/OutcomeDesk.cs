using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Durability;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Import;
using YenBai.Cases.Listing;
using YenBai.Cases.Movements;
using YenBai.Cases.Places;
using MovementRow = YenBai.Cases.Movements.MovementRow;

namespace YenBai.Cases.Outcomes;

/// <param name="Year">The last year that is over on the report's day when left out.</param>
/// <param name="Place">The id of a unit.</param>
public sealed record OutcomeQuestion(int? Year = null, string? Place = null, DateOnly? AsOf = null, DateTimeOffset? KnownAt = null, long? Position = null);

/// <param name="Position">The sequence of the last fact that was read.</param>
public sealed record OutcomeAnswer(int Year, string? Place, DateOnly AsOf, DateTimeOffset KnownAt, long Position, bool Identifies, IReadOnlyList<Outcome> Outcomes);

/// <summary>Indicators of one year among several.</summary>
public sealed record OutcomeYear(int Year, IReadOnlyList<Outcome> Outcomes);

/// <summary>Where the indicators of a year are asked for.</summary>
public sealed class OutcomeDesk(MovementDesk movements, ExitDesk exits, QuestionLog questions, IDocumentStore store, PlaceCatalog places)
{
    /// <exception cref="NotPermittedException">They may ask no such thing.</exception>
    /// <exception cref="Plan.UnknownPlaceException">There is no such place, or it is not theirs.</exception>
    /// <exception cref="CutNotPublishedException">They may have it at the published cuts only.</exception>
    public async Task<OutcomeAnswer> AskAsync(Actor who, OutcomeQuestion question, CancellationToken cancellation)
    {
        var settled = await movements.SettleAsync(who, new(question.AsOf, question.KnownAt, question.Position, question.Place), cancellation);
        var asOf = settled.AsOf;
        if (!settled.Identifies)
        {
            if (question.Year > asOf.Year) throw new CutNotPublishedException("year");
            await questions.AddAsync(who, $"outcomes year={question.Year} place={question.Place} asOf={asOf:yyyy-MM-dd}", cancellation);
        }
        var year = question.Year ?? (asOf.AddDays(1).Year > asOf.Year ? asOf.Year : asOf.Year - 1);
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        if (last > asOf) last = asOf;

        var movement = await movements.AnswerAsync(who, new(asOf, question.KnownAt, question.Position, question.Place, From: year, To: year), cancellation);
        Task<ExitAnswer> SpellsAsync(DateOnly on, CensoringRule censoring) => exits.AnswerAsync(
            who, new(on, question.KnownAt, movement.Position, question.Place, Censoring: censoring, TimeScale: TimeScale.Reviews), cancellation);

        var known = await SpellsAsync(asOf, CensoringRule.LastConfirmed);
        var cohort = known with { Spells = [.. known.Spells.Where(s => s.Spell.Cohort == year)] };
        var row = movement.Rows[0];
        List<Outcome> outcomes =
        [
            .. await RatesAsync(row, question.Place, first, last, cancellation),
            .. FlowsOf(row),
            StockRate(first, last, await SpellsAsync(last, CensoringRule.AsOf), await SpellsAsync(last, CensoringRule.LastConfirmed)),
            .. CohortOf(cohort),
            Restored(year, (await SpellsAsync(asOf, CensoringRule.AsOf)).Spells),
            Coverage(first, await SpellsAsync(last, CensoringRule.AsOf), await SpellsAsync(last, CensoringRule.LastConfirmed)),
        ];
        return new(year, question.Place, asOf, movement.KnownAt, movement.Position, movement.Identifies,
            movement.Identifies ? outcomes : [.. outcomes.Select(Disclosed)]);
    }

    /// <summary>The same indicators over some years up to that of an answer: those that follow from one table and one set of spells.</summary>
    public async Task<IReadOnlyList<OutcomeYear>> TrendAsync(Actor who, OutcomeAnswer answer, int years, CancellationToken cancellation)
    {
        var from = answer.Year - years + 1;
        var movement = await movements.AnswerAsync(who, new(answer.AsOf, answer.KnownAt, answer.Position, answer.Place, From: from, To: answer.Year), cancellation);
        var known = await exits.AnswerAsync(who, new(answer.AsOf, answer.KnownAt, answer.Position, answer.Place, TimeScale: TimeScale.Reviews), cancellation);
        List<OutcomeYear> trend = [];
        foreach (var row in movement.Rows.Where(r => r.Unit == MovementReport.All))
        {
            var last = new DateOnly(row.Year, 12, 31);
            List<Outcome> outcomes =
            [
                .. await RatesAsync(row, answer.Place, new(row.Year, 1, 1), last > answer.AsOf ? answer.AsOf : last, cancellation), .. FlowsOf(row),
                .. CohortOf(known with { Spells = [.. known.Spells.Where(s => s.Spell.Cohort == row.Year)] }),
            ];
            trend.Add(new(row.Year, movement.Identifies ? outcomes : [.. outcomes.Select(Disclosed)]));
        }
        return trend;
    }

    /// <summary>
    /// Units beside one another. For those who may not learn who anybody is: the old districts, and of them those whose counts are
    /// fit to be shown.
    /// </summary>
    public async Task<Funnel> FunnelAsync(Actor who, OutcomeAnswer answer, FunnelMeasure measure, FunnelCut by, CancellationToken cancellation)
    {
        var (place, cut) = answer.Identifies ? (answer.Place, by) : (null, FunnelCut.District);
        if (measure == FunnelMeasure.GrossExitRate)
        {
            var movement = await movements.AnswerAsync(
                who, new(answer.AsOf, answer.KnownAt, answer.Position, place, From: answer.Year, To: answer.Year, By: cut == FunnelCut.District ? MovementCut.District : MovementCut.Commune), cancellation);
            (int N, int Part)? Shown(MovementRow row) =>
                movement.Identifies || row.Counts.Opening >= DisclosureRule.Report.MinimumDenominator ? (row.Counts.Opening, row.Counts.Exits) : null;
            return Funnel.Of(measure, cut, Shown(movement.Rows[0]), [.. movement.Rows.Skip(1).Select(r => (r.Place, Shown(r)))]);
        }

        var question = new ExitQuestion(
            answer.AsOf, answer.KnownAt, answer.Position, place, measure == FunnelMeasure.ReentryByReview1 ? answer.Year : answer.Year - Funnel.Years + 1, answer.Year, TimeScale: TimeScale.Reviews);
        var spells = await exits.AnswerAsync(who, question with { GroupBy = cut == FunnelCut.District ? Grouping.District : Grouping.Commune }, cancellation);
        var units = new Dictionary<string, Unit?>();
        foreach (var spell in spells.Spells) units.TryAdd(spells.GroupOf(spell), cut == FunnelCut.District ? spells.Places.District(spell.Exit.Unit) : spells.Places.Commune(spell.Exit.Unit));
        // Of the first cycle the share that came back is the curve's own: nobody is censored within it.
        static (int N, int Part)? First(GroupHazard group) => group.Periods.FirstOrDefault() is { N: { } n, D: { } d } ? (n, d) : null;
        var whole = ExitCurves.Hazards(spells with { Question = question });
        return Funnel.Of(measure, cut, whole.Count == 0 ? null : First(whole[0]), [.. ExitCurves.Hazards(spells).Select(g => (units.GetValueOrDefault(g.Group), First(g)))]);
    }

    private async Task<IEnumerable<Outcome>> RatesAsync(MovementRow row, string? place, DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        // A province that is merged within the year is counted as the one that it was, as in the movement table.
        var unit = place ?? places.In(Level.Province, first) switch { [var only] => only.Id, _ => null };
        await using var session = store.QuerySession();
        var totals = (await session.Query<UnitTotal>().Where(t => t.UnitId == unit && t.Households > 0).ToListAsync(cancellation)).OrderBy(t => t.On).ToList();
        // The total of the day, or the last before it: what holds as a year begins held as the one before ended.
        var (before, after) = (totals.LastOrDefault(t => t.On < first), totals.LastOrDefault(t => t.On <= last));
        var counts = row.Counts;
        return
        [
            after is null ? Outcome.Not(Indicator.PovertyRate, OutcomeUnit.Share, Lacking.NoDenominator)
                : new(Indicator.PovertyRate, OutcomeUnit.Share, (double)counts.Closing / after.Households, after.Households, counts.Closing, null, null, null),
            before is null || after is null ? Outcome.Not(Indicator.NetReductionPoints, OutcomeUnit.Points, Lacking.NoDenominator)
                : new(Indicator.NetReductionPoints, OutcomeUnit.Points, 100.0 * counts.Opening / before.Households - 100.0 * counts.Closing / after.Households,
                    after.Households, null, null, null, null),
            new(Indicator.NetReductionHouseholds, OutcomeUnit.Households, counts.NetReduction, counts.Opening, null, null, null, null),
        ];
    }

    private static IEnumerable<Outcome> FlowsOf(MovementRow row)
    {
        var counts = row.Counts;
        var untold = counts.ExitsNotTold;
        return
        [
            Outcome.Share(Indicator.GrossExitRate, counts.Exits, counts.Opening),
            counts.Exits > 0 && untold == counts.Exits ? Outcome.Not(Indicator.VoluntaryShare, OutcomeUnit.Share, Lacking.NotRecorded)
                : Outcome.Share(Indicator.VoluntaryShare, counts.VoluntaryExits, counts.Exits,
                    untold == 0 ? null : new((double)counts.VoluntaryExits / counts.Exits, (double)(counts.VoluntaryExits + untold) / counts.Exits)),
            counts.Exits == 0 ? Outcome.Not(Indicator.FlowRatio, OutcomeUnit.Share, Lacking.NoData)
                : new(Indicator.FlowRatio, OutcomeUnit.Share, (double)counts.Reentries / counts.Exits, counts.Exits, counts.Reentries, null, null, null),
        ];
    }

    /// <summary>Of those out and watched as the year began, who came back in it; if nobody stayed out of whom nothing was heard since, more.</summary>
    private static Outcome StockRate(DateOnly first, DateOnly last, ExitAnswer asOf, ExitAnswer confirmed)
    {
        List<ExitSpell> Out(ExitAnswer answer) => [.. answer.Spells.Where(s => s.Spell.ExitDate < first && s.Spell.EndDate >= first && s.Spell.ExitDate.AddDays(s.Spell.Entry) <= first)];
        bool CameBack(ExitSpell s) => s.Spell.End == EndKind.ReEntry && s.Spell.EndDate <= last;
        var (all, heardOf) = (Out(asOf), Out(confirmed));
        var back = all.Count(CameBack);
        return Outcome.Share(Indicator.ReentryRateOfExited, back, all.Count,
            all.Count == 0 || heardOf.Count == 0 ? null : new((double)back / all.Count, (double)heardOf.Count(CameBack) / heardOf.Count));
    }

    private static IEnumerable<Outcome> CohortOf(ExitAnswer cohort)
    {
        var curve = ExitCurves.Curves(cohort)[0];
        Outcome At(Indicator code, int review, bool returned)
        {
            var horizon = curve.Horizons[review - 1];
            // Households left, and no review has followed them yet.
            if (horizon.BeyondFollowUp || (curve.N > 0 && curve.Reason == Reason.NoData)) return Outcome.Not(code, OutcomeUnit.Share, Lacking.BeyondFollowUp);
            if (horizon.Survival is not { } share) return Outcome.Not(code, OutcomeUnit.Share, horizon.Reason == Reason.Suppressed ? Lacking.Suppressed : Lacking.NoData);
            var bounds = curve.Bounds.FirstOrDefault(b => b.Horizon == review);
            double? Told(double? value) => returned ? 1 - value : value;
            OutcomeRange Range(double? a, double? b) => returned ? new(Told(b), Told(a)) : new(a, b);
            return new(code, OutcomeUnit.Share, Told(share), horizon.AtRisk, null, horizon.Lower is null ? null : Range(horizon.Lower, horizon.Upper),
                bounds is null || bounds.StandardChangeCensored == bounds.StandardChangeCounted ? null : Range(bounds.StandardChangeCounted, bounds.StandardChangeCensored), null);
        }
        var mean = ExitCurves.Means(cohort, Horizon.Review(3))[0];
        return
        [
            At(Indicator.ReentryByReview1, 1, returned: true), At(Indicator.ReentryByReview2, 2, returned: true), At(Indicator.ReentryByReview3, 3, returned: true),
            At(Indicator.SustainedShare, 3, returned: false),
            mean.Value is not { } years ? Outcome.Not(Indicator.YearsOutOfThree, OutcomeUnit.Years,
                    mean.Reason == Reason.Suppressed ? Lacking.Suppressed : curve.N > 0 ? Lacking.BeyondFollowUp : Lacking.NoData)
                : mean.BeyondFollowUp ? Outcome.Not(Indicator.YearsOutOfThree, OutcomeUnit.Years, Lacking.BeyondFollowUp)
                : new(Indicator.YearsOutOfThree, OutcomeUnit.Years, years, curve.N, null, new(mean.Lower, mean.Upper), null, null),
        ];
    }

    private static Outcome Restored(int year, IReadOnlyList<ExitSpell> spells)
    {
        var latest = new Dictionary<Guid, int>();
        foreach (var s in spells) latest[s.Household] = Math.Max(latest.GetValueOrDefault(s.Household), s.Spell.Number);
        var back = spells.Where(s => s.Spell.End == EndKind.ReEntry && s.Spell.EndDate.Year == year).ToList();
        return Outcome.Share(Indicator.Restored, back.Count(s => latest[s.Household] > s.Spell.Number), back.Count);
    }

    private static Outcome Coverage(DateOnly first, ExitAnswer asOf, ExitAnswer confirmed)
    {
        var heardOf = confirmed.Spells.Where(s => s.Spell.EndReason == EndReason.Censored && s.Spell.EndDate >= first).Select(s => (s.Household, s.Spell.Number)).ToHashSet();
        var stillOut = asOf.Spells.Where(s => s.Spell.EndReason == EndReason.Censored && s.Spell.ExitDate < first).ToList();
        return Outcome.Share(Indicator.ConfirmationCoverage, stillOut.Count(s => heardOf.Contains((s.Household, s.Spell.Number))), stillOut.Count);
    }

    /// <summary>Second exits are no cell of the published register: of fewer than these the share would be that of a handful of chosen households.</summary>
    private const int EnoughRestored = 100;

    /// <summary>For readers of published figures: no share of a few.</summary>
    private static Outcome Disclosed(Outcome outcome)
    {
        var enough = outcome.Code == Indicator.Restored ? EnoughRestored : DisclosureRule.Report.MinimumDenominator;
        return outcome is { Reason: null, Numerator: not null, N: { } of } && of < enough ? Outcome.Not(outcome.Code, outcome.Unit, Lacking.Suppressed) : outcome;
    }
}
