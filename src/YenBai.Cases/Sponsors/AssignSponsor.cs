using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Sponsors;

/// <summary>
/// An agency stands by the household from now on. Who records it answers for the place: that is the locality's agreement, on
/// record with who and when; the household's own is its consent.
/// </summary>
/// <param name="From">The agency that hands the household over.</param>
[Command("assign-sponsor", Operation.AgreeOnSupport, RestrictionGround.Shares)]
public sealed record AssignSponsor(DateOnly On, string Sponsor, string? From = null) : HouseholdCommand(On)
{
    internal override string? SponsorCode => Sponsor?.Trim();

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Missing(Sponsor, "sponsor") is { } missing) return missing;
        if (occasion.Sponsor is not { } sponsor) return new Refusal("unknown_sponsor", "sponsor", SponsorCode);
        if (!then.Consents.ContainsKey(ConsentScope.SponsorSharing)) return new Refusal("no_consent", "sponsor", On);
        var from = string.IsNullOrWhiteSpace(From) ? null : From.Trim();
        if (then.Sponsor is { } standing && (from is null || standing.Sponsor == sponsor.Id)) return new Refusal("has_sponsor", "sponsor", standing.Sponsor, standing.On);
        return from is not null && then.Sponsor?.Sponsor != from
            ? new Refusal("not_its_sponsor", "from", from)
            : Decision.Accept(new SponsorAssigned(On, occasion.Now, sponsor.Id, from));
    }
}
