using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>What the lender's ledger says of a loan on a day.</summary>
public static class LoanStatus
{
    /// <param name="balance">VND still owed.</param>
    /// <param name="overdue">VND of it past its day.</param>
    public static Decision Report(DateOnly on, Guid loan, decimal balance, decimal overdue, int daysOverdue, Household household, Occasion occasion)
    {
        var now = household.Latest();
        if (now.Restriction is { } standing) return new Refusal("processing_restricted", null, standing.Since);
        if (now.Supports.FirstOrDefault(s => s.Id == loan) is not { } taken) return new Refusal("unknown_support", "support");
        if (taken.Instrument != "loan") return new Refusal("wrong_instrument", "support");
        if (on < taken.On) return new Refusal("before_support", "on", taken.On);
        if (balance is < 0 or > 10_000_000_000m) return new Refusal("out_of_range", "balance", 0, 10_000_000_000m);
        if (overdue < 0 || overdue > balance) return new Refusal("out_of_range", "overdue", 0, balance);
        // Something is overdue since a day, or nothing is.
        if (daysOverdue > 0 != overdue > 0) return new Refusal("overdue_without_days", "daysOverdue");
        return Decision.Accept(new LoanStatusReported(on, occasion.Now, loan, balance, overdue, daysOverdue));
    }
}
