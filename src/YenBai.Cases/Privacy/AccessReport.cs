using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Privacy;

/// <summary>A fact with who wrote it down, and whether it still counts.</summary>
public sealed record HeldFact(Fact Fact, string? By, DateTimeOffset Stored, bool Counts);

/// <summary>Everything that is held about a household and its people, and everybody who read it (Law 91/2025, Art. 4.1 c, d).</summary>
/// <param name="State">What the household is today.</param>
/// <param name="Facts">As they were told, the oldest first; annulled ones too.</param>
/// <param name="Reads">The newest first.</param>
public sealed record AccessReport(
    string Code, DateTimeOffset At, HouseholdState State, IReadOnlyList<HeldFact> Facts, IReadOnlyList<Person> People, IReadOnlyList<Note> Notes, IReadOnlyList<ReadEntry> Reads)
{
    public static AccessReport Of(
        Household household, IReadOnlyDictionary<int, (string? By, DateTimeOffset Stored)> writings, IReadOnlyList<Person> people, IReadOnlyList<Note> notes,
        IReadOnlyList<ReadEntry> reads, DateTimeOffset now)
    {
        var counting = household.Visible(DateTimeOffset.MaxValue).Select(f => f.Version).ToHashSet();
        var facts = household.Facts.ToList();
        facts.Sort(Fact.Order);
        return new(
            household.Code, now, household.StateAt(Days.DayOf(now), DateTimeOffset.MaxValue),
            [.. facts.Select(f => new HeldFact(f, writings.GetValueOrDefault(f.Version).By, writings.GetValueOrDefault(f.Version).Stored, counting.Contains(f.Version) || f.Event is FactAnnulled or ImportWithdrawn))],
            [.. people.OrderBy(p => p.Recorded).ThenBy(p => p.Id)], [.. notes.OrderBy(n => n.Recorded).ThenBy(n => n.Id)], [.. reads.OrderByDescending(r => r.At)]);
    }
}

/// <summary>Puts together what is held about a household.</summary>
public sealed class AccessReports(IDocumentStore store, ReadLog log, TimeProvider clock)
{
    /// <returns>None for a household that is not there, or not theirs to report on.</returns>
    public async Task<AccessReport?> OfAsync(Actor who, string code, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        if (await session.HouseholdAsync(code, cancellation) is not { } household || !who.May(Operation.ReportToPerson, Subjects.Of(household))) return null;
        var id = household.Id;
        await log.AddAsync(who, ReadKind.ReportedToPerson, Sight.Full, id, new Question("data", []), cancellation);
        var reads = await log.OfHouseholdAsync(id, cancellation);
        var events = await session.Events.FetchStreamAsync(id, token: cancellation);
        var people = await session.Query<Person>().Where(p => p.HouseholdId == id).ToListAsync(cancellation);
        var notes = await session.Query<Note>().Where(n => n.HouseholdId == id).ToListAsync(cancellation);
        return AccessReport.Of(household, events.ToDictionary(e => (int)e.Version, e => (e.UserName, e.Timestamp)), people, notes, reads, clock.GetUtcNow());
    }
}
