using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;
using static YenBai.Cases.Tests.Support.AnAgreement;

namespace YenBai.Cases.Tests.Support;

/// <summary>Support is agreed, changed and ended, and its conditions are seen to.</summary>
public sealed class AgreementFacts
{
    private static readonly string TooLong = new('x', HouseholdCommand.LongestText + 1);
    private static readonly Guid Supported = Ids.Named(Key, "support"), Someone = new("dddddddd-0000-0000-0000-000000000001"), Erased = new("dddddddd-0000-0000-0000-000000000002");

    private static readonly AgreeSupport Buffalo = new(
        Today, "livestock", 20_000_000, [new(FundingSource.State, 15_000_000), new(FundingSource.OwnShare, 5_000_000)], On(2024, 7, 1), On(2025, 6, 30), " UBND-01 ", null, null);

    private static readonly AgreeSupport Course = Buffalo with { Instrument = "vocational_training", Amount = 3_000_000, Funding = [new(FundingSource.Province, 3_000_000)], Sponsor = null, Person = Someone };

    /// <summary>Its people: one whose record is there, one whose was erased.</summary>
    private static Outcome WithPeople(AHousehold household, HouseholdCommand command) => new(household, command.Decide(household.Folded, new Occasion(Key, Now, PlaceCatalog.Default, StandardBook.Shipped)
    {
        People = [new Person(Someone, household.Folded.Id, "Lò Thị Mai", null, null, null, null, null), Person.Stub(Erased, household.Folded.Id, Now)],
    }));

    private static AskedCondition Asked(string? kind = "vaccinate", string? title = null, DateOnly? due = null, int? every = null, string? owner = null) => new(kind, title, owner, due ?? On(2024, 12, 1), every);

    private static AgreeSupport With(params AskedCondition[] conditions) => Buffalo with { Conditions = conditions };

    [Fact]
    public void Support_is_agreed_with_whose_money_it_is()
    {
        var told = Poor.When(Buffalo).Warns().TellsOne<SupportAgreed>();

        (told.On, told.SupportId, told.Instrument, told.Amount, told.Start, told.End, told.Sponsor).ShouldBe((Today, Supported, "livestock", 20_000_000m, On(2024, 7, 1), On(2025, 6, 30), "UBND-01"));
        told.Funding.ShouldBe(Buffalo.Funding!);
        var latest = Poor.When(Buffalo).Then.Latest;
        latest.Supports.ShouldBe([new SupportTaken(Supported, "livestock", On(2024, 7, 1), null)]);
        (latest.Agreements[Supported].StateOn(Today), latest.Agreements[Supported].StateOn(On(2024, 7, 1))).ShouldBe((SupportState.Agreed, SupportState.Active));
    }

    [Fact]
    public void A_condition_has_the_evidence_that_is_usual_for_it_and_its_own_words_beside_the_event()
    {
        var outcome = Poor.When(With(Asked("build_shelter", " Chuồng có mái ", owner: " mau-a-01 "), new("other", "Góp công làm đường", null, On(2024, 9, 1), null, Evidence.None, AfterMiss.End)));

        var title = Ids.Named(Key, "condition-0");
        outcome.Keeps(new Note(title, Ids.Household(Code), "Chuồng có mái", Now), new Note(Ids.Named(Key, "condition-1"), Ids.Household(Code), "Góp công làm đường", Now));
        outcome.TellsOne<SupportAgreed>().Conditions.ShouldBe([
            new ConditionTerms(Ids.Named(Supported, "condition-1"), "build_shelter", title, "mau-a-01", On(2024, 12, 1), Evidence.Photo, AfterMiss.Remind),
            new ConditionTerms(Ids.Named(Supported, "condition-2"), "other", Ids.Named(Key, "condition-1"), null, On(2024, 9, 1), Evidence.None, AfterMiss.End),
        ]);
    }

    [Fact]
    public void A_condition_comes_again_until_the_last_day()
    {
        var dues = Poor.When(With(Asked(due: On(2024, 8, 31), every: 3))).TellsOne<SupportAgreed>().Conditions.Select(c => c.Due);

        // Counted from the first day, so that the end of a short month does not creep backwards.
        dues.ShouldBe([On(2024, 8, 31), On(2024, 11, 30), On(2025, 2, 28), On(2025, 5, 31)]);
    }

    [Fact]
    public void An_agreement_is_refused_for_its_instrument_its_time_and_its_money()
    {
        Poor.When(Buffalo with { Instrument = "unicorn" }).IsRefused("unknown_instrument", "instrument");
        Poor.When(Buffalo with { Instrument = null! }).IsRefused("unknown_instrument", "instrument");
        Poor.When(Buffalo with { End = On(2024, 6, 30) }).IsRefused("ends_before_it_starts", "end");
        Poor.When(Buffalo with { End = On(2027, 7, 2) }).IsRefused("longer_than_allowed", "end");
        Poor.When(Buffalo with { End = On(2027, 7, 1) }).TellsOne<SupportAgreed>();
        Poor.When(Buffalo with { Amount = -1 }).IsRefused("out_of_range", "amount");
        Poor.When(Buffalo with { Amount = 10_000_000_001 }).IsRefused("out_of_range", "amount");
        Poor.When(Buffalo with { Funding = [new(FundingSource.State, -1), new(FundingSource.Donor, 20_000_001)] }).IsRefused("out_of_range", "funding");
        Poor.When(Buffalo with { Amount = 20_000_001 }).IsRefused("funding_does_not_add_up", "funding");
        Poor.When(Buffalo with { Funding = null }).IsRefused("funding_does_not_add_up", "funding");
        Poor.When(Buffalo with { Sponsor = new('x', 61) }).IsRefused("text_too_long", "sponsor");
        Poor.When(Buffalo with { Amount = 0, Funding = null }).TellsOne<SupportAgreed>();
    }

    [Fact]
    public void A_ceiling_holds_to_the_last_dong_and_an_own_share_to_the_last_percent()
    {
        var house = Buffalo with { Instrument = "housing", Amount = 40_000_000, Funding = [new(FundingSource.State, 36_000_000), new(FundingSource.OwnShare, 4_000_000)], Sponsor = null };

        Poor.When(house).TellsOne<SupportAgreed>();
        Poor.When(house with { Amount = 40_000_001, Funding = [new(FundingSource.State, 36_000_001), new(FundingSource.OwnShare, 4_000_000)] }).IsRefused("over_ceiling", "amount");
        Poor.When(house with { Funding = [new(FundingSource.State, 36_000_001), new(FundingSource.OwnShare, 3_999_999)] }).IsRefused("own_share_too_small", "funding");
    }

    [Fact]
    public void An_instrument_is_for_its_classes()
    {
        Registered.When(Buffalo).IsRefused("not_eligible", "instrument");
        Poor.Told(new Assessed(On(2023, 10, 1), Learnt(2023, 10, 1), "2022-2025", null, null, 100, 40, [], ["3"], []))
            .When(Buffalo with { Instrument = "special_assistance", On = On(2024, 6, 1), Sponsor = null }).TellsOne<SupportAgreed>();
        Registered.When(Buffalo).Decision.Refusal!.Data[0].ShouldBe("livestock");
        ThatMovedOut.When(Buffalo).IsRefused("household_gone");
    }

    [Fact]
    public void A_training_is_for_one_person_and_once()
    {
        var first = WithPeople(Poor, Course);
        first.TellsOne<SupportAgreed>().PersonId.ShouldBe(Someone);

        WithPeople(Poor, Course with { Person = null }).IsRefused("required", "person");
        WithPeople(Poor, Course with { Person = Guid.NewGuid() }).IsRefused("unknown_person", "person");
        WithPeople(Poor, Course with { Person = Erased }).IsRefused("person_erased", "person");
        WithPeople(first.Then, Course with { Start = On(2024, 8, 1) }).IsRefused("once_per_person", "person");
    }

    [Fact]
    public void A_condition_is_refused_by_the_row_that_is_wrong()
    {
        Poor.When(With(Asked("fly"))).IsRefused("unknown_condition_kind", "conditions[0].kind");
        Poor.When(With(Asked(), Asked("other"))).IsRefused("required", "conditions[1].title");
        Poor.When(With(Asked(null))).IsRefused("required", "conditions[0].title");
        Poor.When(With(Asked(title: new('x', 201)))).IsRefused("text_too_long", "conditions[0].title");
        Poor.When(With(Asked(owner: new('x', 61)))).IsRefused("text_too_long", "conditions[0].owner");
        Poor.When(With(Asked(every: 0))).IsRefused("out_of_range", "conditions[0].everyMonths");
        Poor.When(With(Asked(every: 25))).IsRefused("out_of_range", "conditions[0].everyMonths");
        Poor.When(With(new AskedCondition("vaccinate", null, null, null))).IsRefused("required", "conditions[0].due");
        Poor.When(With(Asked(due: On(2024, 6, 30)))).IsRefused("due_outside_support", "conditions[0].due");
        Poor.When(With(Asked(due: On(2025, 7, 1)))).IsRefused("due_outside_support", "conditions[0].due");
        Poor.When(With(Asked(due: On(2025, 6, 30)))).TellsOne<SupportAgreed>();
        Poor.When(With([.. Enumerable.Repeat(Asked(), AgreeSupport.MostConditions)])).TellsOne<SupportAgreed>();
        Poor.When(With([.. Enumerable.Repeat(Asked(), AgreeSupport.MostConditions + 1)])).IsRefused("too_many_conditions", "conditions");
    }

    [Fact]
    public void Support_that_is_suspended_keeps_the_days_that_were_left()
    {
        var suspended = WithABuffalo.After(On(2024, 3, 1), new SuspendSupport(On(2024, 3, 1), Id, "Dịch tả"));
        (suspended.TheAgreement().StateOn(On(2024, 4, 1)), suspended.TheAgreement().EndOn(On(2024, 4, 1))).ShouldBe((SupportState.Suspended, On(2025, 2, 14)));

        var resumed = suspended.After(On(2024, 4, 10), new ResumeSupport(On(2024, 4, 10), Id));

        var agreement = resumed.TheAgreement();
        (agreement.StateOn(On(2024, 4, 10)), agreement.EndOn(On(2024, 4, 10)), agreement.EndOn(On(2024, 12, 1))).ShouldBe((SupportState.Active, On(2025, 2, 23), On(2025, 2, 23)));
        resumed.DueOf(Shelter, On(2024, 12, 1)).ShouldBe(On(2024, 5, 10));
    }

    [Fact]
    public void A_suspension_moves_no_due_day_that_was_past_when_it_began() =>
        WithABuffalo.After(On(2024, 4, 5), new SuspendSupport(On(2024, 4, 5), Id, "Lũ")).After(On(2024, 4, 15), new ResumeSupport(On(2024, 4, 15), Id))
            .DueOf(Shelter, On(2024, 12, 1)).ShouldBe(On(2024, 3, 31));

    [Fact]
    public void A_suspension_and_its_end_are_refused()
    {
        var suspended = WithABuffalo.After(On(2024, 3, 1), new SuspendSupport(On(2024, 3, 1), Id, "Dịch tả"));
        var resumed = suspended.After(On(2024, 4, 10), new ResumeSupport(On(2024, 4, 10), Id));

        WithABuffalo.When(new SuspendSupport(Today, Id, " ")).IsRefused("required", "reason");
        WithABuffalo.When(new SuspendSupport(Today, Id, TooLong)).IsRefused("text_too_long", "reason");
        WithABuffalo.When(new SuspendSupport(Today, Guid.NewGuid(), "Lũ")).IsRefused("unknown_support", "support");
        WithABuffalo.When(new SuspendSupport(On(2024, 1, 9), Id, "Lũ")).IsRefused("before_agreement", "on");
        suspended.When(new SuspendSupport(Today, Id, "Lũ")).IsRefused("already_suspended", "on");
        resumed.When(new SuspendSupport(On(2024, 4, 9), Id, "Lũ")).IsRefused("already_suspended", "on");
        resumed.When(new SuspendSupport(On(2024, 4, 10), Id, "Lũ")).TellsOne<SupportSuspended>();
        WithABuffalo.OnDay(On(2025, 1, 15), new SuspendSupport(On(2025, 1, 15), Id, "Lũ")).IsRefused("support_over", "on");
        WithABuffalo.When(new ResumeSupport(Today, Id)).IsRefused("not_suspended", "support");
        suspended.When(new ResumeSupport(On(2024, 2, 29), Id)).IsRefused("before_suspension", "on");
        resumed.When(new ResumeSupport(Today, Id)).IsRefused("not_suspended", "support");
    }

    [Fact]
    public void Support_is_extended_by_days_with_its_reason_beside_the_event()
    {
        var outcome = WithABuffalo.When(new ExtendSupport(Today, Id, On(2025, 4, 14), " Trâu đẻ muộn "));

        var reason = Ids.Named(Key, "reason");
        outcome.Tells(new SupportExtended(Today, Now, Id, 90, reason)).Keeps(new Note(reason, Ids.Household(Code), "Trâu đẻ muộn", Now));
        outcome.Then.TheAgreement().EndOn(Today).ShouldBe(On(2025, 4, 14));
        outcome.Then.DueOf(Report, Today).ShouldBe(On(2024, 12, 31));
    }

    [Fact]
    public void Extensions_together_stay_within_what_the_instrument_allows()
    {
        // Twelve months for livestock.
        var extended = WithABuffalo.After(Today, new ExtendSupport(Today, Id, On(2025, 12, 1), "Trâu đẻ muộn"));

        extended.OnDay(On(2024, 6, 16), new ExtendSupport(On(2024, 6, 16), Id, On(2026, 1, 14), "Lần hai")).TellsOne<SupportExtended>().Days.ShouldBe(44);
        extended.OnDay(On(2024, 6, 16), new ExtendSupport(On(2024, 6, 16), Id, On(2026, 1, 15), "Lần hai")).IsRefused("beyond_extension_limit", "until");
        WithABuffalo.When(new ExtendSupport(Today, Id, On(2026, 1, 15), "Xa quá")).IsRefused("beyond_extension_limit", "until");
    }

    /// <summary>After a suspension the end is another day of the calendar, from which twelve months may be more days than from the agreed end.</summary>
    [Fact]
    public void An_extension_by_months_is_counted_on_the_calendar_from_the_present_end()
    {
        // 15 days of suspension move the end from 14 to 29 January 2025.
        var paused = WithABuffalo.After(On(2024, 3, 1), new SuspendSupport(On(2024, 3, 1), Id, "Lũ")).After(On(2024, 3, 16), new ResumeSupport(On(2024, 3, 16), Id));
        paused.OnDay(Today, new ExtendSupport(Today, Id, On(2026, 1, 29), "Một năm")).TellsOne<SupportExtended>().Days.ShouldBe(365);
        paused.OnDay(Today, new ExtendSupport(Today, Id, On(2026, 1, 30), "Quá một ngày")).IsRefused("beyond_extension_limit", "until");

        // The agreed end is followed by 365 days to the same day of the next year, the end that a suspension moved past February by 366.
        var moved = Poor.Told(Terms with { On = On(2022, 2, 1), Start = On(2022, 2, 15), End = On(2023, 2, 14) })
            .After(On(2022, 6, 1), new SuspendSupport(On(2022, 6, 1), Id, "Lũ")).After(On(2022, 6, 25), new ResumeSupport(On(2022, 6, 25), Id));
        moved.TheAgreement().EndOn(On(2023, 1, 1)).ShouldBe(On(2023, 3, 10));
        moved.OnDay(On(2023, 1, 2), new ExtendSupport(On(2023, 1, 2), Id, On(2024, 3, 10), "Một năm")).TellsOne<SupportExtended>().Days.ShouldBe(366);

        // In two steps the limit is the same day, and the refusal names it.
        var further = moved.After(On(2023, 1, 2), new ExtendSupport(On(2023, 1, 2), Id, On(2023, 9, 10), "Sáu tháng"))
            .OnDay(On(2023, 1, 3), new ExtendSupport(On(2023, 1, 3), Id, On(2024, 3, 11), "Quá"));
        further.IsRefused("beyond_extension_limit", "until");
        further.Decision.Refusal!.Data.ShouldContain(On(2024, 3, 10));
    }

    /// <summary>Told by a command or by a register, and undone with the fact that ended it.</summary>
    [Fact]
    public void Support_ends_with_a_household_that_is_merged_or_dissolved()
    {
        var there = On(2024, 9, 1);
        foreach (var gone in new HouseholdEvent[]
                 {
                     new MergedInto(there, Learnt(2024, 9, 1), MauA, null, Ids.Household("YB-0002"), "YB-0002"), new Dissolved(there, Learnt(2024, 9, 1), MauA, null),
                 })
        {
            var left = WithABuffalo.Told(gone);
            (left.TheAgreement().StateOn(there), left.TheAgreement().Ended!.On, left.TheAgreement().Ended!.Outcome).ShouldBe((SupportState.EndedEarly, there, SupportOutcome.EndedEarly));
            left.Strikes(On(2025, 2, 1)).ShouldAllBe(e => e.On < there);
            left.Told(new FactAnnulled(there, Learnt(2024, 9, 2), left.Folded.Version, null)).TheAgreement().StateOn(there).ShouldBe(SupportState.Active);
        }

        // What had run out before is not ended once more.
        WithABuffalo.Told(new Dissolved(On(2025, 3, 1), Learnt(2025, 3, 1), MauA, null)).TheAgreement().Ended.ShouldBeNull();
    }

    [Fact]
    public void An_extension_is_refused()
    {
        WithABuffalo.When(new ExtendSupport(Today, Id, On(2025, 2, 1), " ")).IsRefused("required", "reason");
        WithABuffalo.When(new ExtendSupport(Today, Id, On(2025, 2, 1), TooLong)).IsRefused("text_too_long", "reason");
        WithABuffalo.When(new ExtendSupport(Today, Id, On(2025, 1, 14), "Như cũ")).IsRefused("not_an_extension", "until");
        WithABuffalo.When(new ExtendSupport(Today, Guid.NewGuid(), On(2025, 2, 1), "Nhầm")).IsRefused("unknown_support", "support");
        WithABuffalo.OnDay(On(2025, 1, 15), new ExtendSupport(On(2025, 1, 15), Id, On(2025, 2, 1), "Muộn")).IsRefused("support_over", "on");
    }

    [Fact]
    public void Support_ends_early_with_a_reason_or_completed_when_nothing_is_open()
    {
        var done = WithABuffalo.After(Today, new WaiveCondition(Today, Shelter, "Có sẵn")).After(Today, new WaiveCondition(Today, Vaccination, "Thú y đã tiêm")).After(Today, new WaiveCondition(Today, Report, "Không cần"));

        WithABuffalo.When(new EndSupport(Today, Id, SupportOutcome.EndedEarly, "Hộ bán trâu")).TellsOne<SupportEnded>().Outcome.ShouldBe(SupportOutcome.EndedEarly);
        done.OnDay(Today, new EndSupport(Today, Id, SupportOutcome.Completed, null)).Then.TheAgreement().StateOn(Today).ShouldBe(SupportState.Completed);
        // What was missed is not open any more.
        WithABuffalo.After(Today, new WaiveCondition(Today, Vaccination, "Thú y")).After(Today, new WaiveCondition(Today, Report, "Thừa")).Struck(Today)
            .OnDay(Today, new EndSupport(Today, Id, SupportOutcome.Completed, null)).TellsOne<SupportEnded>();
    }

    [Fact]
    public void The_end_of_support_is_refused()
    {
        var over = WithABuffalo.After(Today, new EndSupport(Today, Id, SupportOutcome.EndedEarly, "Hộ bán trâu"));

        WithABuffalo.When(new EndSupport(Today, Id, SupportOutcome.EndedEarly, " ")).IsRefused("required", "reason");
        WithABuffalo.When(new EndSupport(Today, Id, SupportOutcome.EndedEarly, TooLong)).IsRefused("text_too_long", "reason");
        WithABuffalo.When(new EndSupport(Today, Id, SupportOutcome.Lapsed, "Hết hạn")).IsRefused("lapse_is_for_the_clock", "outcome");
        WithABuffalo.When(new EndSupport(Today, Id, SupportOutcome.Completed, null)).IsRefused("conditions_open", "outcome");
        WithABuffalo.When(new EndSupport(Today, Guid.NewGuid(), SupportOutcome.Completed, null)).IsRefused("unknown_support", "support");
        WithABuffalo.OnDay(On(2025, 1, 15), new EndSupport(On(2025, 1, 15), Id, SupportOutcome.EndedEarly, "Muộn")).IsRefused("support_over", "on");
        foreach (HouseholdCommand command in new HouseholdCommand[]
        {
            new SuspendSupport(Today, Id, "Lũ"), new ResumeSupport(Today, Id), new ExtendSupport(Today, Id, On(2025, 2, 1), "Thêm"), new EndSupport(Today, Id, SupportOutcome.EndedEarly, "Lại"),
        })
            over.When(command).IsRefused("support_over", "support");
    }

    [Fact]
    public void A_condition_is_met_by_its_due_day_and_late_the_day_after()
    {
        var inTime = WithABuffalo.OnDay(On(2024, 4, 10), new MeetCondition(On(2024, 3, 31), Shelter, [Photo], " Đẹp "), Photo);
        inTime.TellsOne<ConditionMet>().Attachments.ShouldBe([Photo]);
        inTime.Decision.Records.OfType<Note>().ShouldHaveSingleItem().Text.ShouldBe("Đẹp");

        inTime.Then.StateOf(Shelter).ShouldBe(ConditionState.Met);
        WithABuffalo.After(On(2024, 4, 10), new MeetCondition(On(2024, 4, 1), Shelter, [Photo], null), Photo).StateOf(Shelter).ShouldBe(ConditionState.MetLate);
    }

    [Fact]
    public void Nothing_is_met_without_the_evidence_that_was_agreed()
    {
        WithABuffalo.When(new MeetCondition(Today, Shelter, null, "Đã xem")).IsRefused("evidence_required", "attachments");
        WithABuffalo.When(new MeetCondition(Today, Shelter, [], null)).IsRefused("evidence_required", "attachments");
        WithABuffalo.When(new MeetCondition(Today, Vaccination, [], " ")).IsRefused("evidence_required", "note");
        WithABuffalo.When(new MeetCondition(Today, Report, null, null)).TellsOne<ConditionMet>();
        WithABuffalo.When(new MeetCondition(Today, Shelter, [Photo], null)).IsRefused("unknown_attachment", "attachments");
    }

    [Fact]
    public void What_was_handed_in_before_is_evidence_and_counts_only_when_verified()
    {
        var handedIn = WithABuffalo.After(On(2024, 3, 20), new HandInEvidence(On(2024, 3, 20), Shelter, [Photo], null), Photo);

        handedIn.StateOf(Shelter).ShouldBe(ConditionState.HandedIn);
        handedIn.Struck(On(2024, 4, 1)).StateOf(Shelter).ShouldBe(ConditionState.Missed);
        handedIn.OnDay(On(2024, 4, 5), new MeetCondition(On(2024, 3, 20), Shelter, null, null)).Then.StateOf(Shelter).ShouldBe(ConditionState.Met);
        WithABuffalo.After(Today, new HandInEvidence(Today, Vaccination, null, "Thẻ tiêm")).OnDay(Today, new MeetCondition(Today, Vaccination, null, null)).TellsOne<ConditionMet>();
    }

    [Fact]
    public void Evidence_is_refused()
    {
        WithABuffalo.When(new HandInEvidence(Today, Shelter, null, " ")).IsRefused("required", "note");
        WithABuffalo.When(new HandInEvidence(Today, Shelter, null, TooLong)).IsRefused("text_too_long", "note");
        WithABuffalo.When(new HandInEvidence(Today, Shelter, [Photo], null)).IsRefused("unknown_attachment", "attachments");
        WithABuffalo.When(new MeetCondition(Today, Shelter, null, TooLong)).IsRefused("text_too_long", "note");
    }

    [Fact]
    public void A_condition_is_waived_and_given_to_somebody_else()
    {
        var reason = Ids.Named(Key, "reason");
        WithABuffalo.When(new WaiveCondition(Today, Shelter, " Đã có chuồng ")).Tells(new ConditionWaived(Today, Now, Id, Shelter, reason)).Keeps(new Note(reason, Ids.Household(Code), "Đã có chuồng", Now))
            .Then.StateOf(Shelter).ShouldBe(ConditionState.Waived);
        WithABuffalo.When(new ReassignCondition(Today, Shelter, " mau-a-02 ")).Then.TheAgreement().Find(Shelter)!.Owner.ShouldBe("mau-a-02");

        WithABuffalo.When(new WaiveCondition(Today, Shelter, " ")).IsRefused("required", "reason");
        WithABuffalo.When(new WaiveCondition(Today, Shelter, TooLong)).IsRefused("text_too_long", "reason");
        WithABuffalo.When(new ReassignCondition(Today, Shelter, " ")).IsRefused("required", "owner");
        WithABuffalo.When(new ReassignCondition(Today, Shelter, new('x', 61))).IsRefused("text_too_long", "owner");
        WithABuffalo.When(new ReassignCondition(Today, Shelter, "mau-a-01")).IsRefused("owner_unchanged", "owner");
    }

    [Fact]
    public void A_condition_that_is_settled_or_not_there_is_refused()
    {
        var settled = WithABuffalo.After(Today, new WaiveCondition(Today, Shelter, "Có sẵn"));
        var broken = WithABuffalo.After(On(2024, 5, 1), new EndSupport(On(2024, 5, 1), Id, SupportOutcome.EndedEarly, "Hộ bán trâu"));

        foreach (var (household, condition, on, code, field) in new[]
        {
            (settled, Shelter, Today, "condition_settled", "condition"), (WithABuffalo, Guid.NewGuid(), Today, "unknown_condition", "condition"),
            (WithABuffalo, Shelter, On(2024, 1, 9), "before_agreement", "on"), (broken, Shelter, On(2024, 5, 1), "support_over", "condition"),
        })
        {
            household.When(new MeetCondition(on, condition, null, "x")).IsRefused(code, field);
            household.When(new HandInEvidence(on, condition, null, "x")).IsRefused(code, field);
            household.When(new WaiveCondition(on, condition, "x")).IsRefused(code, field);
            household.When(new ReassignCondition(on, condition, "x")).IsRefused(code, field);
        }
        // Of the time before it was broken off more may be learnt.
        broken.OnDay(Today, new MeetCondition(On(2024, 4, 30), Vaccination, null, "Thẻ tiêm")).TellsOne<ConditionMet>();
    }

    [Fact]
    public void Support_of_a_household_that_left_is_still_seen_to_its_end() =>
        WithABuffalo.Told(new MovedOut(On(2024, 5, 10), Learnt(2024, 5, 10), MauA, null)).When(new EndSupport(Today, Id, SupportOutcome.EndedEarly, "Chuyển đi")).TellsOne<SupportEnded>();

    [Fact]
    public void An_agreement_that_is_annulled_was_never_made()
    {
        var annulled = WithABuffalo.Told(new FactAnnulled(Today, Now, WithABuffalo.Folded.Version, null));

        annulled.Latest.Agreements.ShouldBeEmpty();
        annulled.Strikes(On(2026, 1, 1)).ShouldBeEmpty();
    }
}
