using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Records;
using YenBai.Cases.Support;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Support;

public sealed class SupportFacts
{
    private static readonly string TooLong = new('x', HouseholdCommand.LongestText + 1);
    private static readonly Guid Supported = Ids.Named(Key, "support");

    [Fact]
    public void A_loan_is_granted_with_its_purpose_beside_the_event()
    {
        var purpose = Ids.Named(Key, "purpose");

        Poor.When(new GrantLoan(Today, 50_000_000, 36, " NHCSXH ", "Mua trâu của ông Páo"))
            .Tells(new LoanGranted(Today, Now, Supported, 50_000_000, 36, "NHCSXH", purpose))
            .Keeps(new Note(purpose, Ids.Household(Code), "Mua trâu của ông Páo", Now)).Then
            .Latest.Supports.ShouldBe([new SupportTaken(Supported, "loan", Today, null)]);
    }

    [Fact]
    public void A_loan_is_refused()
    {
        var loan = new GrantLoan(Today, 50_000_000, 36, null, null);

        Poor.When(loan with { Amount = 0 }).IsRefused("out_of_range", "amount");
        Poor.When(loan with { Amount = 10_000_000_001 }).IsRefused("out_of_range", "amount");
        Poor.When(loan with { TermMonths = 0 }).IsRefused("out_of_range", "termMonths");
        Poor.When(loan with { TermMonths = 361 }).IsRefused("out_of_range", "termMonths");
        Poor.When(loan with { Lender = new('x', 201) }).IsRefused("text_too_long", "lender");
        Poor.When(loan with { Purpose = TooLong }).IsRefused("text_too_long", "purpose");
    }

    [Fact]
    public void A_training_is_joined()
    {
        Poor.When(new JoinTraining(Today, " Thú y ", "Trường CĐ nghề")).Tells(new TrainingJoined(Today, Now, Supported, "Thú y", "Trường CĐ nghề")).Then
            .Latest.Supports.ShouldBe([new SupportTaken(Supported, "training", Today, null)]);
        Poor.When(new JoinTraining(Today, " ", null)).IsRefused("required", "course");
        Poor.When(new JoinTraining(Today, new('x', 201), null)).IsRefused("text_too_long", "course");
        Poor.When(new JoinTraining(Today, "Thú y", new('x', 201))).IsRefused("text_too_long", "provider");
    }

    [Fact]
    public void The_open_training_is_completed()
    {
        WithAnOpenTraining.When(new CompleteTraining(Today, null, " Sơ cấp ")).Tells(new TrainingCompleted(Today, Now, Training, "Sơ cấp")).Then
            .Latest.Supports.ShouldBe([new SupportTaken(Training, "training", On(2024, 4, 1), Today)]);
        WithAnOpenTraining.When(new CompleteTraining(Today, Training, null)).Tells(new TrainingCompleted(Today, Now, Training, null));
    }

    [Fact]
    public void Of_two_open_trainings_one_must_be_named()
    {
        var second = new Guid("aaaaaaaa-0000-0000-0000-000000000002");
        var two = WithAnOpenTraining.Told(new TrainingJoined(On(2024, 5, 1), Learnt(2024, 5, 1), second, "May", null));

        two.When(new CompleteTraining(Today, null, null)).IsRefused("which_training", "supportId");
        two.When(new CompleteTraining(Today, second, null)).TellsOne<TrainingCompleted>().SupportId.ShouldBe(second);
        two.When(new CompleteTraining(On(2024, 4, 30), null, null)).TellsOne<TrainingCompleted>().SupportId.ShouldBe(Training);
    }

    [Fact]
    public void The_completion_of_a_training_is_refused()
    {
        var completed = WithAnOpenTraining.Told(new TrainingCompleted(On(2024, 5, 30), Learnt(2024, 5, 30), Training, null));

        Poor.When(new CompleteTraining(Today, null, null)).IsRefused("no_open_training", "on");
        completed.When(new CompleteTraining(Today, null, null)).IsRefused("no_open_training", "on");
        completed.When(new CompleteTraining(Today, Training, null)).IsRefused("already_completed", "supportId");
        WithAnOpenTraining.When(new CompleteTraining(Today, Guid.NewGuid(), null)).IsRefused("unknown_training", "supportId");
        WithAnOpenTraining.When(new CompleteTraining(On(2024, 3, 31), null, null)).IsRefused("no_open_training", "on");
        WithAnOpenTraining.When(new CompleteTraining(Today, null, new('x', 201))).IsRefused("text_too_long", "certificate");
    }

    [Fact]
    public void Animals_are_given()
    {
        Poor.When(new SupportLivestock(Today, Livestock.Buffalo, 1, 18_000_000)).Tells(new LivestockSupported(Today, Now, Supported, Livestock.Buffalo, 1, 18_000_000)).Then
            .Latest.Supports.ShouldBe([new SupportTaken(Supported, "livestock", Today, null)]);
        Poor.When(new SupportLivestock(Today, Livestock.Pig, 0, null)).IsRefused("out_of_range", "count");
        Poor.When(new SupportLivestock(Today, Livestock.Pig, 10_001, null)).IsRefused("out_of_range", "count");
        Poor.When(new SupportLivestock(Today, Livestock.Pig, 1, -1)).IsRefused("out_of_range", "worth");
        Poor.When(new SupportLivestock(Today, Livestock.Pig, 1, 10_000_000_001)).IsRefused("out_of_range", "worth");
    }

    [Fact]
    public void A_basic_service_reaches_the_household()
    {
        Poor.When(new ProvideService(Today, BasicService.HealthInsurance, Today)).Tells(new ServiceProvided(Today, Now, Supported, BasicService.HealthInsurance, Today)).Then
            .Latest.Supports.ShouldBe([new SupportTaken(Supported, "service", Today, null)]);
        Poor.When(new ProvideService(Today, BasicService.Housing, On(2024, 6, 14))).IsRefused("ends_before_it_starts", "until");
    }
}
