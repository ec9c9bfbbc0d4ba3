using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>The clock of an agreement goes on with the days that were left.</summary>
[Command("resume-support", Operation.AgreeOnSupport, RestrictionGround.Entitlement)]
public sealed record ResumeSupport(DateOnly On, Guid Support) : OnAgreement(On, Support)
{
    protected override Decision Decide(Agreement agreement, Household household, Occasion occasion) =>
        agreement.SuspendedSince is not { } since ? new Refusal("not_suspended", "support")
        : On < since ? new Refusal("before_suspension", "on", since)
        : Decision.Accept(new SupportResumed(On, occasion.Now, Support));
}
