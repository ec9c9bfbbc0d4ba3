using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>A loan of the policy bank or another lender.</summary>
/// <param name="Amount">VND.</param>
/// <param name="Support">The agreement under which it is given, where there is one.</param>
[Command("grant-loan", Operation.RecordWork, RestrictionGround.Shares)]
public sealed record GrantLoan(DateOnly On, decimal Amount, int? TermMonths, string? Lender, string? Purpose, Guid? Support = null) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Amount is <= 0 or > 10_000_000_000m) return new Refusal("out_of_range", "amount", 1, 10_000_000_000m);
        if (TermMonths is < 1 or > 360) return new Refusal("out_of_range", "termMonths", 1, 360);
        if ((TooLong(Lender, "lender", 200) ?? TooLong(Purpose, "purpose")) is { } tooLong) return tooLong;
        var (support, wrong) = UnderAgreement.Of(Support, household, occasion, "loan");
        if (wrong is not null) return wrong;

        var purpose = NoteFor(Purpose, "purpose", household, occasion);
        return Decision.Accept(new LoanGranted(On, occasion.Now, support, Amount, TermMonths, Lender?.Trim(), purpose?.Id)).Keeping(purpose);
    }
}
