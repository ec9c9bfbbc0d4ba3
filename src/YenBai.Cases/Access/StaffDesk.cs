using Marten;
using YenBai.Cases.Calendar;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Privacy;
using YenBai.Cases.Records;

namespace YenBai.Cases.Access;

/// <summary>One thing that was done to an account, with who did it and why.</summary>
public sealed record StaffEntry(string UserName, StaffEvent Event, string? By, string? Reason, DateTimeOffset Stored);

/// <summary>Where grants are given, taken back and looked up.</summary>
public sealed class StaffDesk(IDocumentStore store, PlaceCatalog places, TimeProvider clock)
{
    /// <summary>A family that moves tonight is seen until the next day's office hour.</summary>
    public static readonly TimeSpan Emergency = TimeSpan.FromHours(24);

    /// <summary>Somebody as they act now. Whoever was granted nothing may do nothing.</summary>
    public async Task<Actor> ActorAsync(string userName, string? from, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var member = await session.LoadAsync<StaffMember>(StaffMember.IdOf(userName), cancellation);
        var now = clock.Now();
        return new Actor(userName, member?.GrantsAt(now) ?? [], now, places) { From = from, Releases = [.. member?.ReleasesAt(now) ?? []] };
    }

    public async Task<StaffMember?> FindAsync(string userName, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<StaffMember>(StaffMember.IdOf(userName), cancellation);
    }

    public async Task<IReadOnlyList<StaffMember>> AllAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return [.. (await session.Query<StaffMember>().ToListAsync(cancellation)).OrderBy(m => m.UserName, StringComparer.OrdinalIgnoreCase)];
    }

    /// <param name="id">What the grant shall be known by: given again, it is not granted again.</param>
    public async Task<Refusal?> GrantAsync(Actor by, string userName, GrantRequest request, CancellationToken cancellation, Guid? id = null)
    {
        if (!by.May(Operation.ManageAccounts)) return new Refusal("not_permitted");
        await using var session = Open(by);
        var member = await session.LoadAsync<StaffMember>(StaffMember.IdOf(userName), cancellation) ?? StaffMember.Nobody(userName);
        var households = await session.LoadManyAsync<Household>(cancellation, [.. request.Households.Select(Ids.Household)]);
        var subjects = request.Households
            .Select(code => (code, Household: households.FirstOrDefault(h => h.Id == Ids.Household(code))))
            .Where(x => x.Household is not null).DistinctBy(x => x.code).ToDictionary(x => x.code, x => Subjects.Of(x.Household!));

        var now = clock.Now();
        var (grant, refusal) = Granting.Decide(by, member, request, subjects, id ?? Guid.CreateVersion7(now), now, places);
        if (grant is null) return refusal;
        if (member.Grants.FirstOrDefault(g => g.Id == id) is { } before)
            return (before.Role, before.Place, before.Hamlet) == (grant.Role, grant.Place, grant.Hamlet) && before.Households.SequenceEqual(grant.Households) ? null : new Refusal("idempotency_key_reused");
        Append(session, member, new GrantGiven(now, Reason(session, member, request.Reason, now), userName.Trim(), grant));
        await session.SaveChangesAsync(cancellation);
        return null;
    }

    public async Task<Refusal?> RevokeAsync(Actor by, string userName, Guid grant, string reason, CancellationToken cancellation)
    {
        if (!by.May(Operation.ManageAccounts)) return new Refusal("not_permitted");
        await using var session = Open(by);
        var member = await session.LoadAsync<StaffMember>(StaffMember.IdOf(userName), cancellation) ?? StaffMember.Nobody(userName);
        var now = clock.Now();
        if (Granting.DecideRevocation(by, member, grant, reason, now) is { } refusal) return refusal;
        Append(session, member, new GrantRevoked(now, Reason(session, member, reason, now), grant));
        await session.SaveChangesAsync(cancellation);
        return null;
    }

    /// <summary>A disabled account holds nothing; that it cannot sign in is for the accounts to see to.</summary>
    public async Task<Refusal?> SetDisabledAsync(Actor by, string userName, bool disabled, string reason, CancellationToken cancellation)
    {
        if (!by.Has(Role.Administrator)) return new Refusal("not_permitted");
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("required", "reason");
        await using var session = Open(by);
        var member = await session.LoadAsync<StaffMember>(StaffMember.IdOf(userName), cancellation) ?? StaffMember.Nobody(userName);
        if (Granting.IsOneself(by, member)) return new Refusal("own_grant");
        if (member.Disabled == disabled) return null;
        var now = clock.Now();
        var why = Reason(session, member, reason, now);
        Append(session, member, disabled ? new AccountDisabled(now, why) : new AccountEnabled(now, why));
        await session.SaveChangesAsync(cancellation);
        return null;
    }

    /// <summary>
    /// Opens one household outside one's places for a day, with a reason; the managers of its place are told. Nobody is
    /// asked first: what it needs is that it is seen.
    /// </summary>
    public async Task<Refusal?> BreakGlassAsync(Actor by, string code, string reason, CancellationToken cancellation)
    {
        if (!by.May(Operation.BreakGlass)) return new Refusal("not_permitted");
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("required", "reason");
        if (reason.Length > HouseholdCommand.LongestText) return new Refusal("text_too_long", "reason", HouseholdCommand.LongestText);
        await using var session = Open(by);
        if (await session.LoadAsync<Household>(Ids.Household(code), cancellation) is not { } household || Subjects.Of(household) is not { Unit.Length: > 0 } subject)
            return new Refusal("unknown_household", null, code);
        if (by.May(Operation.OpenHousehold, subject)) return new Refusal("already_yours");

        var now = clock.Now();
        var member = await session.LoadAsync<StaffMember>(StaffMember.IdOf(by.Name), cancellation) ?? StaffMember.Nobody(by.Name);
        var why = Reason(session, member, reason, now);
        var grant = new Grant(Guid.CreateVersion7(now), Role.Caseworker, null, null, [household.Id], now, now + Emergency) { Emergency = true };
        Append(session, member, new GrantGiven(now, why, member.UserName, grant));
        session.Store(new GlassBroken(grant.Id, household.Id, household.Code, subject.Unit, by.Name, why, now));
        await session.SaveChangesAsync(cancellation);
        return null;
    }

    /// <summary>What was opened in an emergency in the places that somebody manages, newest first.</summary>
    /// <param name="seenToo">Those, too, that a manager of the place has seen.</param>
    public async Task<IReadOnlyList<(GlassBroken Notice, string? Reason)>> NoticesAsync(Actor who, CancellationToken cancellation, bool seenToo = false)
    {
        if (!who.May(Operation.AnswerForData) && !who.May(Operation.ReadAudit)) return [];
        await using var session = store.QuerySession();
        var all = await session.Query<GlassBroken>().Where(b => seenToo || b.SeenBy == null).OrderByDescending(b => b.At).Take(500).ToListAsync(cancellation);
        var mine = all.Where(b => who.MayAt(Operation.AnswerForData, b.Unit, null) || who.MayAt(Operation.ReadAudit, b.Unit, null)).ToList();
        var reasons = (await session.LoadManyAsync<Note>(cancellation, [.. mine.Select(b => b.ReasonId).OfType<Guid>()])).ToDictionary(n => n.Id, n => n.Text);
        return [.. mine.Select(b => (b, b.ReasonId is { } id ? reasons.GetValueOrDefault(id) : null))];
    }

    /// <summary>A manager of the place, not the one who did it, has seen it.</summary>
    public async Task<bool> AcknowledgeAsync(Actor who, Guid notice, CancellationToken cancellation)
    {
        await using var session = Open(who);
        if (await session.LoadAsync<GlassBroken>(notice, cancellation) is not { SeenBy: null } broken) return false;
        if (!who.MayAt(Operation.AnswerForData, broken.Unit, null) || who.Name == broken.By) return false;
        session.Store(broken with { SeenBy = who.Name, SeenAt = clock.Now() });
        await session.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>Everything that was done to accounts in the places that somebody looks after, newest first.</summary>
    public async Task<IReadOnlyList<StaffEntry>> HistoryAsync(Actor who, string? userName, int most, CancellationToken cancellation)
    {
        if (!who.May(Operation.ReadAudit) && !who.May(Operation.ManageAccounts)) return [];
        await using var session = store.QuerySession();
        var names = StaffEvents.Names.Values.ToArray();
        var query = session.Events.QueryAllRawEvents().Where(e => names.Contains(e.EventTypeName));
        if (userName is not null)
        {
            var stream = StaffMember.IdOf(userName);
            query = query.Where(e => e.StreamId == stream);
        }
        var events = await query.OrderByDescending(e => e.Sequence).Take(most).ToListAsync(cancellation);
        var members = (await session.LoadManyAsync<StaffMember>(cancellation, [.. events.Select(e => e.StreamId).Distinct()])).ToDictionary(m => m.Id, m => m.UserName);
        var reasons = (await session.LoadManyAsync<Note>(cancellation, [.. events.Select(e => ((StaffEvent)e.Data).ReasonId).OfType<Guid>()])).ToDictionary(n => n.Id, n => n.Text);
        return
        [
            .. events.Select(e => new StaffEntry(
                members.GetValueOrDefault(e.StreamId, ""), (StaffEvent)e.Data, e.UserName,
                ((StaffEvent)e.Data).ReasonId is { } id ? reasons.GetValueOrDefault(id) : null, e.Timestamp)),
        ];
    }

    private IDocumentSession Open(Actor by) => Open(store, by);

    internal static IDocumentSession Open(IDocumentStore store, Actor by)
    {
        var session = store.LightweightSession();
        session.LastModifiedBy = by.Name;
        return session;
    }

    internal static void Append(IDocumentSession session, StaffMember member, StaffEvent e)
    {
        if (member.Version == 0) session.Events.StartStream<StaffMember>(member.Id, e);
        else session.Events.Append(member.Id, member.Version + 1, e);
    }

    internal static Guid? Reason(IDocumentSession session, StaffMember member, string reason, DateTimeOffset now)
    {
        var note = new Note(Guid.CreateVersion7(now), member.Id, reason.Trim(), now);
        session.Store(note);
        return note.Id;
    }
}

/// <summary>Somebody opened a household outside their places; kept until a manager of the place has seen it, and after.</summary>
/// <param name="Id">The grant.</param>
public sealed record GlassBroken(Guid Id, Guid HouseholdId, string Code, string Unit, string By, Guid? ReasonId, DateTimeOffset At)
{
    public string? SeenBy { get; init; }

    public DateTimeOffset? SeenAt { get; init; }
}

/// <summary>What the policy looks at, of a household as it is known now.</summary>
public static class Subjects
{
    public static Subject Of(Household household) => Of(household, household.Latest());

    /// <summary>Where everything told of a household was withdrawn, it stays with those who had it.</summary>
    public static Subject Of(Household household, HouseholdState latest) => new(
        household.Id, latest.Known ? latest.Unit : household.Facts.Select(f => f.Event).OfType<HouseholdRegistered>().LastOrDefault()?.Unit ?? "", latest.Hamlet,
        Shared: latest.Consents.ContainsKey(ConsentScope.SponsorSharing), Restricted: latest.Restriction is not null);
}
