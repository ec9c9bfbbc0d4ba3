using YenBai.Cases.Commands;
using YenBai.Cases.Decisions;
using YenBai.Cases.Households;
using YenBai.Cases.Records;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Decisions;

public sealed class DecisionCommandFacts
{
    private static readonly string TooLong = new('x', HouseholdCommand.LongestText + 1);
    private static readonly Guid Contested = Ids.Named(Key, "complaint");
    private static readonly AnswerComplaint Answer = new(Today, null, true, "Đã phúc tra, điểm ghi nhầm.");

    private static AHousehold ThatComplained => Poor.Told(Complains(1, Contested));

    private static ComplaintLodged Complains(int day, Guid id) => new(On(2024, 6, day), Learnt(2024, 6, day), id, ComplaintAbout.Class, null);

    private static Note Kept(string purpose, string text) => new(Ids.Named(Key, purpose), Ids.Household(Code), text, Now);

    [Fact]
    public void A_household_is_commended()
    {
        var praise = new Commend(Today, CommendedBy.Province, " 30/QĐ ", "Bằng khen");

        ThatExited.When(praise).Tells(new Commended(Today, Now, CommendedBy.Province, "30/QĐ", Ids.Named(Key, "award"))).Keeps(Kept("award", "Bằng khen"));
        ThatExited.When(praise with { DecisionNumber = " ", Award = null }).Tells(new Commended(Today, Now, CommendedBy.Province, null, null)).Keeps();
        ThatExited.When(praise with { DecisionNumber = new('1', 61) }).IsRefused("text_too_long", "decisionNumber");
        ThatExited.When(praise with { Award = TooLong }).IsRefused("text_too_long", "award");
        ThatExited.When(praise).Then.When(praise).IsRefused("already_commended", "on");
        ThatExited.When(praise).Then.When(praise with { By = CommendedBy.Commune }).TellsOne<Commended>();
    }

    [Fact]
    public void A_household_contests_what_was_decided()
    {
        var complaint = new LodgeComplaint(Today, ComplaintAbout.Class, "Nhà tôi chưa thoát nghèo");

        Poor.When(complaint).Tells(new ComplaintLodged(Today, Now, Contested, ComplaintAbout.Class, Ids.Named(Key, "wording"))).Keeps(Kept("wording", "Nhà tôi chưa thoát nghèo"))
            .Then.Latest.Complaints.Keys.ShouldBe([Contested]);
        Poor.When(complaint with { Wording = " " }).IsRefused("required", "wording");
        Poor.When(complaint with { Wording = TooLong }).IsRefused("text_too_long", "wording");
        ThatMovedOut.When(complaint).TellsOne<ComplaintLodged>();
    }

    [Fact]
    public void A_complaint_is_answered_with_reasons()
    {
        ThatComplained.When(Answer).Tells(new ComplaintAnswered(Today, Now, Contested, true, Ids.Named(Key, "answer"))).Keeps(Kept("answer", Answer.Answer!))
            .Then.Latest.Complaints.ShouldBeEmpty();
        ThatComplained.When(Answer with { Answer = "" }).IsRefused("required", "answer");
        ThatComplained.When(Answer with { Answer = TooLong }).IsRefused("text_too_long", "answer");
        ThatComplained.When(Answer with { Complaint = Guid.NewGuid() }).IsRefused("unknown_complaint", "complaint");
        Poor.When(Answer).IsRefused("no_complaint", "complaint");
    }

    [Fact]
    public void Of_two_complaints_the_answer_says_which()
    {
        var second = Guid.Parse("99999999-0000-0000-0000-000000000001");
        var twice = ThatComplained.Told(Complains(2, second));

        twice.When(Answer).IsRefused("which_complaint", "complaint");
        twice.When(Answer with { Complaint = second }).Then.Latest.Complaints.Keys.ShouldBe([Contested]);
    }

    [Fact]
    public void A_decision_says_what_it_does_to_the_list()
    {
        ListEffect Effect(AHousehold given, PovertyClass @class, string standard = NewStandard) =>
            ListEffects.Of(given.Latest, given.When(new YenBai.Cases.Listing.DecideClass(Today, standard, @class, null, null, null)).Decision.Events);
        var nearPoor = Registered.Told(new ClassDecided(On(2023, 12, 15), Learnt(2023, 12, 15), NewStandard, PovertyClass.NearPoor, null));

        Effect(Poor, PovertyClass.Poor).ShouldBe(ListEffect.Stays);
        Effect(Poor, PovertyClass.NearPoor).ShouldBe(ListEffect.ExitsToNearPoor);
        Effect(Poor, PovertyClass.NotPoor).ShouldBe(ListEffect.ExitsFully);
        Effect(Registered, PovertyClass.Poor).ShouldBe(ListEffect.NewlyPoor);
        Effect(nearPoor, PovertyClass.Poor).ShouldBe(ListEffect.NewlyPoor);
        Effect(ThatExited, PovertyClass.Poor).ShouldBe(ListEffect.ReEnters);
        Effect(Registered, PovertyClass.NearPoor).ShouldBe(ListEffect.BecomesNearPoor);
        Effect(nearPoor, PovertyClass.NearPoor).ShouldBe(ListEffect.Stays);
        Effect(nearPoor, PovertyClass.NotPoor).ShouldBe(ListEffect.LeavesNearPoor);
        Effect(Registered, PovertyClass.NotPoor).ShouldBe(ListEffect.Stays);
        Effect(Poor, PovertyClass.NotPoor, "2027-2030").ShouldBe(ListEffect.RecordedOnly);
    }
}
