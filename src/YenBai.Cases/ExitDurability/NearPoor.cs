using System.Runtime.InteropServices;
using Npgsql;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Registering;

namespace YenBai.Cases.ExitDurability;

/// <summary>
/// Decisions by which a household became near-poor, under the standard of the list of their day. They are no facts of the
/// list and stand in no ledger; who asks for returns among the poor or near-poor needs them beside it.
/// </summary>
public sealed class NearPoor
{
    private readonly Dictionary<Guid, List<ListFact>> decisions;
    private ListFact[] buffer = new ListFact[64];

    private NearPoor(Dictionary<Guid, List<ListFact>> decisions) => this.decisions = decisions;

    public static async Task<NearPoor> ReadAsync(NpgsqlDataSource source, long position, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select stream_id, version, seq_id, (data ->> 'on')::date, (data ->> 'recorded')::timestamptz, data ->> 'standard', correlation_id
            from {StoreSchema.Name}.mt_events where type = $1 and seq_id <= $2 and data ->> 'class' = 'near_poor'
            """);
        command.Parameters.Add(new() { Value = Facts.All.First(f => f.Type == typeof(ClassDecided)).Name });
        command.Parameters.Add(new() { Value = position });
        await using var r = await command.ExecuteReaderAsync(cancellation);
        var decisions = new Dictionary<Guid, List<ListFact>>();
        while (await r.ReadAsync(cancellation))
        {
            var on = r.GetFieldValue<DateOnly>(3);
            var standard = r.GetString(5);
            if (PovertyStandards.InForce(on).Code != standard) continue;
            ref var of = ref CollectionsMarshal.GetValueRefOrAddDefault(decisions, r.GetGuid(0), out _);
            (of ??= []).Add(new(
                r.GetGuid(0), (int)r.GetInt64(1), r.GetInt64(2), on, r.GetFieldValue<DateTimeOffset>(4), null, FactKind.Enter, null, standard, PovertyClass.NearPoor,
                EntryCause.Deterioration, null, null, null, r.IsDBNull(6) ? null : HouseholdProjection.ImportOf(r.GetString(6)), null, null, null, null, null));
        }
        return new(decisions);
    }

    /// <summary>The facts of a household with its decisions among them, to be worked upon in place.</summary>
    internal Span<ListFact> With(Span<ListFact> facts)
    {
        if (facts.Length == 0 || !decisions.TryGetValue(facts[0].Household, out var more)) return facts;
        if (buffer.Length < facts.Length + more.Count) buffer = new ListFact[(facts.Length + more.Count) * 2];
        facts.CopyTo(buffer);
        more.CopyTo(buffer, facts.Length);
        return buffer.AsSpan(0, facts.Length + more.Count);
    }

    /// <summary>
    /// The list as if it were of the poor and near-poor: an exit to near-poor leaves nobody out of it, and a household out of
    /// both is back with whichever comes first. Works in place, on facts in their order.
    /// </summary>
    internal static Span<ListFact> Broadened(Span<ListFact> facts)
    {
        var (count, status, byNearPoverty) = (0, ListStatus.Unknown, false);
        foreach (var fact in facts)
        {
            switch (fact.Kind)
            {
                case FactKind.Enter when fact.Class == PovertyClass.NearPoor && status != ListStatus.Out:
                case FactKind.Exit when fact.Class == PovertyClass.NearPoor:
                    continue;
                // Poor after near-poor: it was back already.
                case FactKind.Enter when fact.Class != PovertyClass.NearPoor && status == ListStatus.Poor && byNearPoverty:
                    byNearPoverty = false;
                    continue;
                case FactKind.Enter:
                    (status, byNearPoverty) = (ListStatus.Poor, fact.Class == PovertyClass.NearPoor);
                    break;
                case FactKind.Exit when status is ListStatus.Poor or ListStatus.Unknown:
                    status = ListStatus.Out;
                    break;
                case FactKind.Split when fact.Class is { } c:
                    status = c == PovertyClass.Poor ? ListStatus.Poor : ListStatus.Out;
                    break;
                case FactKind.MoveOut or FactKind.Dissolve:
                    status = ListStatus.Gone;
                    break;
            }
            facts[count++] = fact;
        }
        return facts[..count];
    }
}
