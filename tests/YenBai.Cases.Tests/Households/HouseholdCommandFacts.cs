using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Households;

public sealed class HouseholdCommandFacts
{
    private static readonly string TooLong = new('x', HouseholdCommand.LongestText + 1);
    private static readonly Guid Id = Ids.Household(Code);

    private static readonly RegisterHousehold Registration = new(
        Code, On(2024, 1, 5), "04375", "Hồng Phong", "Lò Thị Mai", Sex.Female, 1980, "015180000001", "0912345678", "Thái", null, 5, 2, false, Area.Urban);

    [Fact]
    public void A_day_is_neither_ahead_nor_before_the_republic()
    {
        Poor.When(new RecordVisit(On(2024, 6, 16), null)).IsRefused("date_in_future", "on");
        Poor.When(new RecordVisit(On(2024, 6, 15), null)).TellsOne<VisitRecorded>();
        Poor.When(new RecordVisit(On(1944, 12, 31), null)).IsRefused("date_too_early", "on");
    }

    [Fact]
    public void Today_is_the_day_in_Vietnam()
    {
        var lateInTheEvening = new DateTimeOffset(2024, 6, 15, 18, 0, 0, TimeSpan.Zero);
        var visit = new RecordVisit(On(2024, 6, 16), null);

        visit.Decide(Poor.Folded, new Occasion(Key, lateInTheEvening, PlaceCatalog.Default, StandardBook.Shipped)).Refusal.ShouldBeNull();
        visit.Decide(Poor.Folded, new Occasion(Key, lateInTheEvening.AddHours(-2), PlaceCatalog.Default, StandardBook.Shipped)).Refusal!.Code.ShouldBe("date_in_future");
    }

    [Fact]
    public void A_household_that_is_gone_is_visited_and_corrected_but_not_supported()
    {
        ThatMovedOut.When(new GrantLoan(Today, 1_000_000, null, null, null)).IsRefused("household_gone");
        ThatMovedOut.When(new Dissolve(Today)).IsRefused("household_gone");
        ThatMovedOut.When(new RecordVisit(Today, null)).TellsOne<VisitRecorded>();
        ThatMovedOut.When(new Annul(ThatMovedOut.NewestFact, "Nhầm hộ")).TellsOne<FactAnnulled>();
        ThatMovedOut.When(new GrantLoan(On(2024, 5, 9), 1_000_000, null, null, null)).TellsOne<LoanGranted>();
    }

    [Fact]
    public void A_household_is_registered_with_its_names_beside_the_event()
    {
        var head = Ids.Named(Id, "head");

        Unknown.When(Registration)
            .Tells(new HouseholdRegistered(On(2024, 1, 5), Now, Code, MauA, "Hồng Phong", head, 5, Area.Urban) { Then = AWomanAndTwoChildren })
            .Keeps(new Person(head, Id, "Lò Thị Mai", Sex.Female, 1980, "015180000001", "0912345678", "Thái") { Recorded = Now })
            .Warns();
        Unknown.When(Registration with { HeadName = " ", HeadBirthYear = null, HeadIdNumber = " ", Phone = null }).Keeps().TellsOne<HouseholdRegistered>().HeadId.ShouldBeNull();
    }

    [Theory]
    [InlineData("Kinh", false)]
    [InlineData(" kinh ", false)]
    [InlineData("Thái", true)]
    [InlineData("H'Mông", true)]
    [InlineData(null, null)]
    public void All_but_the_Kinh_are_ethnic_minorities(string? ethnicity, bool? minority) =>
        Unknown.When(Registration with { Ethnicity = ethnicity }).TellsOne<HouseholdRegistered>().Then!.EthnicMinority.ShouldBe(minority);

    [Fact]
    public void A_registration_is_refused()
    {
        Unknown.When(Registration with { Code = "  " }).IsRefused("required", "code");
        Unknown.When(Registration with { Code = null! }).IsRefused("required", "code");
        Unknown.When(Registration with { Code = new('1', RegisterHousehold.LongestCode + 1) }).IsRefused("code_malformed", "code");
        Unknown.When(Registration with { Code = "YB\n1" }).IsRefused("code_malformed", "code");
        Registered.When(Registration).IsRefused("code_taken", "code");
        Unknown.When(Registration with { Place = "99999" }).IsRefused("unknown_place", "place");
        Unknown.When(Registration with { Place = null! }).IsRefused("unknown_place", "place");
        Unknown.When(Registration with { HeadName = new('x', 201) }).IsRefused("text_too_long", "headName");
        Unknown.When(Registration with { Hamlet = new('x', 201) }).IsRefused("text_too_long", "hamlet");
        Unknown.When(Registration with { HeadIdNumber = new('1', 41) }).IsRefused("text_too_long", "headIdNumber");
        Unknown.When(Registration with { Phone = new('1', 41) }).IsRefused("text_too_long", "phone");
        Unknown.When(Registration with { Ethnicity = new('x', 61) }).IsRefused("text_too_long", "ethnicity");
        Unknown.When(Registration with { Members = -1 }).IsRefused("out_of_range", "members");
        Unknown.When(Registration with { Members = 100 }).IsRefused("out_of_range", "members");
        Unknown.When(Registration with { Under16 = 6 }).IsRefused("out_of_range", "under16");
        Unknown.When(Registration with { Under16 = -1 }).IsRefused("out_of_range", "under16");
        Unknown.When(Registration with { HeadBirthYear = 1899 }).IsRefused("out_of_range", "headBirthYear");
        Unknown.When(Registration with { HeadBirthYear = 2025 }).IsRefused("out_of_range", "headBirthYear");
    }

    [Fact]
    public void A_household_moves_to_another_commune_or_hamlet()
    {
        Poor.When(new Move(Today, "04252", " Tổ 3 ")).Tells(new MovedWithin(Today, Now, YenNinh, MauA, "Tổ 3") { Then = AWomanAndTwoChildren }).Then
            .Latest.Unit.ShouldBe(YenNinh);
        Poor.When(new Move(Today, "04375", "Gốc Sổ")).TellsOne<MovedWithin>().Hamlet.ShouldBe("Gốc Sổ");

        Poor.When(new Move(Today, "04375", "Hồng Phong")).IsRefused("same_place", "place");
        Poor.When(new Move(Today, "Sa Pa", null)).IsRefused("unknown_place", "place");
        Poor.When(new Move(Today, null!, null)).IsRefused("unknown_place", "place");
        Poor.When(new Move(Today, "04252", new('x', 201))).IsRefused("text_too_long", "hamlet");
    }

    [Fact]
    public void A_household_moves_out_or_dissolves()
    {
        Poor.When(new MoveOut(Today)).Tells(new MovedOut(Today, Now, MauA, null) { Then = AWomanAndTwoChildren }).Then.Latest.Status.ShouldBe(ListStatus.Gone);
        Poor.When(new Dissolve(Today)).Tells(new Dissolved(Today, Now, MauA, null) { Then = AWomanAndTwoChildren }).Then.Latest.Status.ShouldBe(ListStatus.Gone);
    }

    [Fact]
    public void A_household_merges_into_another()
    {
        var other = Another(Enters(2022, 1, 1));

        Poor.When(new Merge(Today, "YB-0002"), other)
            .Tells(new MergedInto(Today, Now, MauA, null, other.Id, "YB-0002") { Then = AWomanAndTwoChildren }).Then.Latest.Status.ShouldBe(ListStatus.Gone);
    }

    [Fact]
    public void A_merger_is_refused()
    {
        Poor.When(new Merge(Today, " ")).IsRefused("required", "into");
        Poor.When(new Merge(Today, Code)).IsRefused("same_household", "into");
        Poor.When(new Merge(Today, "YB-0002")).IsRefused("unknown_household", "into");
        Poor.When(new Merge(Today, "YB-0002"), Another(new Dissolved(On(2023, 1, 1), Learnt(2023, 1, 1), MauA, null))).IsRefused("other_household_gone", "into");
    }

    [Fact]
    public void Part_of_a_household_becomes_one_of_its_own_where_its_parent_stands_on_the_list()
    {
        var child = Ids.Household("YB-0003");
        var outcome = Poor.When(new Split(Today, "YB-0003", "Lò Văn Nam", Sex.Male, 2000, 2, 1, null));

        outcome.Tells(new MembersLeft(Today, Now, 2, 1, MemberChange.Split, child)).Then.Latest.Members.ShouldBe(3);
        var started = outcome.Decision.Started.ShouldNotBeNull();
        started.Id.ShouldBe(child);
        var then = new Coarse(Sex.Male, false, true, 1);
        started.Events.ShouldBe([
            new HouseholdRegistered(Today, Now, "YB-0003", MauA, "Hồng Phong", Ids.Named(child, "head"), 2, Area.Urban) { Then = then },
            new HouseholdSplitFrom(Today, Now, MauA, NewStandard, Id, Code, ListStatus.Poor) { Then = then },
        ]);
        outcome.Keeps(new Person(Ids.Named(child, "head"), child, "Lò Văn Nam", Sex.Male, 2000, null, null, null) { Recorded = Now });
    }

    [Fact]
    public void The_household_split_from_a_poor_one_is_poor_and_that_from_one_out_of_poverty_is_out()
    {
        var poor = SplitOff(Poor);
        (poor.Status, poor.ClassOn(Today)!.Value.Class.Class, poor.Exits).ShouldBe((ListStatus.Poor, PovertyClass.Poor, 0));

        var notPoor = SplitOff(ThatExited);
        (notPoor.Status, notPoor.LastExit, notPoor.Exits).ShouldBe((ListStatus.Out, Today, 1));

        SplitOff(Registered).Status.ShouldBe(ListStatus.Unknown);

        static HouseholdState SplitOff(AHousehold parent)
        {
            var started = parent.When(new Split(Today, "YB-0003", null, null, null, 1, 0, null)).Decision.Started!;
            var version = 0;
            return Household.Nobody(started.Id).With(started.Events.Select(e => new Fact(++version, Guid.Empty, e, null))).Latest();
        }
    }

    [Fact]
    public void A_head_who_leaves_by_a_split_does_not_stay_and_somebody_else_heads_the_rest()
    {
        var head = new Person(Poor.Latest.HeadId!.Value, Id, "Giàng A Páo", Sex.Male, 1980, "015080000001", "0912345678", "Mông") { Recorded = Now };
        Outcome When(Split split) => new(Poor, split.Decide(Poor.Folded, new Occasion(Key, Now, PlaceCatalog.Default, StandardBook.Shipped) { People = [head] }));
        var split = new Split(Today, "YB-0003", "giàng a páo", null, null, 2, 1, null);

        When(split).IsRefused("head_leaves", "restHeadName");
        When(split with { HeadBirthYear = 1980 }).IsRefused("head_leaves", "restHeadName");
        When(split with { RestHeadName = new('x', 201) }).IsRefused("text_too_long", "restHeadName");
        // Somebody of the same name and another year, a son say, is somebody else.
        When(split with { HeadBirthYear = 2001 }).Then.Latest.HeadId.ShouldBe(head.Id);

        var outcome = When(split with { RestHeadName = "Vàng Thị Mỷ", RestHeadSex = Sex.Female });
        outcome.Then.Latest.HeadId.ShouldBe(Ids.Named(Key, "head"));
        outcome.Then.Latest.Then.HeadSex.ShouldBe(Sex.Female);
        outcome.Decision.Records.OfType<Person>().Select(p => (p.Name, p.HouseholdId == Id, p.IdNumber, p.BirthYear))
            .ShouldBe([("giàng a páo", false, "015080000001", 1980), ("Vàng Thị Mỷ", true, null, null)]);
    }

    [Fact]
    public void A_household_of_which_everybody_leaves_is_not_left_on_the_list_without_members()
    {
        var all = new ChangeMembers(Today, 0, 5, 0, 0, MemberChange.Departure);

        Poor.When(all).IsRefused("nobody_left", "left");
        Poor.When(all with { Joined = 1, Left = 6 }).IsRefused("nobody_left", "left");
        Poor.When(all with { Left = 4 }).Then.Latest.Members.ShouldBe(1);
    }

    [Fact]
    public void A_split_is_refused()
    {
        var split = new Split(Today, "YB-0003", null, null, null, 2, 1, null);

        Poor.When(split with { Members = 0 }).IsRefused("out_of_range", "members");
        Poor.When(split with { Members = 51 }).IsRefused("out_of_range", "members");
        Poor.When(split with { Under16 = 3 }).IsRefused("out_of_range", "under16");
        Poor.When(split with { Under16 = -1 }).IsRefused("out_of_range", "under16");
        Poor.When(split with { Members = 5 }).IsRefused("more_left_than_there_were", "members");
        Poor.When(split with { NewCode = null! }).IsRefused("required", "newCode");
        Poor.When(split with { NewCode = new('1', 41) }).IsRefused("code_malformed", "newCode");
        Poor.When(split with { NewCode = "YB-0002" }, Another()).IsRefused("code_taken", "newCode");
        Poor.When(split with { HeadName = new('x', 201) }).IsRefused("text_too_long", "headName");
        Poor.When(split with { HeadBirthYear = 1899 }).IsRefused("out_of_range", "headBirthYear");
    }

    [Fact]
    public void Somebody_else_heads_the_household()
    {
        var head = Ids.Named(Key, "head");

        var changed = Poor.When(new ChangeHead(Today, " Hà Văn Tư ", Sex.Male, 1975, "015175000002", null, "Tày", MemberChange.Death))
            .Tells(new HeadChanged(Today, Now, head, Sex.Male, MemberChange.Death))
            .Keeps(new Person(head, Id, "Hà Văn Tư", Sex.Male, 1975, "015175000002", null, "Tày") { Recorded = Now })
            .Then.Latest;
        (changed.HeadId, changed.Then.HeadSex).ShouldBe((head, Sex.Male));
    }

    [Fact]
    public void A_change_of_head_is_refused()
    {
        var change = new ChangeHead(Today, "Hà Văn Tư", null, null, null, null, null, null);

        Poor.When(change with { HeadName = "" }).IsRefused("required", "headName");
        Poor.When(change with { HeadName = new('x', 201) }).IsRefused("text_too_long", "headName");
        Poor.When(change with { HeadIdNumber = new('1', 41) }).IsRefused("text_too_long", "headIdNumber");
        Poor.When(change with { Phone = new('1', 41) }).IsRefused("text_too_long", "phone");
        Poor.When(change with { Ethnicity = new('x', 61) }).IsRefused("text_too_long", "ethnicity");
        Poor.When(change with { HeadBirthYear = 1899 }).IsRefused("out_of_range", "headBirthYear");
        Poor.When(change with { HeadBirthYear = 2025 }).IsRefused("out_of_range", "headBirthYear");
    }

    [Fact]
    public void Members_join_and_leave()
    {
        var after = Poor.When(new ChangeMembers(Today, 2, 1, 1, 1, MemberChange.Marriage))
            .Tells(new MembersJoined(Today, Now, 2, 1, MemberChange.Marriage), new MembersLeft(Today, Now, 1, 1, MemberChange.Marriage, null)).Then.Latest;
        (after.Members, after.Then.Under16).ShouldBe((6, 2));

        Poor.When(new ChangeMembers(Today, 1, 0, 1, 0, MemberChange.Birth)).TellsOne<MembersJoined>();
        Poor.When(new ChangeMembers(Today, 0, 4, 0, 0, MemberChange.Departure)).TellsOne<MembersLeft>();
    }

    [Fact]
    public void A_change_of_members_is_refused()
    {
        var change = new ChangeMembers(Today, 1, 1, 0, 0, MemberChange.Other);

        Poor.When(change with { Joined = -1 }).IsRefused("out_of_range", "joined");
        Poor.When(change with { Joined = 51 }).IsRefused("out_of_range", "joined");
        Poor.When(change with { Left = -1 }).IsRefused("out_of_range", "left");
        Poor.When(change with { Left = 51 }).IsRefused("out_of_range", "left");
        Poor.When(change with { Joined = 0, Left = 0 }).IsRefused("nothing_to_record", "joined");
        Poor.When(change with { JoinedUnder16 = 2 }).IsRefused("out_of_range", "joinedUnder16");
        Poor.When(change with { JoinedUnder16 = -1 }).IsRefused("out_of_range", "joinedUnder16");
        Poor.When(change with { LeftUnder16 = 2 }).IsRefused("out_of_range", "leftUnder16");
        Poor.When(change with { LeftUnder16 = -1 }).IsRefused("out_of_range", "leftUnder16");
        Poor.When(change with { Left = 7 }).IsRefused("more_left_than_there_were", "left");
    }

    [Fact]
    public void A_mistake_is_annulled_and_stays_readable_with_its_reason()
    {
        var note = Ids.Named(Key, "reason");

        var after = ThatExited.When(new Annul(ThatExited.NewestFact, " Ghi nhầm hộ "))
            .Tells(new FactAnnulled(On(2023, 12, 15), Now, 3, note))
            .Keeps(new Note(note, Id, "Ghi nhầm hộ", Now))
            .Warns().Then;
        (after.Latest.Status, after.Latest.Exits, after.Folded.Facts.Count).ShouldBe((ListStatus.Poor, 0, 4));
    }

    [Fact]
    public void A_decision_is_annulled_whole_or_the_contradiction_is_said()
    {
        var decided = Poor.Told(new ClassDecided(On(2023, 12, 15), Learnt(2023, 12, 15), NewStandard, PovertyClass.NotPoor, "12/QĐ-UBND"), Exits(2023, 12, 15));
        var note = Ids.Named(Key, "reason");

        var whole = decided.When(new Annul(decided.NewestFact, "Nhầm hộ", Together: true))
            .Tells(new FactAnnulled(On(2023, 12, 15), Now, 4, note), new FactAnnulled(On(2023, 12, 15), Now, 3, note)).Warns().Then;
        (whole.Latest.Status, whole.Latest.Classes.Values.Single().Class).ShouldBe((ListStatus.Poor, PovertyClass.Poor));
        decided.When(new Annul(decided.NewestFact, "Nhầm hộ")).Warns("annulled_apart");
        decided.When(new Annul(decided.Folded.Facts[2].Id, "Nhầm hộ")).Warns("annulled_apart");

        // What stands alone, what was annulled before, and a decision of another day or standard are nothing to warn of.
        var half = decided.Told(new FactAnnulled(On(2023, 12, 15), Now, 3, null));
        half.When(new Annul(decided.NewestFact, "Nhầm hộ", Together: true)).TellsOne<FactAnnulled>();
        var other = Poor.Told(new ClassDecided(On(2023, 12, 14), Learnt(2023, 12, 14), NewStandard, PovertyClass.NotPoor, null), new ClassDecided(On(2023, 12, 15), Learnt(2023, 12, 15), OldStandard, PovertyClass.NotPoor, null), Exits(2023, 12, 15));
        other.When(new Annul(other.NewestFact, "Nhầm hộ", Together: true)).TellsOne<FactAnnulled>();
    }

    [Fact]
    public void An_annulment_is_refused()
    {
        var annulled = ThatExited.Told(new FactAnnulled(On(2023, 12, 15), Now, 3, null));
        var withdrawn = Poor.Told(new ImportWithdrawn(Today, Now, "abc"));

        Poor.When(new Annul(Poor.NewestFact, " ")).IsRefused("required", "reason");
        Poor.When(new Annul(Poor.NewestFact, TooLong)).IsRefused("text_too_long", "reason");
        Poor.When(new Annul(Guid.NewGuid(), "Nhầm")).IsRefused("unknown_fact", "fact");
        annulled.When(new Annul(annulled.NewestFact, "Nhầm")).IsRefused("annulment_stands", "fact");
        withdrawn.When(new Annul(withdrawn.NewestFact, "Nhầm")).IsRefused("annulment_stands", "fact");
        Registered.When(new Annul(Registered.NewestFact, "Nhầm")).IsRefused("registration_stands", "fact");
        annulled.When(new Annul(ThatExited.NewestFact, "Nhầm")).IsRefused("already_annulled", "fact");
    }

    [Fact]
    public void A_visit_is_recorded_with_its_note_beside_the_event()
    {
        var note = Ids.Named(Key, "note");

        Poor.When(new RecordVisit(Today, " Nhà đã sửa mái ")).Tells(new VisitRecorded(Today, Now, note)).Keeps(new Note(note, Id, "Nhà đã sửa mái", Now)).Then
            .Latest.LastVisit.ShouldBe(Today);
        Poor.When(new RecordVisit(Today, "  ")).Tells(new VisitRecorded(Today, Now, null)).Keeps();
        Poor.When(new RecordVisit(Today, TooLong)).IsRefused("text_too_long", "note");
    }

    [Fact]
    public void What_is_true_but_odd_is_taken_with_a_warning()
    {
        Poor.When(new RecordVisit(On(2019, 12, 1), null)).Warns("before_registration").TellsOne<VisitRecorded>();
        ThatExited.When(new MoveOut(On(2023, 6, 1))).Warns("contradicts_other_facts").TellsOne<MovedOut>().Unit.ShouldBe(MauA);
        ThatExited.When(new MoveOut(On(2019, 6, 1))).Warns("before_registration");
        ThatExited.When(new MoveOut(Today)).Warns();
    }

    private static Household Another(params HouseholdEvent[] events)
    {
        var version = 0;
        return Household.Nobody(Ids.Household("YB-0002")).With(
            events.Prepend(new HouseholdRegistered(On(2020, 1, 1), Learnt(2020, 1, 1), "YB-0002", MauA, null, null, null, null)).Select(e => new Fact(++version, Guid.Empty, e, null)));
    }
}
