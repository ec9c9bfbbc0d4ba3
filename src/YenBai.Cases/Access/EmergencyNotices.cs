using Marten;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;

namespace YenBai.Cases.Access;

/// <summary>An opening that waits to be acknowledged.</summary>
/// <param name="Due">Until when; none where it has gone up to the auditors.</param>
public sealed record EmergencyNotice(GlassBroken Opening, string? Reason, EmergencyLevel Level, DateTimeOffset? Due);

/// <summary>Openings that one person tried beyond a limit.</summary>
/// <param name="Id">The newest attempt: acknowledging it acknowledges all.</param>
public sealed record EmergencyAlarm(Guid Id, string By, int Times, DateTimeOffset Last, IReadOnlyList<(string Code, string? Reason)> Asked);

/// <summary>Something that was opened or tried, for the record.</summary>
/// <param name="Refusal">The code of the refusal; none where the household was opened.</param>
public sealed record EmergencyEntry(DateTimeOffset At, string By, string Code, string? Unit, string? Reason, string? Refusal, bool Alarm, string? SeenBy, DateTimeOffset? SeenAt);

/// <summary>
/// Who is notified of emergency openings. What has gone up to the next level is asked of the clock each time: there is no timer
/// that could be lost.
/// </summary>
public sealed class EmergencyNotices(IDocumentStore store, EmergencyAccess access, PlaceCatalog places, ReadLog log, TimeProvider clock)
{
    private const int Most = 500;

    /// <summary>Openings that wait for somebody, the oldest first.</summary>
    public async Task<IReadOnlyList<EmergencyNotice>> WaitingAsync(Actor who, CancellationToken cancellation)
    {
        if (!who.May(Operation.AcknowledgeEmergency)) return [];
        await using var session = store.QuerySession();
        var open = await session.Query<GlassBroken>().Where(b => b.SeenBy == null).OrderBy(b => b.At).ToListAsync(cancellation);
        if (open.Count == 0) return [];
        var now = clock.Now();
        var managers = await EmergencyAccess.ManagersAsync(session, now, cancellation);
        var waiting = open.Where(b => b.By != who.Name)
            .Select(b => (Opening: b, Managed: access.HasManager(managers, b, now)))
            .Select(x => (x.Opening, Level: EmergencyRules.LevelOf(x.Opening.At, now, x.Managed), Due: EmergencyRules.DueOf(x.Opening.At, now, x.Managed)))
            .Where(x => EmergencyRules.IsFor(who, x.Opening.Unit, x.Level, Days.DayOf(now), places)).Take(Most).ToList();
        await RecordedAsync(who, waiting.Select(x => x.Opening.HouseholdId), "emergencies", cancellation);
        var reasons = await ReasonsAsync(session, waiting.Select(x => x.Opening.ReasonId), cancellation);
        return [.. waiting.Select(x => new EmergencyNotice(x.Opening, x.Opening.ReasonId is { } id ? reasons.GetValueOrDefault(id) : null, x.Level, x.Due))];
    }

    /// <summary>Who tried more than is allowed: for administrators and auditors, and for the managers of the places.</summary>
    public async Task<IReadOnlyList<EmergencyAlarm>> AlarmsAsync(Actor who, CancellationToken cancellation)
    {
        if (!who.May(Operation.AcknowledgeEmergency)) return [];
        await using var session = store.QuerySession();
        var all = await session.Query<EmergencyAttempt>().Where(a => a.Alarm && a.SeenBy == null).OrderByDescending(a => a.At).Take(Most).ToListAsync(cancellation);
        var theirs = all.Where(a => a.By != who.Name && (EmergencyAccess.MayAcknowledgeAlarms(who) || (a.Unit is { } unit && who.MayAt(Operation.AnswerForData, unit, null)))).ToList();
        // The code may be nobody's; where it is a household's, its people see that it was named.
        await RecordedAsync(who, theirs.Where(a => a.Unit is not null).Select(a => Ids.Household(a.Code)).Distinct(), "emergency_alarms", cancellation);
        var reasons = await ReasonsAsync(session, theirs.Select(a => a.ReasonId), cancellation);
        return
        [
            .. theirs.GroupBy(a => a.By).Select(g => new EmergencyAlarm(
                g.First().Id, g.Key, g.Count(), g.First().At, [.. g.DistinctBy(a => a.Code).Take(10).Select(a => (a.Code, a.ReasonId is { } id ? reasons.GetValueOrDefault(id) : null))])),
        ];
    }

    /// <summary>Everything that was opened and tried, for those who read the record; newest first.</summary>
    public async Task<IReadOnlyList<EmergencyEntry>> RecordAsync(Actor who, CancellationToken cancellation)
    {
        if (!who.MayInProvince(Operation.ReadAudit)) return [];
        await using var session = store.QuerySession();
        var openings = await session.Query<GlassBroken>().OrderByDescending(b => b.At).Take(Most).ToListAsync(cancellation);
        var attempts = await session.Query<EmergencyAttempt>().OrderByDescending(b => b.At).Take(Most).ToListAsync(cancellation);
        await RecordedAsync(
            who, openings.Select(b => b.HouseholdId).Concat(attempts.Where(a => a.Unit is not null).Select(a => Ids.Household(a.Code))).Distinct(), "emergency_record", cancellation);
        var reasons = await ReasonsAsync(session, openings.Select(b => b.ReasonId).Concat(attempts.Select(a => a.ReasonId)), cancellation);
        string? Reason(Guid? id) => id is { } given ? reasons.GetValueOrDefault(given) : null;
        return
        [
            .. openings.Select(b => new EmergencyEntry(b.At, b.By, b.Code, b.Unit, Reason(b.ReasonId), null, false, b.SeenBy, b.SeenAt))
                .Concat(attempts.Select(a => new EmergencyEntry(a.At, a.By, a.Code, a.Unit, Reason(a.ReasonId), a.Refusal, a.Alarm, a.SeenBy, a.SeenAt)))
                .OrderByDescending(e => e.At).Take(Most),
        ];
    }

    /// <summary>Every emergency opening of one household, newest first, for those who report to its people.</summary>
    public async Task<IReadOnlyList<EmergencyEntry>> OfHouseholdAsync(Actor who, string code, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        if (await session.HouseholdAsync(code, cancellation) is not { } household || !who.May(Operation.ReportToPerson, Subjects.Of(household))) return [];
        var id = household.Id;
        var openings = await session.Query<GlassBroken>().Where(b => b.HouseholdId == id).OrderByDescending(b => b.At).ToListAsync(cancellation);
        var reasons = await ReasonsAsync(session, openings.Select(b => b.ReasonId), cancellation);
        return [.. openings.Select(b => new EmergencyEntry(b.At, b.By, b.Code, b.Unit, b.ReasonId is { } reason ? reasons.GetValueOrDefault(reason) : null, null, false, b.SeenBy, b.SeenAt))];
    }

    private Task RecordedAsync(Actor who, IEnumerable<Guid> households, string question, CancellationToken cancellation) =>
        log.AddAsync(who, ReadKind.Listed, who.ReachOf(Operation.FindHouseholds).Most, households, Question.Of(question), cancellation);

    private static async Task<Dictionary<Guid, string>> ReasonsAsync(IQuerySession session, IEnumerable<Guid?> ids, CancellationToken cancellation) =>
        (await session.LoadManyAsync<Note>(cancellation, [.. ids.OfType<Guid>().Distinct()])).ToDictionary(n => n.Id, n => n.Text);
}
