using Marten;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Decisions;

/// <summary>A household with the name of its head.</summary>
/// <param name="HeadName">None where no name is recorded, or where it was erased.</param>
public sealed record NamedCase(Household Household, string? HeadName, bool HeadErased);

/// <summary>The households of a place with all their facts, for those who may act on them.</summary>
public sealed class PlaceCases(NpgsqlDataSource source, IDocumentStore store, PlaceCatalog places)
{
    /// <param name="place">The id of a unit: everything that belongs to it. None for all that is theirs.</param>
    /// <param name="which">A further condition on the caseload <c>c</c>.</param>
    internal async Task<IReadOnlyList<NamedCase>> ReadAsync(
        Actor who, Operation operation, string? place, string? hamlet, CancellationToken cancellation, string which = "true")
    {
        var heads = new Dictionary<Guid, (string? Name, bool Erased)>();
        await using (var command = source.CreateCommand($"""
            select c.household, p.data ->> 'name', (p.data ->> 'erased') is not null, c.unit, c.hamlet, c.shared, c.restricted
            from {CaseloadTable.Name} c left join {StoreSchema.Name}.mt_doc_person p on p.id = c.head_id
            where ($1::varchar[] is null or c.unit = any($1)) and ($2::varchar is null or c.hamlet = $2) and {which}
            """))
        {
            command.Parameters.Add(new() { Value = place is null ? DBNull.Value : places.Within(place).ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Varchar });
            command.Parameters.Add(new() { Value = (object?)hamlet ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Varchar });
            await using var r = await command.ExecuteReaderAsync(cancellation);
            while (await r.ReadAsync(cancellation))
                if (who.SightOf(operation, new(r.GetGuid(0), r.GetString(3), r.IsDBNull(4) ? null : r.GetString(4), r.GetBoolean(5), r.GetBoolean(6))) == Sight.Full)
                    heads[r.GetGuid(0)] = (r.IsDBNull(1) ? null : r.GetString(1), r.GetBoolean(2));
        }
        await using var session = store.QuerySession();
        var cases = new List<NamedCase>(heads.Count);
        foreach (var some in heads.Keys.Chunk(1000))
            foreach (var household in await session.LoadManyAsync<Household>(cancellation, some))
                if (who.SightOf(operation, Subjects.Of(household)) == Sight.Full) cases.Add(new(household, heads[household.Id].Name, heads[household.Id].Erased));
        return cases;
    }

    /// <summary>Of these households, the codes of those that stand in a place and are theirs to act on.</summary>
    public async Task<IReadOnlySet<Guid>> StandingInAsync(Actor who, Operation operation, string place, string? hamlet, IEnumerable<string> codes, CancellationToken cancellation)
    {
        var within = places.Within(place);
        await using var session = store.QuerySession();
        var here = new HashSet<Guid>();
        foreach (var some in codes.Chunk(1000))
            foreach (var (id, household) in await session.HouseholdsAsync(some, cancellation))
                if (Subjects.Of(household) is var subject && within.Contains(subject.Unit) && (hamlet is null || hamlet == subject.Hamlet) && who.May(operation, subject)) here.Add(id);
        return here;
    }

    /// <summary>The hamlets of a place, as households are said to stand in them.</summary>
    public async Task<IReadOnlyList<string>> HamletsAsync(string place, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"select distinct hamlet collate \"vi-x-icu\" as h from {CaseloadTable.Name} where unit = any($1) and hamlet is not null order by h");
        command.Parameters.Add(new() { Value = places.Within(place).ToArray() });
        await using var r = await command.ExecuteReaderAsync(cancellation);
        var hamlets = new List<string>();
        while (await r.ReadAsync(cancellation)) hamlets.Add(r.GetString(0));
        return hamlets;
    }

    /// <summary>The communes of a day in all of which an operation is somebody's.</summary>
    public IReadOnlyList<Unit> CommunesOf(Actor who, Operation operation, DateOnly day) =>
        [.. places.In(Level.Commune, day).Where(u => who.MayAt(operation, u.Id, null)).OrderBy(u => VietnameseText.Fold(u.ShortName), StringComparer.Ordinal)];
}
