using JasperFx;
using Marten;
using Npgsql;
using YenBai.Cases.Households;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Support;

/// <summary>What the clock did in one round.</summary>
public sealed record ClockRound(int Households, int Missed, int Ended, int Reminded, int Escalated);

/// <summary>
/// The daily work of the clock. The read model says whom to look at, the soonest first; what is told is decided from the
/// household itself and appended at the version that it was decided on. Why a swept table and no scheduled message a
/// condition: ops/docs/decisions.
/// </summary>
public sealed class ClockWork(IDocumentStore store, NpgsqlDataSource source, Freshness freshness, TimeProvider clock)
{
    /// <summary>Whom the record names for what the clock tells.</summary>
    public const string By = "clock";

    private const int AtOnce = 200;
    private const int MostAttempts = 20;
    private const long Lock = 0x5942_436C_6F63_6B31; // "YBClock1"

    // Also what fell due before a support stood still or was ended, when nobody looked in between.
    private const string Ripe = $"""
        select household from (
            select household, due as day from {SupportTables.Conditions} where {SupportTables.Waits} and due < $1 and (suspended_since is null or due < suspended_since)
            union all
            select t.household, t.due from {SupportTables.Conditions} t join {SupportTables.Agreements} a on a.id = t.support
            where not t.live and t.state in (0, 1) and t.due < $1 and t.due < a.ended_on
            union all
            select household, ends from {SupportTables.Agreements} where outcome is null and suspended_since is null and ends < $1
        ) t group by household order by min(day), household
        """;

    /// <summary>Does what is due by today, unless another process is at it.</summary>
    public async Task<ClockRound?> RunAsync(IProgress<(int Done, int Of)>? progress, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var take = new NpgsqlCommand($"select pg_try_advisory_lock({Lock})", connection);
        if (await take.ExecuteScalarAsync(cancellation) is not true) return null;
        try
        {
            var (households, missed, ended) = await StrikeAsync(progress, cancellation);
            if (households > 0) await freshness.WaitAsync(TimeSpan.FromMinutes(5), cancellation);
            var (reminded, escalated) = await ReminderTable.MakeAsync(source, clock.Today(), clock.Now(), cancellation);
            return new(households, missed, ended, reminded, escalated);
        }
        finally
        {
            await using var release = new NpgsqlCommand($"select pg_advisory_unlock({Lock})", connection);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private async Task<(int Households, int Missed, int Ended)> StrikeAsync(IProgress<(int Done, int Of)>? progress, CancellationToken cancellation)
    {
        var today = clock.Today();
        List<Guid> ripe = [];
        await using (var command = source.CreateCommand(Ripe))
        {
            command.Parameters.Add(new() { Value = today });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) ripe.Add(reader.GetGuid(0));
        }
        var (households, missed, ended) = (0, 0, 0);
        foreach (var some in ripe.Chunk(AtOnce))
        {
            IReadOnlyList<HouseholdEvent> told;
            try
            {
                told = await TellAsync(some, today, cancellation);
            }
            catch (Exception e) when (LostRace(e))
            {
                // Somebody works on one of them: the others must not wait for it.
                told = [];
                foreach (var one in some) told = [.. told, .. await TellOneAsync(one, today, cancellation)];
            }
            households += some.Length;
            missed += told.Count(e => e is ConditionMissed);
            ended += told.Count(e => e is SupportEnded);
            progress?.Report((households, ripe.Count));
        }
        return (households, missed, ended);
    }

    private async Task<IReadOnlyList<HouseholdEvent>> TellOneAsync(Guid household, DateOnly today, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TellAsync([household], today, cancellation);
            }
            catch (Exception e) when (LostRace(e) && attempt < MostAttempts)
            {
                // Decided anew on what is there now.
            }
        }
    }

    private async Task<IReadOnlyList<HouseholdEvent>> TellAsync(Guid[] ids, DateOnly today, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        session.LastModifiedBy = By;
        session.CausationId = $"{By} {today:yyyy-MM-dd}";
        List<HouseholdEvent> told = [];
        foreach (var household in await session.LoadManyAsync<Household>(cancellation, ids))
        {
            if (Clock.Strike(household, today, clock.Now()) is not { Count: > 0 } events) continue;
            session.Events.Append(household.Id, household.Version + events.Count, events);
            told.AddRange(events);
        }
        if (told.Count > 0) await session.SaveChangesAsync(cancellation);
        return told;
    }

    private static bool LostRace(Exception e) =>
        e is ConcurrencyException || (e.InnerException ?? e) is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
