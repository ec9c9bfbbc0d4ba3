using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>An agreement gets more time, within what its instrument allows.</summary>
/// <param name="Until">The new last day, as it looks on that day.</param>
[Command("extend-support", Operation.AgreeOnSupport, RestrictionGround.Entitlement)]
public sealed record ExtendSupport(DateOnly On, Guid Support, DateOnly Until, string Reason) : OnAgreement(On, Support)
{
    protected override Decision Decide(Agreement agreement, Household household, Occasion occasion)
    {
        if ((Missing(Reason, "reason") ?? TooLong(Reason, "reason")) is { } wrong) return wrong;
        var end = agreement.EndOn(On);
        if (end < On) return new Refusal("support_over", "on", end);
        if (Until <= end) return new Refusal("not_an_extension", "until", end);
        var days = Until.DayNumber - end.DayNumber;
        // Months are counted on the calendar from the last day without extensions, suspensions included.
        var latest = end.AddDays(-agreement.ExtendedBy).AddMonths(Instruments.Find(agreement.Terms.Instrument)?.ExtensionMonths ?? 0);
        if (Until > latest) return new Refusal("beyond_extension_limit", "until", latest);

        var reason = NoteFor(Reason, "reason", household, occasion);
        return Decision.Accept(new SupportExtended(On, occasion.Now, Support, days, reason?.Id)).Keeping(reason);
    }
}
