using Marten;
using Npgsql;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;

namespace YenBai.Cases.Plan;

/// <summary>A household that was scored and met over, with the meeting's consent, and is not decided yet.</summary>
/// <param name="Version">The meeting.</param>
/// <param name="OnList">It stands on the list.</param>
/// <param name="To">What the meeting consented to.</param>
/// <param name="OwnRequest">It asked for it itself in the year of the meeting.</param>
public sealed record Pending(Guid Household, int Version, DateOnly On, string Unit, bool OnList, PovertyClass To, bool OwnRequest, bool? Merit)
{
    public bool Leaves => OnList && To != PovertyClass.Poor;

    public bool Comes => !OnList && To == PovertyClass.Poor;

    /// <param name="household">As far as it had been told at the position that is asked for.</param>
    /// <returns>None where nothing waits that would count in the plan.</returns>
    public static Pending? Of(Household household, AnnualPlan plan, DateOnly asOf, DateTimeOffset knownAt)
    {
        var then = household.StateAt(asOf, knownAt);
        if (then.Status == ListStatus.Gone || then.OpenReviews.GetValueOrDefault(plan.Standard) is not { Assessment: not null, Meeting: { } meeting }) return null;
        if (!meeting.Consents() || meeting.On < plan.From) return null;
        var pending = new Pending(
            household.Id, household.Facts.First(f => ReferenceEquals(f.Event, meeting)).Version, meeting.On, then.Unit, then.Status == ListStatus.Poor, meeting.Proposed,
            then.ExitRequest?.On.Year == meeting.On.Year, then.Then.Merit);
        return pending.Leaves || pending.Comes ? pending : null;
    }
}

/// <summary>How many wait for a decision. They are beside what was decided and never added to it.</summary>
public readonly record struct PipelineCounts(int Exits, int VoluntaryExits, int MeritExits, int Entries)
{
    public static PipelineCounts operator +(PipelineCounts a, PipelineCounts b) =>
        new(a.Exits + b.Exits, a.VoluntaryExits + b.VoluntaryExits, a.MeritExits + b.MeritExits, a.Entries + b.Entries);

    internal PipelineCounts With(Pending p) => p.Leaves
        ? this with { Exits = Exits + 1, VoluntaryExits = VoluntaryExits + (p.OwnRequest ? 1 : 0), MeritExits = MeritExits + (p.Merit == true ? 1 : 0) }
        : this with { Entries = Entries + 1 };
}

internal static class Pipeline
{
    // Decided once the meeting was told; a decision that was annulled decides nothing.
    private const string Undecided = $"""
        not exists (select 1 from {StoreSchema.Name}.mt_events d
            where d.stream_id = m.stream_id and d.type = 'class_decided' and d.data ->> 'standard' = $1 and d.data ->> 'on' between m.data ->> 'on' and $3 and d.version > m.version
                and d.seq_id <= $4 and (d.data ->> 'recorded')::timestamptz <= $5
                and not exists (select 1 from {StoreSchema.Name}.mt_events a where a.stream_id = d.stream_id and a.type = 'fact_annulled' and (a.data ->> 'fact')::int = d.version))
        """;

    public static async Task<IReadOnlyList<Pending>> ReadAsync(
        NpgsqlDataSource source, IDocumentStore store, AnnualPlan plan, DateOnly asOf, DateTimeOffset knownAt, long position, CancellationToken cancellation)
    {
        if (asOf > plan.Through) asOf = plan.Through;
        var told = new Dictionary<Guid, int>();
        await using (var command = source.CreateCommand($"""
            with met as (
                select distinct m.stream_id from {StoreSchema.Name}.mt_events m
                where m.type = 'meeting_held' and m.data ->> 'standard' = $1 and m.data ->> 'on' between $2 and $3 and m.seq_id <= $4 and {Undecided})
            select e.stream_id, max(e.version)::int from met join {StoreSchema.Name}.mt_events e on e.stream_id = met.stream_id and e.seq_id <= $4 group by e.stream_id
            """))
        {
            command.Parameters.Add(new() { Value = plan.Standard });
            command.Parameters.Add(new() { Value = plan.From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) });
            command.Parameters.Add(new() { Value = asOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) });
            command.Parameters.Add(new() { Value = position });
            command.Parameters.Add(new() { Value = knownAt.UtcDateTime });
            await using var r = await command.ExecuteReaderAsync(cancellation);
            while (await r.ReadAsync(cancellation)) told[r.GetGuid(0)] = r.GetInt32(1);
        }
        await using var session = store.QuerySession();
        var pending = new List<Pending>();
        foreach (var some in told.Keys.Chunk(1000))
            foreach (var household in await session.LoadManyAsync<Household>(cancellation, some))
                if (Pending.Of(household with { Facts = [.. household.Facts.Where(f => f.Version <= told[household.Id])] }, plan, asOf, knownAt) is { } p) pending.Add(p);
        return pending;
    }
}
