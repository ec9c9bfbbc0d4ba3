using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>The clock of an agreement stops and keeps the days that are left.</summary>
[Command("suspend-support", Operation.AgreeOnSupport, RestrictionGround.Entitlement)]
public sealed record SuspendSupport(DateOnly On, Guid Support, string Reason) : OnAgreement(On, Support)
{
    protected override Decision Decide(Agreement agreement, Household household, Occasion occasion)
    {
        if ((Missing(Reason, "reason") ?? TooLong(Reason, "reason")) is { } wrong) return wrong;
        if (agreement.Suspensions.FirstOrDefault(s => s.To is null || s.To > On) is { } other) return new Refusal("already_suspended", "on", other.From);
        if (agreement.EndOn(On) < On) return new Refusal("support_over", "on", agreement.EndOn(On));

        var reason = NoteFor(Reason, "reason", household, occasion);
        return Decision.Accept(new SupportSuspended(On, occasion.Now, Support, reason?.Id)).Keeping(reason);
    }
}
