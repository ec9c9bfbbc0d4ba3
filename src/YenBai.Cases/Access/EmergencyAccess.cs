using Marten;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Access;

/// <summary>Somebody opened a household outside their places; kept until it is acknowledged, and after.</summary>
/// <param name="Id">The grant.</param>
/// <param name="Unit">Where the household stood.</param>
public sealed record GlassBroken(Guid Id, Guid HouseholdId, string Code, string Unit, string By, Guid? ReasonId, DateTimeOffset At)
{
    public string? SeenBy { get; init; }

    public DateTimeOffset? SeenAt { get; init; }
}

/// <summary>An attempt that opened nothing.</summary>
/// <param name="Code">What was asked for, shortened; there may be no such household.</param>
/// <param name="Unit">Where the household stood; none for a code that does not exist.</param>
/// <param name="Refusal">The code of the refusal.</param>
/// <param name="Alarm">It was beyond a limit.</param>
public sealed record EmergencyAttempt(Guid Id, string Code, string? Unit, string By, Guid? ReasonId, DateTimeOffset At, string Refusal, bool Alarm)
{
    public string? SeenBy { get; init; }

    public DateTimeOffset? SeenAt { get; init; }
}

/// <summary>Opens households outside one's places, to read, for a day. Nobody is asked first: what it needs is that it is seen.</summary>
public sealed class EmergencyAccess(IDocumentStore store, PlaceCatalog places, TimeProvider clock)
{
    private const int LongestCode = 64;

    /// <summary>Opens one household for a day. Every attempt is on record, whatever comes of it.</summary>
    public Task<Refusal?> OpenAsync(Actor by, string code, string reason, CancellationToken cancellation) => StaffStream.RetryAsync(async () =>
    {
        await using var session = StaffStream.Open(store, by);
        var now = clock.Now();
        var member = await StaffStream.LoadAsync(session, by.Name, cancellation);
        var household = await session.HouseholdAsync(code, cancellation);
        var subject = household is null ? default : Subjects.Of(household);
        if (subject.Unit is not { Length: > 0 }) household = null;
        var refusal = await RefuseAsync(session, by, member, household is null ? null : subject, code, reason, now, cancellation);
        if (refusal is null)
        {
            var why = StaffStream.Reason(session, household!.Id, reason, now);
            var grant = new Grant(Guid.CreateVersion7(now), Role.Caseworker, null, null, [household.Id], now, now + EmergencyRules.Lasts) { Emergency = true };
            StaffStream.Append(session, member, new GrantGiven(now, why, member.UserName, grant));
            session.Store(new GlassBroken(grant.Id, household.Id, household.Code, subject.Unit, by.Name, why, now));
        }
        else
        {
            var alarm = refusal.Code is "emergency_limit" or "emergency_misses";
            // What is said about nobody's household would be erased with nobody.
            var why = alarm && household is not null ? StaffStream.Reason(session, household.Id, reason, now) : (Guid?)null;
            session.Store(new EmergencyAttempt(
                Guid.CreateVersion7(now), code.Length > LongestCode ? code[..LongestCode] : code, household is null ? null : subject.Unit, by.Name, why, now, refusal.Code, alarm));
        }
        await session.SaveChangesAsync(cancellation);
        return refusal;
    });

    private static async Task<Refusal?> RefuseAsync(
        IQuerySession session, Actor by, StaffMember member, Subject? subject, string code, string reason, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!by.May(Operation.BreakGlass)) return new Refusal("not_permitted");
        if (EmergencyRules.RefuseReason(reason) is { } wrong) return wrong;
        if (subject is { } there && by.May(Operation.OpenHousehold, there)) return new Refusal("already_yours");
        // Before it is said whether there is such a household: beyond the limit nothing is learnt of any code.
        var since = now - EmergencyRules.Window;
        var misses = await session.Query<EmergencyAttempt>().CountAsync(a => a.By == by.Name && a.At > since && a.Refusal == "unknown_household", cancellation);
        if (EmergencyRules.RefuseFurther(member.Grants.Count(g => g.Emergency && g.From > since), misses) is { } further) return further;
        return subject is null ? new Refusal("unknown_household", null, code) : null;
    }

    /// <summary>
    /// Somebody who may acknowledge it has seen an opening; or an administrator or auditor all alarms so far about one person.
    /// Nobody acknowledges their own.
    /// </summary>
    public async Task<bool> AcknowledgeAsync(Actor who, Guid notice, CancellationToken cancellation)
    {
        if (!who.May(Operation.AcknowledgeEmergency)) return false;
        await using var session = StaffStream.Open(store, who);
        var now = clock.Now();
        if (await session.LoadAsync<GlassBroken>(notice, cancellation) is { SeenBy: null } opening)
        {
            var level = EmergencyRules.LevelOf(opening.At, now, HasManager(await ManagersAsync(session, now, cancellation), opening, now));
            if (who.Name == opening.By || !(who.MayAt(Operation.AnswerForData, opening.Unit, null) || EmergencyRules.IsFor(who, opening.Unit, level, Days.DayOf(now), places))) return false;
            session.Store(opening with { SeenBy = who.Name, SeenAt = now });
        }
        else if (await session.LoadAsync<EmergencyAttempt>(notice, cancellation) is { Alarm: true, SeenBy: null } alarm && MayAcknowledgeAlarms(who) && who.Name != alarm.By)
        {
            foreach (var one in await session.Query<EmergencyAttempt>().Where(a => a.Alarm && a.SeenBy == null && a.By == alarm.By && a.At <= now).ToListAsync(cancellation))
                session.Store(one with { SeenBy = who.Name, SeenAt = now });
        }
        else
        {
            return false;
        }
        await session.SaveChangesAsync(cancellation);
        return true;
    }

    public static bool MayAcknowledgeAlarms(Actor who) => who.MayInProvince(Operation.ReadAudit);

    /// <summary>Everybody enabled who manages something below the province, with what they manage.</summary>
    internal static async Task<IReadOnlyList<(string Name, List<Grant> Grants)>> ManagersAsync(IQuerySession session, DateTimeOffset now, CancellationToken cancellation) =>
        [.. (await session.Query<StaffMember>().ToListAsync(cancellation)).Select(m => (m.UserName, m.GrantsAt(now).Where(g => g is { Role: Role.Manager, Emergency: false }).ToList())).Where(m => m.Item2.Count > 0)];

    internal bool HasManager(IReadOnlyList<(string Name, List<Grant> Grants)> managers, GlassBroken opening, DateTimeOffset now) =>
        managers.Any(m => m.Name != opening.By && EmergencyRules.ManageBelowProvince(m.Grants, opening.Unit, Days.DayOf(now), places));
}
