using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Privacy;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;
using YenBai.Cases.Tests.Households;
using YenBai.Cases.Visits;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Privacy;

/// <summary>What a household may ask of those who keep its data, and what comes of it.</summary>
public sealed class PrivacyFacts
{
    private static readonly Guid Id = Ids.Household(Code), Head = Ids.Named(Id, "head"), Son = Ids.Named(Id, "son");
    private static readonly Person Mai = new(Head, Id, "Lò Thị Mai", Sex.Female, 1980, "015180000001", "0912345678", "Thái") { Recorded = Learnt(2020, 1, 5) };
    private static readonly Person Tu = new(Son, Id, "Lò Văn Tư", Sex.Male, 2002, null, null, null) { Recorded = Learnt(2020, 1, 5) };

    private static AHousehold ThatConsented => Poor.Told(new ConsentGiven(On(2024, 2, 1), Learnt(2024, 2, 3), ConsentScope.SponsorSharing, ConsentForm.Written, Head));

    private static AHousehold ThatIsRestricted => ThatConsented.Told(new ProcessingRestricted(On(2024, 6, 10), Learnt(2024, 6, 10), null));

    private static Outcome When(AHousehold household, HouseholdCommand command, params Person[] people) =>
        new(household, command.Decide(household.Folded, new Occasion(Key, Now, PlaceCatalog.Default, StandardBook.Shipped) { People = people }));

    // Consent

    [Fact]
    public void A_consent_says_for_what_and_how_and_by_whom()
    {
        When(Poor, new GiveConsent(Today, ConsentScope.SponsorSharing, ConsentForm.VerbalWitnessed, Son), Mai, Tu)
            .Tells(new ConsentGiven(Today, Now, ConsentScope.SponsorSharing, ConsentForm.VerbalWitnessed, Son)).Keeps();
        Poor.When(new GiveConsent(Today, ConsentScope.Publicity, ConsentForm.Electronic, null)).TellsOne<ConsentGiven>().PersonId.ShouldBeNull();
    }

    [Fact]
    public void Silence_is_no_consent()
    {
        Poor.When(new GiveConsent(Today, null, ConsentForm.Written, null)).IsRefused("required", "scope");
        Poor.When(new GiveConsent(Today, ConsentScope.Research, null, null)).IsRefused("required", "form");
        Poor.Latest.Consents.ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_from_elsewhere_and_nobody_erased_consents()
    {
        When(Poor, new GiveConsent(Today, ConsentScope.Research, ConsentForm.Written, Son), Mai).IsRefused("unknown_person", "person");
        When(Poor, new GiveConsent(Today, ConsentScope.Research, ConsentForm.Written, Son), Person.Stub(Son, Id, Now)).IsRefused("person_erased", "person");
    }

    [Fact]
    public void A_consent_in_force_is_not_given_again_but_another_scope_is_another_consent()
    {
        ThatConsented.When(new GiveConsent(Today, ConsentScope.SponsorSharing, ConsentForm.Electronic, null)).IsRefused("consent_in_force", "scope");
        ThatConsented.When(new GiveConsent(Today, ConsentScope.Publicity, ConsentForm.Written, null)).Then.Latest.Consents.Keys
            .ShouldBe([ConsentScope.SponsorSharing, ConsentScope.Publicity], ignoreOrder: true);
        ThatMovedOut.When(new GiveConsent(Today, ConsentScope.Publicity, ConsentForm.Written, null)).IsRefused("household_gone");
    }

    [Fact]
    public void A_withdrawal_counts_from_its_day_on_and_undoes_nothing_before()
    {
        var after = ThatConsented.When(new WithdrawConsent(On(2024, 6, 12), ConsentScope.SponsorSharing)).Tells(new ConsentWithdrawn(On(2024, 6, 12), Now, ConsentScope.SponsorSharing)).Then;

        after.At(2024, 6, 12).Consents.ShouldBeEmpty();
        after.At(2024, 6, 11).Consents[ConsentScope.SponsorSharing].ShouldBe(new Consent(On(2024, 2, 1), ConsentForm.Written, Head));
        after.At(2024, 1, 31).Consents.ShouldBeEmpty();
        // As it was known before the withdrawal was recorded, and before the consent itself was.
        after.Folded.StateAt(On(2024, 6, 14), Now.AddHours(-1)).Consents.Keys.ShouldBe([ConsentScope.SponsorSharing]);
        after.Folded.StateAt(On(2024, 2, 2), Learnt(2024, 2, 2)).Consents.ShouldBeEmpty();
    }

    [Fact]
    public void Only_a_consent_in_force_is_withdrawn_and_one_withdrawn_may_be_given_again()
    {
        Poor.When(new WithdrawConsent(Today, ConsentScope.Research)).IsRefused("no_consent", "scope");
        ThatConsented.When(new WithdrawConsent(On(2024, 1, 31), ConsentScope.SponsorSharing)).IsRefused("no_consent", "scope");
        ThatConsented.When(new WithdrawConsent(Today, null)).IsRefused("required", "scope");

        var withdrawn = ThatConsented.Told(new ConsentWithdrawn(On(2024, 3, 1), Learnt(2024, 3, 1), ConsentScope.SponsorSharing));
        withdrawn.When(new GiveConsent(Today, ConsentScope.SponsorSharing, ConsentForm.Electronic, null)).Then
            .Latest.Consents[ConsentScope.SponsorSharing].ShouldBe(new Consent(Today, ConsentForm.Electronic, null));
    }

    // Restriction

    [Fact]
    public void A_restriction_has_effect_at_once_and_its_reason_stands_beside_it()
    {
        var asked = Poor.When(new RestrictProcessing(On(2024, 6, 14), "Hàng xóm biết chuyện vay nợ"));

        var note = asked.Decision.Records.ShouldHaveSingleItem().ShouldBeOfType<Note>();
        note.Text.ShouldBe("Hàng xóm biết chuyện vay nợ");
        asked.Tells(new ProcessingRestricted(On(2024, 6, 14), Now, note.Id)).Then.Latest.Restriction.ShouldBe(new Restriction(On(2024, 6, 14), Now, Answered: false));
        asked.Then.At(2024, 6, 13).Restriction.ShouldBeNull();
        Poor.When(new RestrictProcessing(Today, null)).Keeps().TellsOne<ProcessingRestricted>().ReasonId.ShouldBeNull();
        ThatMovedOut.When(new RestrictProcessing(Today, null)).TellsOne<ProcessingRestricted>();
    }

    [Fact]
    public void A_restriction_is_asked_for_once()
    {
        ThatIsRestricted.When(new RestrictProcessing(Today, null)).IsRefused("already_restricted", "on");
        ThatIsRestricted.When(new RestrictProcessing(On(2024, 6, 1), null)).IsRefused("already_restricted", "on");
        Poor.When(new RestrictProcessing(Today, new('x', HouseholdCommand.LongestText + 1))).IsRefused("text_too_long", "reason");
    }

    [Fact]
    public void The_person_is_answered_that_it_stays_and_may_later_be_answered_that_it_is_lifted()
    {
        var upheld = ThatIsRestricted.When(new UpholdRestriction(On(2024, 6, 12), "Đồng ý hạn chế"));
        upheld.TellsOne<RestrictionUpheld>().AnswerId.ShouldBe(upheld.Decision.Records.ShouldHaveSingleItem().ShouldBeOfType<Note>().Id);
        upheld.Then.Latest.Restriction.ShouldBe(new Restriction(On(2024, 6, 10), Learnt(2024, 6, 10), Answered: true));
        upheld.Then.When(new UpholdRestriction(Today, "Đồng ý hạn chế")).IsRefused("already_answered", "on");

        var lifted = upheld.Then.When(new LiftRestriction(Today, "Hộ đã đồng ý xử lý lại"));
        lifted.TellsOne<RestrictionLifted>().AnswerId.ShouldNotBeNull();
        lifted.Then.Latest.Restriction.ShouldBeNull();
        lifted.Then.At(2024, 6, 14).Restriction.ShouldNotBeNull();
    }

    [Fact]
    public void An_answer_is_words_and_there_must_be_something_to_answer()
    {
        ThatIsRestricted.When(new LiftRestriction(Today, " ")).IsRefused("required", "answer");
        ThatIsRestricted.When(new UpholdRestriction(Today, null!)).IsRefused("required", "answer");
        ThatIsRestricted.When(new LiftRestriction(On(2024, 6, 9), "Chưa có yêu cầu")).IsRefused("not_restricted", "on");
        Poor.When(new LiftRestriction(Today, "Không có gì")).IsRefused("not_restricted", "on");
        Poor.When(new UpholdRestriction(Today, "Không có gì")).IsRefused("not_restricted", "on");
    }

    [Fact]
    public void While_restricted_nothing_new_is_shared_and_nobody_new_is_written_down()
    {
        HouseholdCommand[] waiting =
        [
            new GiveConsent(Today, ConsentScope.Publicity, ConsentForm.Written, null),
            new GrantLoan(Today, 1_000_000, null, null, null),
            new JoinTraining(Today, "May công nghiệp", null),
            new SupportLivestock(Today, Livestock.Pig, 2, null),
            new ChangeHead(Today, "Lò Văn Tư", null, null, null, null, null, null),
            new Split(Today, "YB-0002", "Lò Văn Tư", null, null, 2, 0, null),
            // It counts when it is asked, not which day it is about.
            new GrantLoan(On(2024, 6, 1), 1_000_000, null, null, null),
        ];

        foreach (var command in waiting)
        {
            Poor.When(command).Decision.Refusal.ShouldBeNull(command.GetType().Name);
            ThatIsRestricted.When(command).IsRefused("processing_restricted");
            ThatIsRestricted.Told(new RestrictionUpheld(On(2024, 6, 11), Learnt(2024, 6, 11), null)).When(command).IsRefused("processing_restricted");
            ThatIsRestricted.Told(new RestrictionLifted(On(2024, 6, 11), Learnt(2024, 6, 11), null)).When(command).Decision.Refusal.ShouldBeNull(command.GetType().Name);
        }
    }

    [Fact]
    public void While_restricted_the_law_goes_on_and_so_do_the_rights_of_the_person()
    {
        HouseholdCommand[] going =
        [
            new RecordAssessment(Today, NewStandard, "B1", null, 100, 20, null, null, null),
            new RecordExit(Today, PovertyClass.NotPoor, null, null, null),
            new RequestExit(Today, null),
            new RecordVisit(Today, "Đã đến nhà"),
            new Annul(ThatIsRestricted.NewestFact, "Nhầm hộ"),
            new Move(Today, "04252", null),
            new ProvideService(Today, BasicService.HealthInsurance, null),
            new WithdrawConsent(Today, ConsentScope.SponsorSharing),
            new LiftRestriction(Today, "Đã trao đổi"),
            new ErasePersonalData(Today, null),
        ];

        foreach (var command in going) ThatIsRestricted.When(command).Decision.Refusal.ShouldBeNull(command.GetType().Name);
        When(ThatIsRestricted, new CorrectPerson(Today, Head, null, null, null, null, "0987654321", null), Mai).TellsOne<PersonCorrected>();
    }

    [Fact]
    public void For_every_command_it_is_settled_whether_it_goes_on_under_a_restriction() =>
        typeof(HouseholdCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(HouseholdCommand)) && !t.IsAbstract)
            .ShouldAllBe(t => CommandCatalog.Of(t) != null);

    // Correction

    [Fact]
    public void A_correction_changes_what_is_given_and_keeps_the_old_value()
    {
        var corrected = When(Poor, new CorrectPerson(Today, Head, " Lò Thị Mây ", null, null, null, "0987654321", null), Tu, Mai).Tells(new PersonCorrected(Today, Now, Head));

        var record = corrected.Decision.Records.ShouldHaveSingleItem().ShouldBeOfType<Person>();
        (record.Name, record.Phone, record.IdNumber, record.BirthYear, record.SearchName, record.Recorded).ShouldBe(("Lò Thị Mây", "0987654321", "015180000001", 1980, "lo thi may", Now));
        record.Superseded.ShouldHaveSingleItem().ShouldSatisfyAllConditions(old => (old.Name, old.Phone, old.Recorded).ShouldBe(("Lò Thị Mai", "0912345678", Learnt(2020, 1, 5))));
    }

    [Fact]
    public void A_correction_is_kept_by_the_rules_of_files()
    {
        var corrected = When(Poor, new CorrectPerson(Today, Head, "Lò Thị  Mây", null, null, "15 180 000 002", "912345670", null), Mai).Warns("zero_restored", "phone_zero_restored");

        corrected.Decision.Records.ShouldHaveSingleItem().ShouldBeOfType<Person>().ShouldSatisfyAllConditions(
            p => p.Name.ShouldBe("Lò Thị Mây"), p => p.IdNumber.ShouldBe("015180000002"), p => p.Phone.ShouldBe("0912345670"), p => p.Listings![^1].IdNumber.ShouldBe("015180000002"));
        When(Poor, new CorrectPerson(Today, Head, null, null, null, "1.5075E+10", null, null), Mai).IsRefused("digits_lost", "idNumber");
        When(Poor, new CorrectPerson(Today, Head, "NguyÔn V¨n MÉu", null, null, null, null, null), Mai).IsRefused("letters_tcvn3", "name");
    }

    [Fact]
    public void A_correction_is_refused()
    {
        When(Poor, new CorrectPerson(Today, Son, "Lò Văn Tú", null, null, null, null, null), Mai).IsRefused("unknown_person", "person");
        When(Poor, new CorrectPerson(Today, Head, "Lò Thị Mây", null, null, null, null, null), Person.Stub(Head, Id, Now)).IsRefused("person_erased", "person");
        When(Poor, new CorrectPerson(Today, Head, "Lò Thị Mai", null, 1980, null, " ", null), Mai).IsRefused("nothing_to_correct", "name");
        When(Poor, new CorrectPerson(Today, Head, new('x', 201), null, null, null, null, null), Mai).IsRefused("text_too_long", "name");
        When(Poor, new CorrectPerson(Today, Head, null, null, null, new('1', 41), null, null), Mai).IsRefused("text_too_long", "idNumber");
        When(Poor, new CorrectPerson(Today, Head, null, null, null, null, new('1', 41), null), Mai).IsRefused("text_too_long", "phone");
        When(Poor, new CorrectPerson(Today, Head, null, null, null, null, null, new('x', 61)), Mai).IsRefused("text_too_long", "ethnicity");
        When(Poor, new CorrectPerson(Today, Head, null, null, 2025, null, null, null), Mai).IsRefused("out_of_range", "birthYear");
    }

    // Erasure

    [Fact]
    public void Everybody_of_the_household_is_erased_or_one_who_is_named()
    {
        When(Poor, new ErasePersonalData(Today, null), Mai, Tu).TellsOne<PersonalDataErased>().PersonIds.ShouldBe([Head, Son], ignoreOrder: true);
        When(Poor, new ErasePersonalData(Today, null), Person.Stub(Head, Id, Now), Tu).TellsOne<PersonalDataErased>().PersonIds.ShouldBe([Son]);
        When(Poor, new ErasePersonalData(Today, Son), Mai, Tu).TellsOne<PersonalDataErased>().PersonIds.ShouldBe([Son]);
        When(ThatMovedOut, new ErasePersonalData(Today, null), Mai).TellsOne<PersonalDataErased>();
        // Its notes may name people although the register names nobody.
        When(Poor, new ErasePersonalData(Today, null)).TellsOne<PersonalDataErased>().PersonIds.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_erased_is_not_erased_again()
    {
        var erased = When(Poor, new ErasePersonalData(Today, null), Mai).Then;

        When(erased, new ErasePersonalData(Today, Head), Person.Stub(Head, Id, Now)).IsRefused("person_erased", "person");
        When(erased, new ErasePersonalData(Today, Son), Person.Stub(Head, Id, Now)).IsRefused("unknown_person", "person");
        When(erased, new ErasePersonalData(Today, null), Person.Stub(Head, Id, Now)).IsRefused("nothing_to_erase");
        When(erased.Told(new VisitRecorded(Today, Now, Son)), new ErasePersonalData(Today, null), Person.Stub(Head, Id, Now)).TellsOne<PersonalDataErased>();
    }

    [Fact]
    public void An_erasure_and_a_correction_cannot_be_annulled()
    {
        var erased = When(Poor, new ErasePersonalData(Today, null), Mai).Then;
        erased.When(new Annul(erased.NewestFact, "Nhầm hộ")).IsRefused("records_stand", "fact");
        var corrected = When(Poor, new CorrectPerson(Today, Head, "Lò Thị Mây", null, null, null, null, null), Mai).Then;
        corrected.When(new Annul(corrected.NewestFact, "Nhầm người")).IsRefused("records_stand", "fact");
        ThatConsented.When(new Annul(ThatConsented.NewestFact, "Nhầm hộ")).Then.Latest.Consents.ShouldBeEmpty();
    }

    [Fact]
    public void A_stub_says_nothing_but_whose_it_was_and_when_it_was_emptied() =>
        System.Text.Json.JsonSerializer.Serialize(Person.Stub(Head, Id, Now), Kernel.Json.Options)
            .ShouldBe($$"""{"id":"{{Head}}","householdId":"{{Id}}","searchName":"","recorded":"2024-06-15T09:30:00+07:00","erased":"2024-06-15T09:30:00+07:00","superseded":[]}""");
}
