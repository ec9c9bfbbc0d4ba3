using YenBai.Cases.Households;

namespace YenBai.Cases.Demonstration;

// What goes on now: support under conditions that runs, and the review of this autumn.
internal sealed partial class HouseholdWriter
{
    private const int LongestAgo = 300;

    private static readonly DateOnly LastTold = new(Calibration.LastYear, 12, 31);

    /// <summary>
    /// Until yesterday. Made with dice of its own, so that the years before are the same whatever the day is on which the
    /// province is made.
    /// </summary>
    private void Present(Story story, int h, DateOnly today)
    {
        var standing = plan.At(h, Calibration.LastYear);
        if (standing is Standing.Absent or Standing.Gone || today.AddDays(-30) <= LastTold) return;
        story.Dice = Dice.For(seed, h, Purpose.Present);
        var days = Math.Min(LongestAgo, today.DayNumber - LastTold.DayNumber - 2);
        var chance = standing switch { Standing.Poor => 400, Standing.NearPoor => 200, _ => story.Status == ListStatus.Out && story.StatusYear >= Calibration.LastYear - 1 ? 150 : 0 };
        if (story.Dice.Chance(chance)) Support(story, standing, today, days);
        if (standing == Standing.Poor && story.Dice.Chance(60)) Support(story, standing, today, days);
        Autumn(story, h, standing, today);
        if (story.Dice.Chance(standing == Standing.Poor ? 40 : 5))
        {
            var planned = today.AddDays(-1 - story.Dice.Below(10));
            story.Tell(new VisitPlanned(planned, story.Evening(planned), today.AddDays(story.Dice.Between(-4, 12)), null, VisitPurpose.FollowUp));
        }
    }

    private static void Support(Story story, Standing standing, DateOnly today, int days)
    {
        ref var dice = ref story.Dice;
        var on = today.AddDays(-2 - dice.Below(days));
        var (instrument, millions, months, terms) = dice.Below(100) switch
        {
            < 45 => ("livestock", dice.Between(8, 20), 24, new[] { ("build_shelter", 1, 0, Evidence.Photo), ("vaccinate", 3, 6, Evidence.Note), ("keep_animals", 8, 0, Evidence.Photo), ("pass_on_offspring", 22, 0, Evidence.Scan) }),
            < 65 => (LoanFor(standing), dice.Between(4, 20) * 5, 36, [("use_as_agreed", 2, 0, Evidence.Photo), ("repay_on_time", 3, 3, Evidence.Note)]),
            < 80 => ("production_means", dice.Between(3, 12), 9, [("own_contribution", 1, 0, Evidence.Note), ("report_progress", 3, 3, Evidence.Note)]),
            < 90 => ("technology_transfer", dice.Between(2, 5), 6, [("report_progress", 2, 2, Evidence.Note)]),
            _ when standing is Standing.Poor or Standing.NearPoor => ("housing", 40, 12, [("own_contribution", 2, 0, Evidence.Note), ("finish_building", 9, 0, Evidence.Photo)]),
            _ => ("job_placement", 0, 12, new[] { ("take_job", 1, 0, Evidence.Note), ("report_progress", 3, 3, Evidence.Note) }),
        };
        var (start, id, amount) = (on.AddDays(dice.Below(10)), story.NextSupport(), millions * 1_000_000m);
        var end = start.AddMonths(months).AddDays(-1);
        var dues = terms.SelectMany(t => (t.Item3 == 0 ? [start.AddMonths(t.Item2)] : Enumerable.Range(0, 40).Select(i => start.AddMonths(t.Item2 + i * t.Item3)).TakeWhile(due => due <= end)).Select(due => (t.Item1, due, t.Item4)));
        var own = Math.Round(amount / 10);
        var agreed = story.Tell(new SupportAgreed(on, story.Evening(on), id, instrument, amount,
            amount == 0 ? [] : instrument.StartsWith("vbsp", StringComparison.Ordinal) ? [new(FundingSource.PolicyBank, amount)] : [new(FundingSource.Programme, amount - own), new(FundingSource.OwnShare, own)],
            start, end, null, null,
            [.. dues.OrderBy(d => d.due).Select((d, i) => new ConditionTerms(Ids.Named(id, $"condition-{i + 1}"), d.Item1, null, null, d.due, d.Item3, i == 0 ? AfterMiss.Suspend : AfterMiss.Remind))]));
        var agreement = new Agreement(agreed);
        if (dice.Chance(80) && start.AddDays(dice.Between(15, 60)) is var stopped && stopped < today)
        {
            Happens(new SupportSuspended(stopped, story.Evening(stopped), id, story.Note(dice.Of(Texts.Suspensions), story.Evening(stopped))));
            var on2 = stopped.AddDays(dice.Between(20, 90));
            if (on2 < today) Happens(new SupportResumed(on2, story.Evening(on2), id));
        }
        foreach (var condition in agreement.Conditions)
        {
            if (agreement.SuspendedSince is { } since && since <= agreement.DueOn(condition, since)) continue;
            var due = agreement.DueOn(condition, today);
            if (due >= today)
            {
                if (due < today.AddDays(20) && dice.Chance(150)) Happens(new EvidenceHandedIn(today.AddDays(-1), story.Evening(today.AddDays(-1)), id, condition.Id, [], story.Note(dice.Of(Texts.Evidence), story.Evening(today.AddDays(-1)))));
                continue;
            }
            var what = dice.Below(100);
            var met = due.AddDays(-Math.Min(dice.Below(12), Math.Max(0, due.DayNumber - on.DayNumber)));
            if (what < 80) Happens(new ConditionMet(met, story.Evening(met), id, condition.Id, [], story.Note(dice.Of(Texts.Evidence), story.Evening(met))));
            else if (what < 86) Happens(new ConditionWaived(met, story.Evening(met), id, condition.Id, story.Note(dice.Of(Texts.Waivers), story.Evening(met))));
            else if (due.AddDays(1) < today)
            {
                var missed = due.AddDays(1);
                Happens(new ConditionMissed(missed, story.Evening(missed), id, condition.Id, due));
                var late = missed.AddDays(dice.Between(1, 20));
                if (what < 93 && late < today) Happens(new ConditionMet(late, story.Evening(late), id, condition.Id, [], story.Note(dice.Of(Texts.Evidence), story.Evening(late))));
            }
        }
        if (agreement.SuspendedSince is null && agreement.EndOn(today).AddDays(1) is var over && over < today)
            Happens(new SupportEnded(over, story.Evening(over), id, agreement.Conditions.All(agreement.IsSettled) ? SupportOutcome.Completed : SupportOutcome.Lapsed, null));

        void Happens(HouseholdEvent e) => agreement.Apply(story.Tell(e));
    }

    private static string LoanFor(Standing standing) =>
        standing switch { Standing.Poor => "vbsp_loan_poor", Standing.NearPoor => "vbsp_loan_near_poor", _ => "vbsp_loan_newly_escaped" };

    /// <summary>The review of the year has begun: a third of the communes have filled in forms, most of them met over them.</summary>
    private void Autumn(Story story, int h, Standing standing, DateOnly today)
    {
        var (from, through) = (new DateOnly(today.Year, 10, 1), new DateOnly(today.Year, 12, 14));
        if (standing is not (Standing.Poor or Standing.NearPoor) || today < from.AddDays(20) || today > through) return;
        ref var dice = ref story.Dice;
        if (standing == Standing.Poor && dice.Chance(20))
        {
            var asked = new DateOnly(today.Year, 9, dice.Between(1, 28));
            var recorded = story.Evening(asked);
            story.Tell(new ExitRequested(asked, recorded, story.Note(dice.Of(Texts.Requests), recorded)));
        }
        var commune = plan.Commune(h, Calibration.LastYear);
        if (Dice.Mix(seed, commune, Purpose.Present) % 3 != 0) return;
        var proposed = (standing, dice.Below(100)) switch
        {
            (Standing.Poor, < 72) => PovertyClass.Poor,
            (Standing.Poor, < 88) => PovertyClass.NearPoor,
            (Standing.NearPoor, < 12) => PovertyClass.Poor,
            (Standing.NearPoor, < 65) => PovertyClass.NearPoor,
            _ => PovertyClass.NotPoor,
        };
        var assessed = from.AddDays(dice.Below(today.DayNumber - from.DayNumber - 12));
        story.Tell(Scores.Assess(story, assessed, Calibration.NewStandard, proposed));
        // One evening a hamlet: all its households are met over together.
        var met = today.AddDays(-2 - (int)(Dice.Mix(seed, commune, Purpose.Present, 1) % 9));
        if (Dice.Mix(seed, commune, Purpose.Present, 2) % 4 == 0) return;
        var present = 24 + (int)(Dice.Mix(seed, commune, Purpose.Present, 3) % 30);
        story.Tell(new MeetingHeld(met, story.Evening(met), Calibration.NewStandard, proposed, present, dice.Chance(30) ? present / 3 : present - dice.Below(present / 4), null));
    }
}
