using System.Text.Json.Serialization;
using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Decisions;

/// <summary>Who is commended beside households.</summary>
[JsonConverter(typeof(SnakeCase<CommendedWho>))]
public enum CommendedWho { Person, Collective }

/// <summary>A commendation of a person or a collective that helped households out of poverty (Plan 19-KH/TU). Those of households are facts of theirs.</summary>
/// <param name="UnitId">Where they are at home.</param>
public sealed record Commendation(
    Guid Id, CommendedWho Who, string Name, string UnitId, DateOnly On, CommendedBy By, string? DecisionNumber, string? Award, string Clerk, DateTimeOffset Recorded);

/// <summary>What somebody enters.</summary>
public sealed record CommendationEntry(CommendedWho Who, string? Name, string? UnitId, DateOnly? On, CommendedBy By, string? DecisionNumber, string? Award);

/// <summary>The register of commended persons and collectives.</summary>
public sealed class Commendations(IDocumentStore store, PlaceCatalog places, TimeProvider clock)
{
    private static readonly Guid Entries = new("b7a44f0e-0e0c-5d3c-9a55-3f8b4c6d2f10");

    /// <summary>Those of somebody's places, newest first.</summary>
    public async Task<IReadOnlyList<Commendation>> AllAsync(Actor who, string? place, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return [.. (await session.Query<Commendation>().ToListAsync(cancellation))
            .Where(c => who.MayAt(Operation.Decide, c.UnitId, null) && (place is null || places.IsWithin(c.UnitId, place)))
            .OrderByDescending(c => c.On).ThenBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <param name="key">The same key is the same entry.</param>
    public async Task<Refusal?> EnterAsync(Actor who, string key, CommendationEntry entry, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(entry.Name)) return new("required", "name");
        if (entry.Name.Length > 200) return new("text_too_long", "name", 200);
        if (entry.Award?.Length > 400) return new("text_too_long", "award", 400);
        if (entry.DecisionNumber?.Length > 60) return new("text_too_long", "decisionNumber", 60);
        if (entry.On is not { } on) return new("required", "on");
        if (on > clock.Today()) return new("date_in_future", "on", on, clock.Today());
        if (entry.UnitId is null || places.Get(entry.UnitId) is not { } unit) return new("required", "place");
        if (!who.MayAt(Operation.Decide, unit.Id, null)) return new("place_not_yours", "place", unit.Name);

        await using var session = store.LightweightSession();
        session.Store(new Commendation(
            Ids.Named(Entries, $"{who.Name}\n{key}"), entry.Who, entry.Name.Trim(), unit.Id, on, entry.By, Given(entry.DecisionNumber), Given(entry.Award), who.Name, clock.Now()));
        await session.SaveChangesAsync(cancellation);
        return null;
    }

    /// <summary>Taken off the register: entered by mistake, or at the person's wish.</summary>
    /// <returns>False where there is none of that id in their places.</returns>
    public async Task<bool> RemoveAsync(Actor who, Guid id, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<Commendation>(id, cancellation) is not { } there || !who.MayAt(Operation.Decide, there.UnitId, null)) return false;
        session.Delete(there);
        await session.SaveChangesAsync(cancellation);
        return true;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
