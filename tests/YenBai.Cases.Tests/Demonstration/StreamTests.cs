using YenBai.Cases.Demonstration;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;

namespace YenBai.Cases.Tests.Demonstration;

[Collection(SmallProvince.Shared)]
public sealed class StreamTests(SmallProvince small)
{
    private static readonly DateOnly LastDay = new(2025, 12, 31), NewStandardFrom = new(2022, 1, 1);

    [Fact]
    public void Nothing_is_contradicted_but_the_change_of_standard()
    {
        var ignored = from h in small.Households
                      from i in h.Folded.Latest().IgnoredFacts
                      select (Why: i.Value, h.Made.Events[i.Key - 1].On);

        ignored.ShouldNotBeEmpty();
        ignored.ShouldAllBe(i => i.Why == Ignored.DuplicateEnter && i.On == NewStandardFrom);
    }

    [Fact]
    public void Facts_stand_in_the_order_in_which_they_were_written_down()
    {
        foreach (var (made, _) in small.Households)
        {
            made.Events[0].ShouldBeOfType<HouseholdRegistered>().Code.ShouldBe(made.Code);
            made.Id.ShouldBe(Ids.Household(made.Code));
            for (var i = 0; i < made.Events.Count; i++)
            {
                var e = made.Events[i];
                if (e.On > LastDay || Days.DayOf(e.Recorded) > LastDay) Assert.Fail($"{made.Code}: {e} is after the last day");
                if (Days.DayOf(e.Recorded) < e.On) Assert.Fail($"{made.Code}: {e} was known before it happened");
                if (i > 0 && made.Events[i - 1].Recorded > e.Recorded) Assert.Fail($"{made.Code}: {e} stands too late");
            }
        }
    }

    [Fact]
    public void Codes_say_that_they_are_for_demonstration()
    {
        small.Households.Select(h => h.Made.Code).Distinct().Count().ShouldBe(SmallProvince.Count);
        small.Households.ShouldAllBe(h => h.Made.Code.StartsWith("DEMO-"));
    }

    [Fact]
    public void An_annulment_names_an_earlier_fact_once_and_says_why()
    {
        var annulments = small.Households.SelectMany(h => h.Made.Events.OfType<FactAnnulled>().Select(a => (h.Made, Annulment: a))).ToList();

        annulments.Count.ShouldBeInRange(20, 120);
        annulments.Distinct().Count().ShouldBe(annulments.Count);
        foreach (var (made, annulment) in annulments)
        {
            var mistake = made.Events[annulment.Fact - 1];
            mistake.ShouldNotBeOfType<HouseholdRegistered>();
            mistake.ShouldNotBeOfType<FactAnnulled>();
            mistake.On.ShouldBe(annulment.On);
            made.Events.Index().Single(e => ReferenceEquals(e.Item, annulment)).Index.ShouldBeGreaterThan(annulment.Fact - 1);
            made.Records.OfType<Note>().ShouldContain(n => n.Id == annulment.ReasonId);
        }
    }

    [Fact]
    public void An_exit_freezes_the_support_of_the_day()
    {
        foreach (var (made, folded) in small.Households)
            foreach (var exit in made.Events.OfType<Exited>())
                if (folded.StateAt(exit.On, exit.Recorded).SupportMix(exit.On) != exit.Support) Assert.Fail($"{made.Code}: {exit}");
    }

    [Fact]
    public void A_fact_of_the_list_freezes_what_the_household_was()
    {
        foreach (var (made, folded) in small.Households.Where((_, i) => i % 4 == 0))
            foreach (var fact in folded.Visible(DateTimeOffset.MaxValue))
                if (fact.Event is ListEvent e && e.On.Year > 2015)
                {
                    var then = folded.StateAt(e.On, DateTimeOffset.MaxValue);
                    if (e.Then != then.Then || e.Unit != then.Unit) Assert.Fail($"{made.Code}: {e}, but {then.Then} in {then.Unit}");
                }
    }

    [Fact]
    public void A_voluntary_exit_was_asked_for_in_its_year()
    {
        foreach (var (made, exit) in small.Standing<Exited>())
        {
            var asked = made.Events.OfType<ExitRequested>().Any(r => r.On.Year == exit.On.Year && r.On < exit.On);
            (exit.Voluntary ?? false).ShouldBe(asked);
        }
    }

    [Fact]
    public void Scores_propose_the_class_that_was_decided()
    {
        var judged = 0;
        foreach (var (made, assessed) in small.Standing<Assessed>())
        {
            var decided = made.Events.OfType<ClassDecided>().Where(d => d.Standard == assessed.Standard && d.On >= assessed.On).MinBy(d => d.On);
            decided.ShouldNotBeNull();
            if (Proposed(assessed) != decided.Class) Assert.Fail($"{made.Code}: {assessed} but {decided}");
            assessed.ScoreB.ShouldBe(10 * assessed.Deprivations.Count);
            assessed.Deprivations.Distinct().Count().ShouldBe(assessed.Deprivations.Count);
            judged++;
        }
        judged.ShouldBeGreaterThan(SmallProvince.Count);
    }

    // rules of Circular 17/2016 and Circular 07/2021
    private static PovertyClass Proposed(Assessed a)
    {
        var (income, wanting, urban) = (a.ScoreA!.Value, a.ScoreB!.Value, a.Area == Area.Urban);
        if (a.Standard == "2022-2025")
            return income > (urban ? 175 : 140) ? PovertyClass.NotPoor : wanting >= 30 ? PovertyClass.Poor : PovertyClass.NearPoor;
        if (income <= (urban ? 140 : 120)) return PovertyClass.Poor;
        return income > (urban ? 175 : 150) ? PovertyClass.NotPoor : wanting >= 30 ? PovertyClass.Poor : PovertyClass.NearPoor;
    }

    [Fact]
    public void Who_is_split_off_starts_where_the_parent_stands()
    {
        var byId = small.Households.ToDictionary(h => h.Made.Id);
        var splits = small.Standing<HouseholdSplitFrom>().ToList();

        splits.ShouldNotBeEmpty();
        foreach (var (child, split) in splits)
        {
            var parent = byId[split.Parent];
            parent.Made.Code.ShouldBe(split.ParentCode);
            var then = parent.Folded.StateAt(split.On, DateTimeOffset.MaxValue);
            then.Status.ShouldBe(split.Status);
            then.Unit.ShouldBe(split.Unit);
            then.Members!.Value.ShouldBeGreaterThan(0);
            parent.Made.Events.OfType<MembersLeft>().ShouldContain(m => m.To == child.Id && m.On == split.On
                && m.Count == ((HouseholdRegistered)child.Events[0]).Members);
        }
    }

    [Fact]
    public void Who_is_absorbed_goes_to_a_household_that_goes_on()
    {
        var byId = small.Households.ToDictionary(h => h.Made.Id);
        foreach (var (_, merged) in small.Standing<MergedInto>())
            byId[merged.Into].Folded.StateAt(merged.On, DateTimeOffset.MaxValue).Status.ShouldNotBe(ListStatus.Gone);
    }

    [Fact]
    public void Every_kind_of_story_is_told()
    {
        var told = small.Households.SelectMany(h => h.Made.Events).Select(Facts.NameOf).ToHashSet();

        // Agreements and what hangs on them are made with the product; what people ask of their own data is told by them alone.
        Facts.All.Select(f => f.Name).Except(told).ShouldBe(
            ["meeting_held", "job_placed", "livestock_changed", "livestock_passed_on", "loan_status_reported", "support_agreed", "support_suspended", "support_resumed", "support_extended",
             "support_ended", "evidence_handed_in", "condition_met", "condition_missed", "condition_waived", "condition_reassigned", "sponsor_released", "household_plan_set", "worker_assigned",
             "group_joined", "group_left", "shock_reported", "commended", "complaint_lodged", "complaint_answered", "visit_planned", "visit_suggestion_declined", "import_withdrawn", "consent_withdrawn", "processing_restricted", "restriction_upheld", "restriction_lifted", "person_corrected", "personal_data_erased"]);
        small.Households.SelectMany(h => h.Made.Events).Count(e => e is ListEvent && Days.DayOf(e.Recorded) > e.On.AddDays(14) && e.On > new DateOnly(2015, 12, 15))
            .ShouldBeGreaterThan(100);
    }

    [Fact]
    public void The_reviews_are_on_15_December() =>
        DemonstrationProvince.Reviews().ShouldBe(Enumerable.Range(2015, 11).Select(y => new DateOnly(y, 12, 15)));
}
