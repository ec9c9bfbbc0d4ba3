using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Access;

/// <summary>Who may see and do what, and what was seen and done, in words.</summary>
public sealed class AccessWords(IStringLocalizer<AccessTexts> texts, IStringLocalizer<AccountTexts> roles, Wording words, PlaceCatalog places)
{
    public string Role(Role role) => roles[$"role.{Wording.Code(role)}"];

    /// <summary>Where it holds: a place, a hamlet of it, or how many households by name.</summary>
    public string Where(Grant grant) =>
        grant.Place is not { } place ? texts[grant.Emergency ? "where.emergency" : "where.households", grant.Households.Count]
        : grant.Hamlet is { } hamlet ? $"{hamlet}, {words.PlaceInFull(place)}"
        : words.PlaceInFull(place);

    public string Grant(Grant grant) => grant.Emergency ? texts["grant.emergency"] : $"{Role(grant.Role)}: {Where(grant)}";

    public string Until(Grant grant) => grant.Until is { } until ? texts[grant.Emergency ? "until.moment" : "until.day", grant.Emergency ? words.Moment(until) : words.Day(until.AddTicks(-1))] : texts["until.none"];

    /// <summary>The places that somebody works in, as the top of every page names them.</summary>
    public string Places(Actor who)
    {
        if (who.IsOperator) return texts["places.whole"];
        var named = who.Grants.Where(g => g.Place is not null).Select(g => (g.Place, g.Hamlet)).Distinct()
            .Select(g => places.Get(g.Place!)?.Level == Level.Province ? texts["places.whole"].Value : g.Hamlet is { } hamlet ? $"{hamlet}, {words.Place(g.Place!)}" : words.Place(g.Place!)).Distinct().ToList();
        var households = who.Grants.Where(g => g.Place is null && !g.Emergency).SelectMany(g => g.Households).Distinct().Count();
        if (households > 0) named.Add(texts["where.households", households]);
        return named.Count switch
        {
            0 => texts["places.none"],
            <= 2 => string.Join(", ", named),
            _ => texts["places.more", string.Join(", ", named.Take(2)), named.Count - 2],
        };
    }

    /// <summary>Someone by name where they have one, with the staff code.</summary>
    public string Who(string? user, IReadOnlyDictionary<string, string> names) =>
        words.By(user, null) is not { } says ? "–" : names.TryGetValue(user!, out var name) ? $"{name} ({user})" : says;

    public string Done(StaffEvent e) => e switch
    {
        GrantGiven { Grant.Emergency: true } => texts["done.emergency"],
        GrantGiven given => texts["done.given", Grant(given.Grant), Until(given.Grant)],
        GrantRevoked => texts["done.revoked"],
        RowsReleased released => texts["done.released", words.PlaceInFull(released.Release.Place), released.Release.CohortFrom, released.Release.CohortTo, words.Day(released.Release.Until.AddTicks(-1))],
        ReleaseRevoked => texts["done.release_revoked"],
        AccountDisabled => texts["done.disabled"],
        AccountEnabled => texts["done.enabled"],
        ChangeProposed proposed => texts["done.proposed", Proposed(proposed.Proposal, null)],
        ProposalApproved => texts["done.approved"],
        ProposalRefused => texts["done.refused"],
        PasswordLinkIssued => texts["done.link"],
        _ => e.GetType().Name,
    };

    /// <summary>A change that waits for a second person.</summary>
    /// <param name="of">The account, where the grant that shall be revoked is to be named.</param>
    public string Proposed(StaffProposal proposal, StaffMember? of) => proposal switch
    {
        { Kind: ProposalKind.Grant, Grant: { } grant } => texts["proposed.grant", Grant(grant), Until(grant)],
        { Kind: ProposalKind.Revoke } when of?.Grants.FirstOrDefault(g => g.Id == proposal.GrantId) is { } grant => texts["proposed.revoke", Grant(grant)],
        _ => texts[$"proposed.{Wording.Code(proposal.Kind)}"],
    };

    /// <summary>A place as it is offered in a list that one searches by typing; its code leads back to it.</summary>
    public string Offer(Unit unit) => unit.Until is { } until && until < DateOnly.MaxValue
        ? texts["offer.ended", words.PlaceInFull(unit.Id), words.Day(until), unit.Id]
        : $"{words.PlaceInFull(unit.Id)} ({unit.Code})";

    /// <summary>The code of an offered place, or what was typed.</summary>
    public static string CodeOf(string offered) =>
        offered.LastIndexOf('(') is >= 0 and var open && offered.TrimEnd().EndsWith(')') ? offered[(open + 1)..].Trim().TrimEnd(')') : offered.Trim();
}
