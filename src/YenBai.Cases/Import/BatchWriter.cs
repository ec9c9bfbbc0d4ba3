using System.Collections.Concurrent;
using System.Text.Json;
using JasperFx;
using Marten;
using Npgsql;
using NpgsqlTypes;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Import;

/// <summary>
/// Writes the changes of many households in one transaction: events, cases, person records. Known households go through
/// Marten's append. New ones are copied into Marten's own tables: its bulk API (which does the same) writes no case, and
/// a kill between the two would leave a household without one. Measured against the other paths in ops/docs/decisions.
/// </summary>
internal sealed class BatchWriter(IDocumentStore store, NpgsqlDataSource source, TimeProvider clock, string import, string by)
{
    private const string Schema = StoreSchema.Name;

    private static readonly JsonSerializerOptions Text = Json.Options;
    private static readonly ConcurrentDictionary<Type, string> DotNetNames = new();

    /// <summary>The households of these ids as they are now; those not there are missing from the answer.</summary>
    public async Task<Dictionary<Guid, Household>> LoadAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return (await session.LoadManyAsync<Household>(cancellation, [.. ids])).ToDictionary(h => h.Id);
    }

    /// <summary>The records of these households' heads, and the households whose heads have these identity numbers.</summary>
    public async Task<KnownPeople> PeopleAsync(IEnumerable<Household> households, IReadOnlyCollection<string> numbers, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var heads = households.Select(KnownPeople.HeadIdOf).OfType<Guid>().ToArray();
        var known = heads.Length == 0 ? [] : (await session.LoadManyAsync<Person>(cancellation, heads)).ToDictionary(p => p.Id);
        if (numbers.Count == 0) return new(import, known, KnownPeople.NobodyByNumber);
        string[] asked = [.. numbers];
        var people = await session.Query<Person>().Where(p => p.IdNumber!.IsOneOf(asked)).ToListAsync(cancellation);
        var theirs = (await session.LoadManyAsync<Household>(cancellation, [.. people.Select(p => p.HouseholdId).Distinct()])).ToDictionary(h => h.Id);
        return new(import, known, people.Where(p => theirs.TryGetValue(p.HouseholdId, out var h) && h.Latest().HeadId == p.Id).ToLookup(p => p.IdNumber!, p => (p.HouseholdId, theirs[p.HouseholdId].Code)));
    }

    /// <summary>All or nothing; a household or a head's record that somebody changed meanwhile fails the batch.</summary>
    public async Task WriteAsync(IReadOnlyList<HouseholdChange> changes, CancellationToken cancellation)
    {
        var fresh = changes.Where(c => !c.Before.Exists && c.Events.Count > 0).ToList();
        var known = changes.Where(c => c.Before.Exists).ToList();
        if (fresh.Count > 0) await CopyAsync([.. fresh.Select(c => new NewStream(c.Before.Id, c.Events, c.Head is null ? [] : [c.Head]))], cancellation);
        if (known.Count > 0) await AppendAsync(known, cancellation);
    }

    private async Task AppendAsync(List<HouseholdChange> changes, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        session.CorrelationId = HouseholdProjection.ImportPrefix + import;
        session.LastModifiedBy = by;
        foreach (var change in changes.Where(c => c.Events.Count > 0))
        {
            session.Events.Append(change.Before.Id, change.Before.Version + change.Events.Count, change.Events);
            session.StoreObjects(change.Records);
        }
        await CorrectHeadsAsync(session, changes, cancellation);
        await session.SaveChangesAsync(cancellation);
    }

    /// <summary>Copies new streams with their cases and records, all or nothing.</summary>
    public async Task CopyAsync(IReadOnlyList<NewStream> streams, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var facts = streams.Select(s => Numbered(s)).ToList();

        await using (var copy = await connection.BeginBinaryImportAsync($"copy {Schema}.mt_streams (id, type, version, timestamp, created) from stdin binary", cancellation))
        {
            foreach (var stream in streams)
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(stream.Id, NpgsqlDbType.Uuid, cancellation);
                await copy.WriteAsync("household", NpgsqlDbType.Varchar, cancellation);
                await copy.WriteAsync((long)stream.Events.Count, NpgsqlDbType.Bigint, cancellation);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellation);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellation);
            }
            await copy.CompleteAsync(cancellation);
        }

        await using (var copy = await connection.BeginBinaryImportAsync($"copy {Schema}.mt_doc_household (id, data, mt_last_modified, mt_dotnet_type) from stdin binary", cancellation))
        {
            for (var i = 0; i < streams.Count; i++)
            {
                var household = Household.Nobody(streams[i].Id).With(facts[i]);
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(household.Id, NpgsqlDbType.Uuid, cancellation);
                await copy.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(household, Text), NpgsqlDbType.Jsonb, cancellation);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellation);
                await copy.WriteAsync(typeof(Household).FullName!, NpgsqlDbType.Varchar, cancellation);
            }
            await copy.CompleteAsync(cancellation);
        }

        await CopyRecordsAsync(connection, streams, now, cancellation);

        // Last, and with everything ready to be sent: the projections wait at a sequence number that is taken and not yet committed.
        var told = facts.ConvertAll(all => all.ConvertAll(f => JsonSerializer.SerializeToUtf8Bytes(f.Event, f.Event.GetType(), Text)));
        var sequence = await TakeSequenceAsync(connection, facts.Sum(f => f.Count), cancellation);
        var next = 0;
        var correlation = HouseholdProjection.ImportPrefix + import;
        await using (var copy = await connection.BeginBinaryImportAsync(
            $"copy {Schema}.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, user_name, is_archived) from stdin binary", cancellation))
        {
            for (var i = 0; i < streams.Count; i++)
            {
                foreach (var (at, fact) in facts[i].Index())
                {
                    await copy.StartRowAsync(cancellation);
                    await copy.WriteAsync(sequence[next++], NpgsqlDbType.Bigint, cancellation);
                    await copy.WriteAsync(fact.Id, NpgsqlDbType.Uuid, cancellation);
                    await copy.WriteAsync(streams[i].Id, NpgsqlDbType.Uuid, cancellation);
                    await copy.WriteAsync((long)fact.Version, NpgsqlDbType.Bigint, cancellation);
                    await copy.WriteAsync(told[i][at], NpgsqlDbType.Jsonb, cancellation);
                    await copy.WriteAsync(Facts.NameOf(fact.Event), NpgsqlDbType.Varchar, cancellation);
                    await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellation);
                    await copy.WriteAsync(DotNetName(fact.Event.GetType()), NpgsqlDbType.Varchar, cancellation);
                    await copy.WriteAsync(correlation, NpgsqlDbType.Varchar, cancellation);
                    await copy.WriteAsync(by, NpgsqlDbType.Varchar, cancellation);
                    await copy.WriteAsync(false, NpgsqlDbType.Boolean, cancellation);
                }
            }
            await copy.CompleteAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    private List<Fact> Numbered(NewStream stream)
    {
        var ids = Ids.InOrder(stream.Events.Count, clock.GetUtcNow());
        return [.. stream.Events.Select((e, i) => new Fact(i + 1, ids[i], e, import))];
    }

    private static string DotNetName(Type type) => DotNetNames.GetOrAdd(type, t => $"{t.FullName}, {t.Assembly.GetName().Name}");

    private static async Task<long[]> TakeSequenceAsync(NpgsqlConnection connection, int count, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select array_agg(nextval('{Schema}.mt_events_sequence')) from generate_series(1, $1)", connection);
        command.Parameters.Add(new() { Value = count });
        return (long[])(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task CopyRecordsAsync(NpgsqlConnection connection, IReadOnlyList<NewStream> streams, DateTime now, CancellationToken cancellation)
    {
        var people = streams.SelectMany(s => s.Records).OfType<Person>().ToList();
        if (people.Count > 0)
        {
            await using var copy = await connection.BeginBinaryImportAsync($"copy {Schema}.mt_doc_person (id, data, search_name, mt_last_modified, mt_dotnet_type) from stdin binary", cancellation);
            foreach (var person in people)
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(person.Id, NpgsqlDbType.Uuid, cancellation);
                await copy.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(person, Text), NpgsqlDbType.Jsonb, cancellation);
                await copy.WriteAsync(person.SearchName, NpgsqlDbType.Varchar, cancellation);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellation);
                await copy.WriteAsync(typeof(Person).FullName!, NpgsqlDbType.Varchar, cancellation);
            }
            await copy.CompleteAsync(cancellation);
        }
        var notes = streams.SelectMany(s => s.Records).OfType<Note>().ToList();
        if (notes.Count > 0)
        {
            await using var copy = await connection.BeginBinaryImportAsync($"copy {Schema}.mt_doc_note (id, data, mt_last_modified, mt_dotnet_type) from stdin binary", cancellation);
            foreach (var note in notes)
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(note.Id, NpgsqlDbType.Uuid, cancellation);
                await copy.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(note, Text), NpgsqlDbType.Jsonb, cancellation);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, cancellation);
                await copy.WriteAsync(typeof(Note).FullName!, NpgsqlDbType.Varchar, cancellation);
            }
            await copy.CompleteAsync(cancellation);
        }
    }

    private static async Task CorrectHeadsAsync(IDocumentSession session, IReadOnlyList<HouseholdChange> changes, CancellationToken cancellation)
    {
        var corrections = changes.Select(c => c.Correction).OfType<HeadCorrection>().ToList();
        if (corrections.Count == 0) return;
        // An erasure that goes on at the same moment is waited for, or waits: a record read before it must not be written after it.
        await session.BeginTransactionAsync(cancellation);
        Guid[] ids = [.. corrections.Select(c => c.Before.Id)];
        await using (var @lock = new NpgsqlCommand($"select id from {Schema}.mt_doc_person where id = any($1) order by id for update", session.Connection))
        {
            @lock.Parameters.Add(new() { Value = ids });
            await @lock.ExecuteNonQueryAsync(cancellation);
        }
        var persons = (await session.LoadManyAsync<Person>(cancellation, ids)).ToDictionary(p => p.Id);
        foreach (var correction in corrections)
        {
            if (!persons.TryGetValue(correction.Before.Id, out var person) || person.Erased is not null) continue;
            // Somebody corrected the record since: what was decided is decided again.
            if (!IsSame(person, correction.Before)) throw new ConcurrencyException(typeof(Person), person.Id);
            session.Store(correction.After);
        }
    }

    /// <summary>Lists are compared by what is in them.</summary>
    private static bool IsSame(Person a, Person b) => a with { Superseded = b.Superseded, Listings = b.Listings } == b && (a.Listings ?? []).SequenceEqual(b.Listings ?? []);
}

/// <summary>A stream that is not there yet, with the person and note records that its events refer to.</summary>
internal sealed record NewStream(Guid Id, IReadOnlyList<HouseholdEvent> Events, IReadOnlyList<object> Records);
