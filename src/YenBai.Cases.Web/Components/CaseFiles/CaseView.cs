using YenBai.Cases.CaseFiles;
using YenBai.Cases.Households;

namespace YenBai.Cases.Web.Components.CaseFiles;

/// <summary>A fact as the timeline shows it.</summary>
/// <param name="Annulment">The fact that annulled it or withdrew its import, as far as known.</param>
/// <param name="Oddity">Why the list had to ignore it.</param>
public sealed record TimelineEntry(Fact Fact, Fact? Annulment, Ignored? Oddity)
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(8);

    /// <summary>Whether it was learnt so much later (or earlier) that both dates must be said.</summary>
    public bool RecordedApart => (Fact.Event.Recorded - Days.StartOf(Fact.Event.On)).Duration() > Long;
}

/// <summary>The case as of a day, as known on a day.</summary>
public sealed class CaseView
{
    public CaseView(CaseFile file, DateOnly today, DateOnly? asOf, DateOnly? knownAt)
    {
        (File, Today, AsOf, KnownAt) = (file, today, asOf, knownAt);
        var known = knownAt is { } k ? Days.EndOf(k) : DateTimeOffset.MaxValue;
        State = file.Household.StateAt(asOf ?? today, known);

        var told = file.Household.Facts.Where(f => f.Event.Recorded <= known).ToList();
        var annulments = told.Where(f => f.Event is FactAnnulled).ToDictionary(f => ((FactAnnulled)f.Event).Fact);
        var withdrawals = told.Where(f => f.Event is ImportWithdrawn).GroupBy(f => ((ImportWithdrawn)f.Event).Import).ToDictionary(g => g.Key, g => g.First());
        var entries = told.Where(f => f.Event is not FactAnnulled && (asOf is null || f.Event.On <= asOf))
            .Select(f => new TimelineEntry(
                f, annulments.GetValueOrDefault(f.Version) ?? (f.Import is { } i ? withdrawals.GetValueOrDefault(i) : null),
                State.IgnoredFacts.TryGetValue(f.Version, out var odd) ? odd : null))
            .ToList();
        entries.Sort((a, b) => Fact.Order(b.Fact, a.Fact));
        Entries = entries;
        Stops = [.. file.Household.Facts.Select(f => Days.DayOf(f.Event.Recorded)).Distinct().Order()];
    }

    public CaseFile File { get; }
    public DateOnly Today { get; }
    public DateOnly? AsOf { get; }
    public DateOnly? KnownAt { get; }
    public HouseholdState State { get; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<TimelineEntry> Entries { get; }

    /// <summary>The days on which something was learnt, oldest first.</summary>
    public IReadOnlyList<DateOnly> Stops { get; }

    public DateOnly Day => AsOf ?? Today;

    public bool Then => AsOf is not null || KnownAt is not null;
}
