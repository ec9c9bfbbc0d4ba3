using System.Globalization;
using Marten;
using Npgsql;

namespace YenBai.Cases.Access;

/// <summary>How many households somebody may read of before an alarm is raised. Who may know nobody's identity has no limit here.</summary>
public sealed record ReadingLimit(int PerHour, int PerDay);

/// <summary>
/// The limits by role. A caseworker looks through a commune (about 500 households) in a review; a manager through a district
/// (about 9,000) in days, not in an hour; an auditor and an administrator take samples; a sponsor has dozens.
/// </summary>
public sealed record ReadingLimits(IReadOnlyDictionary<Role, ReadingLimit> ByRole)
{
    public static ReadingLimits Default { get; } = new(new Dictionary<Role, ReadingLimit>
    {
        [Role.Caseworker] = new(600, 1_200),
        [Role.Manager] = new(2_000, 5_000),
        [Role.Auditor] = new(1_000, 3_000),
        [Role.Administrator] = new(500, 1_000),
        [Role.Sponsor] = new(200, 400),
    });

    /// <summary>The widest of somebody's roles; without any, the narrowest there is.</summary>
    public ReadingLimit Of(IEnumerable<Role> roles)
    {
        var held = roles.Where(ByRole.ContainsKey).Select(r => ByRole[r]).ToList();
        return held.Count > 0 ? new(held.Max(l => l.PerHour), held.Max(l => l.PerDay)) : new(ByRole.Values.Min(l => l.PerHour), ByRole.Values.Min(l => l.PerDay));
    }
}

public enum AlarmWindow { Hour, Day }

/// <summary>Somebody read of more households than is ordinary.</summary>
/// <param name="Households">How many different ones within the window.</param>
public sealed record ReadingAlarm(DateTimeOffset At, string User, AlarmWindow Window, int Households, int Limit);

/// <summary>
/// Looks at what was read lately and raises an alarm where it is too much, once a window and person. An alarm is an entry of
/// the record itself: it cannot be removed by whom it is about, and needs no table of its own.
/// </summary>
public sealed class ReadingAlarms(NpgsqlDataSource source, IDocumentStore store, ReadingLimits limits, TimeProvider clock)
{
    private const string List = "alarm";
    private static readonly TimeSpan Shown = TimeSpan.FromDays(7);

    /// <summary>Raises what is due, and says what it raised.</summary>
    public async Task<IReadOnlyList<ReadingAlarm>> CheckAsync(CancellationToken cancellation)
    {
        var raised = new List<ReadingAlarm>();
        var now = clock.Now();
        await using var session = store.QuerySession();
        foreach (var window in Enum.GetValues<AlarmWindow>())
        {
            var since = now - LengthOf(window);
            // The sum counts a household each time; only who passes the limit by it can pass it by different ones.
            foreach (var (user, sum) in await SumsAsync(since, now, cancellation))
            {
                var member = await session.LoadAsync<StaffMember>(StaffMember.IdOf(user), cancellation);
                var limit = limits.Of((member?.GrantsAt(now) ?? []).Select(g => g.Role));
                var most = window == AlarmWindow.Hour ? limit.PerHour : limit.PerDay;
                if (sum <= most || await DifferentAsync(user, since, now, cancellation) is not (var households and > 0) || households <= most) continue;
                var alarm = new ReadingAlarm(now, user, window, households, most);
                if (await RaiseAsync(alarm, since, cancellation)) raised.Add(alarm);
            }
        }
        return raised;
    }

    /// <summary>The alarms of the last days that somebody must know of: who reads the record, all; a manager, those about people with a grant in the manager's places.</summary>
    public async Task<IReadOnlyList<ReadingAlarm>> ForAsync(Actor who, CancellationToken cancellation)
    {
        var all = who.MayInProvince(Operation.ReadAudit);
        if (!all && !who.May(Operation.AnswerForData)) return [];
        await using var command = source.CreateCommand($"select at, actor, detail from {ReadLog.Name} where what = {(short)ReadKind.Alarm} and at > $1 order by at desc, id desc");
        command.Parameters.Add(new() { Value = (clock.Now() - Shown).UtcDateTime });
        var alarms = new List<ReadingAlarm>();
        await using (var r = await command.ExecuteReaderAsync(cancellation))
            while (await r.ReadAsync(cancellation)) alarms.Add(Read(r.GetFieldValue<DateTimeOffset>(0), r.GetString(1), r.GetString(2)));
        if (all) return alarms;
        await using var session = store.QuerySession();
        var members = (await session.LoadManyAsync<StaffMember>(cancellation, [.. alarms.Select(a => StaffMember.IdOf(a.User)).Distinct()])).ToDictionary(m => m.Id);
        return [.. alarms.Where(a => a.User != who.Name && members.TryGetValue(StaffMember.IdOf(a.User), out var m) && m.Grants.Any(g => g.Place is { } place && who.MayAt(Operation.AnswerForData, place, null)))];
    }

    public static ReadingAlarm Read(DateTimeOffset at, string user, string detail)
    {
        var parts = Question.Parse(detail).Parts.ToDictionary(p => p.Name, p => p.Value);
        return new(at, user, Enum.Parse<AlarmWindow>(parts["window"], ignoreCase: true), Number("households"), Number("limit"));

        int Number(string name) => int.Parse(parts[name], CultureInfo.InvariantCulture);
    }

    private static TimeSpan LengthOf(AlarmWindow window) => window == AlarmWindow.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);

    // The operator works on the store itself; what leaves by the command line is on record like any export.
    private static readonly string OfNamed = $"r.actor <> '{Actor.Operator.Name}' and r.at > $1 and r.at <= $2 and r.what <> {(short)ReadKind.Alarm} and r.sight <> {(short)Sight.DeIdentified}";

    private async Task<List<(string User, long Sum)>> SumsAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"select r.actor, sum(r.named) from {ReadLog.Name} r where {OfNamed} group by r.actor having sum(r.named) > $3");
        command.Parameters.Add(new() { Value = since.UtcDateTime });
        command.Parameters.Add(new() { Value = now.UtcDateTime });
        command.Parameters.Add(new() { Value = (long)limits.Of([]).PerHour });
        var sums = new List<(string, long)>();
        await using var r = await command.ExecuteReaderAsync(cancellation);
        while (await r.ReadAsync(cancellation)) sums.Add((r.GetString(0), r.GetInt64(1)));
        return sums;
    }

    private async Task<int> DifferentAsync(string user, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select count(distinct h)::int from {ReadLog.Name} r, unnest(array_append(r.households, r.household)) h where {OfNamed} and r.actor = $3
            """);
        command.Parameters.Add(new() { Value = since.UtcDateTime });
        command.Parameters.Add(new() { Value = now.UtcDateTime });
        command.Parameters.Add(new() { Value = user });
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>False where one of the window stands already. Two servers that look at once raise one.</summary>
    private async Task<bool> RaiseAsync(ReadingAlarm alarm, DateTimeOffset since, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var alone = new NpgsqlCommand($"select pg_advisory_xact_lock(hashtext('{ReadLog.Name} {List}'))", connection)) await alone.ExecuteNonQueryAsync(cancellation);
        await using var command = new NpgsqlCommand($"""
            insert into {ReadLog.Name} (id, at, actor, what, sight, detail, named)
            select $1, $2, $3, {(short)ReadKind.Alarm}, {(short)Sight.None}, $4, $5
            where not exists (select 1 from {ReadLog.Name} where actor = $3 and what = {(short)ReadKind.Alarm} and at > $6 and detail like $7)
            """, connection);
        var question = Question.Of(List, null, ("window", alarm.Window), ("households", alarm.Households), ("limit", alarm.Limit)).Write(t => t);
        foreach (var value in new object[]
        {
            Guid.CreateVersion7(alarm.At), alarm.At.UtcDateTime, alarm.User, question, alarm.Households, since.UtcDateTime, Question.Of(List, null, ("window", alarm.Window)).Write(t => t) + "&%",
        }) command.Parameters.Add(new() { Value = value });
        var done = await command.ExecuteNonQueryAsync(cancellation) == 1;
        await transaction.CommitAsync(cancellation);
        return done;
    }
}
