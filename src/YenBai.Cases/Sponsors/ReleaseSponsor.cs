using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Sponsors;

/// <summary>The agency no longer stands by the household.</summary>
[Command("release-sponsor", Operation.AgreeOnSupport, RestrictionGround.Entitlement)]
public sealed record ReleaseSponsor(DateOnly On, string Sponsor, string? Reason) : HouseholdCommand(On)
{
    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if ((Missing(Sponsor, "sponsor") ?? Missing(Reason, "reason") ?? TooLong(Reason, "reason")) is { } wrong) return wrong;
        if (then.Sponsor?.Sponsor != Sponsor.Trim()) return new Refusal("not_its_sponsor", "sponsor", Sponsor);
        var reason = NoteFor(Reason, "reason", household, occasion);
        return Decision.Accept(new SponsorReleased(On, occasion.Now, Sponsor.Trim(), reason?.Id)).Keeping(reason);
    }
}
