using System.Runtime.InteropServices;
using Npgsql;
using YenBai.Cases.Households;

namespace YenBai.Cases.ExitDurability;

/// <summary>
/// Households that asked to be taken off the list. A request is no fact of the list and stands in no ledger; who asks whether
/// an exit was wanted needs it beside the register's own mark.
/// </summary>
public sealed class OwnRequests
{
    public const string None = "none", Own = "own", WhilePoor = "while_poor";

    private readonly record struct Request(DateOnly On, DateTimeOffset Recorded, bool ScoresSaidPoor, DateTimeOffset? Annulled, DateOnly? Withdrawn, DateTimeOffset? WithdrawalRecorded);

    private readonly Dictionary<Guid, List<Request>> requests;

    private OwnRequests(long position, Dictionary<Guid, List<Request>> requests) => (Position, this.requests) = (position, requests);

    /// <summary>Up to where the events were read.</summary>
    public long Position { get; }

    public static async Task<OwnRequests> ReadAsync(NpgsqlDataSource source, long position, CancellationToken cancellation)
    {
        const string events = StoreSchema.Name + ".mt_events";
        await using var command = source.CreateCommand($"""
            select r.stream_id, (r.data ->> 'on')::date, (r.data ->> 'recorded')::timestamptz, r.data ->> 'scoresSaid' = 'poor', annulled.recorded, withdrawn.on_day, withdrawn.recorded
            from {events} r
            left join lateral (
                select min((v.data ->> 'recorded')::timestamptz) recorded from {events} v
                where v.stream_id = r.stream_id and v.seq_id <= $2 and v.type = $3 and (v.data ->> 'fact')::int = r.version) annulled on true
            left join lateral (
                select (w.data ->> 'on')::date on_day, (w.data ->> 'recorded')::timestamptz recorded from {events} w
                where w.stream_id = r.stream_id and w.seq_id <= $2 and w.type = $4 and w.version > r.version order by w.version limit 1) withdrawn on true
            where r.type = $1 and r.seq_id <= $2
            """);
        foreach (var value in new object[] { NameOf<ExitRequested>(), position, NameOf<FactAnnulled>(), NameOf<ExitRequestWithdrawn>() }) command.Parameters.Add(new() { Value = value });
        await using var r = await command.ExecuteReaderAsync(cancellation);
        var requests = new Dictionary<Guid, List<Request>>();
        while (await r.ReadAsync(cancellation))
        {
            ref var of = ref CollectionsMarshal.GetValueRefOrAddDefault(requests, r.GetGuid(0), out _);
            (of ??= []).Add(new(
                r.GetFieldValue<DateOnly>(1), r.GetFieldValue<DateTimeOffset>(2), !r.IsDBNull(3) && r.GetBoolean(3), r.IsDBNull(4) ? null : r.GetFieldValue<DateTimeOffset>(4),
                r.IsDBNull(5) ? null : r.GetFieldValue<DateOnly>(5), r.IsDBNull(6) ? null : r.GetFieldValue<DateTimeOffset>(6)));
        }
        return new(position, requests);
    }

    /// <summary>What was known of a request in the year of an exit, not withdrawn by then.</summary>
    internal string Of(Guid household, DateOnly exit, DateTimeOffset knownAt)
    {
        if (!requests.TryGetValue(household, out var of)) return None;
        var asked = None;
        foreach (var r in of)
        {
            if (r.On.Year != exit.Year || r.On > exit || r.Recorded > knownAt || r.Annulled <= knownAt || (r.Withdrawn <= exit && r.WithdrawalRecorded <= knownAt)) continue;
            asked = r.ScoresSaidPoor ? WhilePoor : Own;
        }
        return asked;
    }

    private static string NameOf<T>() => Facts.All.First(f => f.Type == typeof(T)).Name;
}
