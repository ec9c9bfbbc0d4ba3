using YenBai.Cases.Households;
using YenBai.Cases.Support;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Needs;

/// <summary>What is delivered under an agreement, and what becomes of it.</summary>
public sealed class DeliveryFacts
{
    private static readonly Guid Agreed = new("bbbbbbbb-0000-0000-0000-000000000001"), Beasts = new("bbbbbbbb-0000-0000-0000-000000000002");

    private static AHousehold With(string instrument) => Poor.Told(
        new SupportAgreed(On(2024, 2, 1), Learnt(2024, 2, 1), Agreed, instrument, 10_000_000, [new(FundingSource.State, 10_000_000)], On(2024, 2, 1), On(2025, 1, 31), null, null, []));

    private static readonly AHousehold WithAnimals = Poor.Told(new LivestockSupported(On(2024, 2, 1), Learnt(2024, 2, 1), Beasts, Livestock.Buffalo, 1, 18_000_000));

    private static readonly AHousehold WithALoan = Poor.Told(new LoanGranted(On(2024, 2, 1), Learnt(2024, 2, 1), Beasts, 50_000_000, 36, null, null));

    [Fact]
    public void What_an_agreement_promised_counts_as_one_support_with_it()
    {
        var loan = With("vbsp_loan_poor").When(new GrantLoan(Today, 50_000_000, 36, null, null, Agreed));
        loan.TellsOne<LoanGranted>().SupportId.ShouldBe(Agreed);
        loan.Then.Latest.Supports.ShouldBe([new SupportTaken(Agreed, "loan", On(2024, 2, 1), null)]);

        With("vocational_training").When(new JoinTraining(Today, "Thú y", null, Agreed)).Then.Latest.Supports.Count.ShouldBe(1);
        With("livestock").When(new SupportLivestock(Today, Livestock.Buffalo, 1, null, Agreed)).Then.Latest.Supports.Count.ShouldBe(1);
        With("health_insurance").When(new ProvideService(Today, BasicService.HealthInsurance, null, Agreed)).Then.Latest.Supports.Count.ShouldBe(1);
        With("job_placement").When(new PlaceJob(Today, JobKind.Local, Agreed)).Then.Latest.Supports.Count.ShouldBe(1);
    }

    [Fact]
    public void What_no_agreement_promised_is_a_support_of_its_own()
    {
        With("livestock").When(new GrantLoan(Today, 50_000_000, 36, null, null)).Then.Latest.Supports.Count.ShouldBe(2);
        Poor.When(new PlaceJob(Today, JobKind.Abroad)).TellsOne<JobPlaced>().ShouldBe(new(Today, Now, Ids.Named(Key, "support"), JobKind.Abroad));
    }

    [Fact]
    public void What_another_agreement_promised_is_not_delivered_under_this_one()
    {
        With("livestock").When(new GrantLoan(Today, 1, null, null, null, Agreed)).IsRefused("wrong_instrument", "support");
        With("livestock").When(new JoinTraining(Today, "May", null, Agreed)).IsRefused("wrong_instrument", "support");
        With("housing").When(new SupportLivestock(Today, Livestock.Pig, 1, null, Agreed)).IsRefused("wrong_instrument", "support");
        With("housing").When(new ProvideService(Today, BasicService.Education, null, Agreed)).IsRefused("wrong_instrument", "support");
        With("housing").When(new PlaceJob(Today, JobKind.Local, Agreed)).IsRefused("wrong_instrument", "support");
        Poor.When(new GrantLoan(Today, 1, null, null, null, Agreed)).IsRefused("unknown_support", "support");
        Poor.When(new JoinTraining(Today, "May", null, Agreed)).IsRefused("unknown_support", "support");
        Poor.When(new SupportLivestock(Today, Livestock.Pig, 1, null, Agreed)).IsRefused("unknown_support", "support");
        Poor.When(new ProvideService(Today, BasicService.Education, null, Agreed)).IsRefused("unknown_support", "support");
        Poor.When(new PlaceJob(Today, JobKind.Local, Agreed)).IsRefused("unknown_support", "support");
        Poor.When(new PlaceJob(Today, null)).IsRefused("required", "kind");
    }

    [Fact]
    public void Animals_have_young_die_and_are_sold()
    {
        WithAnimals.When(new ReportLivestock(Today, Beasts, LivestockChange.Born, 1, null)).Tells(new LivestockChanged(Today, Now, Beasts, LivestockChange.Born, 1, null));
        WithAnimals.When(new ReportLivestock(Today, Beasts, LivestockChange.Sold, 1, 12_000_000)).Tells(new LivestockChanged(Today, Now, Beasts, LivestockChange.Sold, 1, 12_000_000));
        With("livestock").When(new ReportLivestock(Today, Agreed, LivestockChange.Died, 1, null)).TellsOne<LivestockChanged>();
    }

    [Fact]
    public void A_report_of_animals_is_refused()
    {
        var born = new ReportLivestock(Today, Beasts, LivestockChange.Born, 1, null);

        Poor.When(born).IsRefused("unknown_support", "support");
        WithALoan.When(born).IsRefused("wrong_instrument", "support");
        WithAnimals.When(born with { On = On(2024, 1, 31) }).IsRefused("before_support", "on");
        WithAnimals.When(born with { Change = null }).IsRefused("required", "change");
        WithAnimals.When(born with { Count = 0 }).IsRefused("out_of_range", "count");
        WithAnimals.When(born with { Count = 10_001 }).IsRefused("out_of_range", "count");
        WithAnimals.When(born with { Proceeds = 1 }).IsRefused("proceeds_only_of_sales", "proceeds");
        WithAnimals.When(born with { Change = LivestockChange.Sold, Proceeds = -1 }).IsRefused("out_of_range", "proceeds");
    }

    [Fact]
    public void Offspring_goes_to_the_next_household()
    {
        var next = Household.Nobody(Ids.Household("YB-0002")).With([new Fact(1, Guid.Empty, new HouseholdRegistered(On(2020, 1, 5), Learnt(2020, 1, 5), "YB-0002", MauA, null, null, 3, null), null)]);
        var gone = next.With(new Fact(2, Guid.Empty, new MovedOut(On(2024, 1, 5), Learnt(2024, 1, 5), MauA, null), null));
        var pass = new PassOnLivestock(Today, Beasts, 1, "YB-0002");

        WithAnimals.When(pass, next).Tells(new LivestockPassedOn(Today, Now, Beasts, 1, next.Id, "YB-0002"));
        WithAnimals.When(pass).IsRefused("unknown_household", "to");
        WithAnimals.When(pass with { To = " " }).IsRefused("required", "to");
        WithAnimals.When(pass with { Count = 0 }).IsRefused("out_of_range", "count");
        WithAnimals.When(pass with { To = Code }, WithAnimals.Folded).IsRefused("same_household", "to");
        WithAnimals.When(pass, gone).IsRefused("other_household_gone", "to");
        WithALoan.When(pass, next).IsRefused("wrong_instrument", "support");
        Poor.When(pass, next).IsRefused("unknown_support", "support");
    }

    [Fact]
    public void The_bank_says_how_a_loan_stands()
    {
        WithALoan.When(new ReportLoanStatus(Today, Beasts, 40_000_000, 2_000_000, 12)).Then.Latest.LoanStatus[Beasts].DaysOverdue.ShouldBe(12);
        WithALoan.When(new ReportLoanStatus(Today, Beasts, 0, 0, 0)).TellsOne<LoanStatusReported>();
        WithALoan.When(new ReportLoanStatus(Today, Beasts, -1, 0, 0)).IsRefused("out_of_range", "balance");
        WithALoan.When(new ReportLoanStatus(Today, Beasts, 10, 11, 1)).IsRefused("out_of_range", "overdue");
        WithALoan.When(new ReportLoanStatus(Today, Beasts, 10, -1, 1)).IsRefused("out_of_range", "overdue");
        WithALoan.When(new ReportLoanStatus(Today, Beasts, 10, 5, 0)).IsRefused("overdue_without_days", "daysOverdue");
        WithALoan.When(new ReportLoanStatus(Today, Beasts, 10, 0, 5)).IsRefused("overdue_without_days", "daysOverdue");
        WithAnimals.When(new ReportLoanStatus(Today, Beasts, 10, 0, 0)).IsRefused("wrong_instrument", "support");
        Poor.When(new ReportLoanStatus(Today, Beasts, 10, 0, 0)).IsRefused("unknown_support", "support");
        WithALoan.When(new ReportLoanStatus(On(2024, 1, 31), Beasts, 10, 0, 0)).IsRefused("before_support", "on");
    }
}
