using Marten;
using YenBai.Cases.Calendar;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Privacy;

/// <summary>Somebody read the household's data.</summary>
/// <param name="What">What was opened, exported or searched for.</param>
/// <param name="From">Where from.</param>
/// <param name="Reason">Where one was needed.</param>
public sealed record DataRead(DateTimeOffset At, string User, string What, string? From, string? Reason);

/// <summary>A fact with who wrote it down, and whether it still counts.</summary>
public sealed record HeldFact(Fact Fact, string? By, DateTimeOffset Stored, bool Counts);

/// <summary>Everything that is held about a household and its people, and everybody who read it (Law 91/2025, Art. 4.1 c, d).</summary>
/// <param name="State">What the household is today.</param>
/// <param name="Facts">As they were told, the oldest first; annulled ones too.</param>
/// <param name="Reads">The newest first; none where reading is not recorded, which is not the same as nobody.</param>
public sealed record AccessReport(
    string Code, DateTimeOffset At, HouseholdState State, IReadOnlyList<HeldFact> Facts, IReadOnlyList<Person> People, IReadOnlyList<Note> Notes, IReadOnlyList<DataRead>? Reads)
{
    public static AccessReport Of(
        Household household, IReadOnlyDictionary<int, (string? By, DateTimeOffset Stored)> writings, IReadOnlyList<Person> people, IReadOnlyList<Note> notes,
        IReadOnlyList<DataRead>? reads, DateTimeOffset now)
    {
        var counting = household.Visible(DateTimeOffset.MaxValue).Select(f => f.Version).ToHashSet();
        var facts = household.Facts.ToList();
        facts.Sort(Fact.Order);
        return new(
            household.Code, now, household.StateAt(Days.DayOf(now), DateTimeOffset.MaxValue),
            [.. facts.Select(f => new HeldFact(f, writings.GetValueOrDefault(f.Version).By, writings.GetValueOrDefault(f.Version).Stored, counting.Contains(f.Version) || f.Event is FactAnnulled or ImportWithdrawn))],
            [.. people.OrderBy(p => p.Recorded).ThenBy(p => p.Id)], [.. notes.OrderBy(n => n.Recorded).ThenBy(n => n.Id)], reads?.OrderByDescending(r => r.At).ToList());
    }
}

/// <summary>Puts together what is held about a household.</summary>
public sealed class AccessReports(IDocumentStore store, TimeProvider clock)
{
    public async Task<AccessReport?> OfAsync(string code, IReadOnlyList<DataRead>? reads, CancellationToken cancellation)
    {
        var id = Ids.Household(code);
        await using var session = store.QuerySession();
        if (await session.LoadAsync<Household>(id, cancellation) is not { } household) return null;
        var events = await session.Events.FetchStreamAsync(id, token: cancellation);
        var people = await session.Query<Person>().Where(p => p.HouseholdId == id).ToListAsync(cancellation);
        var notes = await session.Query<Note>().Where(n => n.HouseholdId == id).ToListAsync(cancellation);
        return AccessReport.Of(household, events.ToDictionary(e => (int)e.Version, e => (e.UserName, e.Timestamp)), people, notes, reads, clock.GetUtcNow());
    }
}
