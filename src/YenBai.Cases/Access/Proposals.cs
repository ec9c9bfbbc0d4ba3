using System.Text.Json.Serialization;
using YenBai.Cases.Commands;

namespace YenBai.Cases.Access;

[JsonConverter(typeof(SnakeCase<ProposalKind>))]
public enum ProposalKind { Grant, Revoke, Disable, Enable }

/// <summary>A change to an account that waits for a second person.</summary>
/// <param name="Id">Of a proposed grant also the id of the grant.</param>
/// <param name="Grant">What shall be granted.</param>
/// <param name="GrantId">The grant that shall be revoked.</param>
public sealed record StaffProposal(Guid Id, ProposalKind Kind, string By, DateTimeOffset At, Guid? ReasonId, Grant? Grant = null, Guid? GrantId = null);

/// <summary>
/// Which changes take two people, and who the second one may be. One person alone must neither be able to read households
/// through an account of their making nor to lock the others out. Pure; the operator is trusted and always acts alone.
/// </summary>
public static class TwoPeople
{
    /// <summary>How many accounts and grants one person may take away alone within <see cref="Window"/>.</summary>
    public const int MostTakenAway = 10;

    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>An administrator who has seen the account's password link may be the one who signs in with it.</summary>
    public static bool ForGrant(Actor by, StaffMember to, Grant grant) =>
        !by.IsOperator && (Permissions.TakesTwoPeople(grant.Role) || (to.LinkIssuedBy is { } issuer && Granting.IsSame(by.Name, issuer)));

    /// <param name="takenAway">How many accounts and grants they have taken away within <see cref="Window"/>.</param>
    public static bool ForRevocation(Actor by, Grant grant, int takenAway) =>
        !by.IsOperator && (Permissions.IsProtected(grant.Role) || takenAway >= MostTakenAway);

    /// <param name="takenAway">How many accounts and grants they have taken away within <see cref="Window"/>.</param>
    public static bool ForDisabling(Actor by, StaffMember of, DateTimeOffset now, int takenAway) =>
        !by.IsOperator && (of.GrantsFrom(now).Any(g => Permissions.IsProtected(g.Role)) || takenAway >= MostTakenAway);

    /// <summary>Enabling gives back what the account holds, so it takes as many people as granting that.</summary>
    public static bool ForEnabling(Actor by, StaffMember of, DateTimeOffset now) => of.GrantsFrom(now).Any(g => ForGrant(by, of, g));

    /// <summary>Why somebody may not be the second person.</summary>
    public static Refusal? DecideApproval(Actor by, StaffMember of, StaffProposal proposal, DateTimeOffset now)
    {
        if (!MayDecide(by, proposal)) return new Refusal("unknown_proposal", "proposal");
        if (Granting.IsOneself(by, of)) return new Refusal("own_grant");
        if (!by.IsOperator && Granting.IsSame(by.Name, proposal.By)) return new Refusal("own_proposal");
        return proposal.Grant?.Until <= now ? new Refusal("already_ended", "proposal", Kernel.Days.DayOf(proposal.Grant.Until.Value)) : null;
    }

    /// <summary>Why somebody may not refuse it. Who proposed it may take it back.</summary>
    public static Refusal? DecideRefusal(Actor by, StaffMember of, StaffProposal proposal, string reason)
    {
        if (!MayDecide(by, proposal) && !Granting.IsSame(by.Name, proposal.By)) return new Refusal("unknown_proposal", "proposal");
        if (Granting.IsOneself(by, of)) return new Refusal("own_grant");
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("required", "reason");
        return reason.Length > HouseholdCommand.LongestText ? new Refusal("text_too_long", "reason", HouseholdCommand.LongestText) : null;
    }

    /// <summary>An administrator, and for a caseworker also a manager of the place: it is the manager who needs them.</summary>
    public static bool MayDecide(Actor by, StaffProposal proposal) =>
        by.Has(Role.Administrator)
        || proposal is { Kind: ProposalKind.Grant, Grant: { Role: Role.Caseworker, Place: { } place } } && by.MayAt(Operation.ManageAccounts, place, null);
}
