using JasperFx.Events;
using Marten.Events.Aggregation;

namespace YenBai.Cases.Access;

/// <summary>One thing that happened to an account. Who did it is the event's metadata; why stands in a note.</summary>
public abstract record StaffEvent(DateTimeOffset Recorded, Guid? ReasonId);

public sealed record GrantGiven(DateTimeOffset Recorded, Guid? ReasonId, string UserName, Grant Grant) : StaffEvent(Recorded, ReasonId);

public sealed record GrantRevoked(DateTimeOffset Recorded, Guid? ReasonId, Guid GrantId) : StaffEvent(Recorded, ReasonId);

public sealed record AccountDisabled(DateTimeOffset Recorded, Guid? ReasonId) : StaffEvent(Recorded, ReasonId);

public sealed record AccountEnabled(DateTimeOffset Recorded, Guid? ReasonId) : StaffEvent(Recorded, ReasonId);

/// <summary>A change that takes two people was asked for. It has no effect yet.</summary>
public sealed record ChangeProposed(DateTimeOffset Recorded, Guid? ReasonId, string UserName, StaffProposal Proposal) : StaffEvent(Recorded, ReasonId);

/// <summary>A second person agreed. The event of the change itself follows in the same transaction.</summary>
public sealed record ProposalApproved(DateTimeOffset Recorded, Guid? ReasonId, Guid ProposalId) : StaffEvent(Recorded, ReasonId);

/// <summary>A second person refused, or the proposer withdrew it.</summary>
public sealed record ProposalRefused(DateTimeOffset Recorded, Guid? ReasonId, Guid ProposalId) : StaffEvent(Recorded, ReasonId);

/// <summary>An administrator was shown a link that sets the account's password: that person may be able to sign in with it.</summary>
public sealed record PasswordLinkIssued(DateTimeOffset Recorded, Guid? ReasonId, string UserName, string By) : StaffEvent(Recorded, ReasonId);

/// <summary>Somebody with an account, and what was granted to them. Sign-in itself is kept elsewhere.</summary>
public sealed record StaffMember(Guid Id, string UserName, IReadOnlyList<Grant> Grants, bool Disabled)
{
    private static readonly Guid Staff = new("5f3b1a52-7a0e-5d61-9c55-19021517a002");

    public int Version { get; init; }

    /// <summary>Changes that wait for a second person, the oldest first.</summary>
    public IReadOnlyList<StaffProposal> Proposals { get; init; } = [];

    /// <summary>The administrator to whom the last password link was shown; none where the operator made it.</summary>
    public string? LinkIssuedBy { get; init; }

    /// <summary>Row-level data released to them, ever.</summary>
    public IReadOnlyList<Release> Releases { get; init; } = [];

    /// <summary>The stream of an account. Staff codes are told apart without regard to case.</summary>
    public static Guid IdOf(string userName) => Ids.Named(Staff, userName.Trim().Normalize().ToUpperInvariant());

    public static StaffMember Nobody(string userName) => new(IdOf(userName), userName, [], false);

    /// <summary>What holds at an instant: nothing for a disabled account.</summary>
    public IEnumerable<Grant> GrantsAt(DateTimeOffset instant) => Disabled ? [] : Grants.Where(g => g.HoldsAt(instant));

    /// <summary>What holds now or later, were the account enabled.</summary>
    public IEnumerable<Grant> GrantsFrom(DateTimeOffset instant) => Grants.Where(g => !g.Emergency && (g.Until is null || instant < g.Until));

    public IEnumerable<Release> ReleasesAt(DateTimeOffset instant) => Disabled ? [] : Releases.Where(r => r.HoldsAt(instant));

    public StaffMember With(StaffEvent e) => e switch
    {
        GrantGiven given => this with { UserName = given.UserName, Grants = [.. Grants, given.Grant] },
        // What was granted stays readable; it ended when it was revoked.
        GrantRevoked revoked => this with { Grants = [.. Grants.Select(g => g.Id == revoked.GrantId ? g with { Until = revoked.Recorded } : g)] },
        RowsReleased released => this with { UserName = released.UserName, Releases = [.. Releases, released.Release] },
        ReleaseRevoked revoked => this with { Releases = [.. Releases.Select(r => r.Id == revoked.ReleaseId ? r with { Until = revoked.Recorded } : r)] },
        AccountDisabled => this with { Disabled = true },
        AccountEnabled => this with { Disabled = false },
        ChangeProposed proposed => this with { UserName = proposed.UserName, Proposals = [.. Proposals, proposed.Proposal] },
        ProposalApproved approved => Without(approved.ProposalId),
        ProposalRefused refused => Without(refused.ProposalId),
        PasswordLinkIssued issued => this with { UserName = issued.UserName, LinkIssuedBy = issued.By },
        _ => this,
    };

    private StaffMember Without(Guid proposal) => this with { Proposals = [.. Proposals.Where(p => p.Id != proposal)] };
}

/// <summary>Every event of an account and the name under which it is stored, for ever.</summary>
public static class StaffEvents
{
    public static readonly IReadOnlyDictionary<Type, string> Names = new Dictionary<Type, string>
    {
        [typeof(GrantGiven)] = "grant_given",
        [typeof(GrantRevoked)] = "grant_revoked",
        [typeof(AccountDisabled)] = "account_disabled",
        [typeof(AccountEnabled)] = "account_enabled",
        [typeof(ChangeProposed)] = "staff_change_proposed",
        [typeof(ProposalApproved)] = "staff_change_approved",
        [typeof(ProposalRefused)] = "staff_change_refused",
        [typeof(PasswordLinkIssued)] = "password_link_issued",
        [typeof(RowsReleased)] = "rows_released",
        [typeof(ReleaseRevoked)] = "release_revoked",
    };
}

/// <summary>One document an account, written in the same transaction as its events: a change is felt at the next request.</summary>
public sealed partial class StaffProjection : SingleStreamProjection<StaffMember, Guid>
{
    public StaffProjection()
    {
        Name = "Staff";
        foreach (var type in StaffEvents.Names.Keys) IncludeType(type);
    }

    public override StaffMember Evolve(StaffMember? member, Guid id, IEvent e) =>
        (member ?? new StaffMember(id, "", [], false)).With((StaffEvent)e.Data) with { Version = (int)e.Version };
}
