using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>What the bank's ledger says of a loan on a day.</summary>
/// <param name="Balance">VND still owed.</param>
/// <param name="Overdue">VND of it past its day.</param>
[Command("report-loan-status", Operation.RecordWork, RestrictionGround.AddsPersonalData)]
public sealed record ReportLoanStatus(DateOnly On, Guid Support, decimal Balance, decimal Overdue, int DaysOverdue) : HouseholdCommand(On)
{
    internal override bool OnlyAppends => true;

    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (UnderAgreement.NotTaken(Support, "loan", On, household) is { } wrong) return wrong;
        if (Balance is < 0 or > 10_000_000_000m) return new Refusal("out_of_range", "balance", 0, 10_000_000_000m);
        if (Overdue < 0 || Overdue > Balance) return new Refusal("out_of_range", "overdue", 0, Balance);
        // Something is overdue since a day, or nothing is.
        if (DaysOverdue is < 0 or > 36_500 || DaysOverdue > 0 != Overdue > 0) return new Refusal("overdue_without_days", "daysOverdue");
        return Decision.Accept(new LoanStatusReported(On, occasion.Now, Support, Balance, Overdue, DaysOverdue));
    }
}
