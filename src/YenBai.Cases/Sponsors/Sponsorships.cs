using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Sponsors;

/// <summary>The time in which one agency stood by a household, with what came of it.</summary>
/// <param name="Until">The day from which it did no more.</param>
/// <param name="From">The agency that handed the household over.</param>
/// <param name="To">The agency to which it was handed over.</param>
/// <param name="Pledged">VND.</param>
/// <param name="Visits">The days on which the household was visited in that time.</param>
/// <param name="Exits">The days in it on which it left poverty.</param>
public sealed record Sponsorship(
    string Sponsor, DateOnly Since, DateOnly? Until, string? From, string? To, decimal Pledged, decimal Delivered, decimal Verified,
    IReadOnlyList<DateOnly> Visits, IReadOnlyList<DateOnly> Exits);

public static class Sponsorships
{
    /// <summary>Who stood by a household, one after the other.</summary>
    public static IReadOnlyList<Sponsorship> Of(Household household)
    {
        if (!household.Facts.Any(f => f.Event is SponsorAssigned)) return [];
        var facts = household.Visible(DateTimeOffset.MaxValue);
        facts.Sort(Fact.Order);
        var state = household.Latest();
        var told = new List<Sponsorship>();
        foreach (var fact in facts)
        {
            var open = told.FindLastIndex(s => s.Until is null);
            switch (fact.Event)
            {
                case SponsorAssigned e:
                    if (open >= 0) told[open] = told[open] with { Until = e.On, To = e.Sponsor };
                    told.Add(new(e.Sponsor, e.On, null, e.From, null, 0, 0, 0, [], []));
                    break;
                case SponsorReleased e when open >= 0 && told[open].Sponsor == e.Sponsor:
                    told[open] = told[open] with { Until = e.On };
                    break;
                case MovedOut or Dissolved or MergedInto when open >= 0:
                    told[open] = told[open] with { Until = fact.Event.On };
                    break;
                case VisitRecorded e when open >= 0:
                    told[open] = told[open] with { Visits = [.. told[open].Visits, e.On] };
                    break;
                case Exited e when open >= 0 && !state.IgnoredFacts.ContainsKey(fact.Version):
                    told[open] = told[open] with { Exits = [.. told[open].Exits, e.On] };
                    break;
            }
        }
        // A pledge belongs to who stood by the household when it was made, whenever it was kept.
        foreach (var pledge in state.Pledges.Values)
        {
            var made = told.FindLastIndex(s => s.Sponsor == pledge.Made.Sponsor && s.Since <= pledge.Made.On);
            if (made < 0) continue;
            var delivered = pledge.Delivered?.Amount ?? 0;
            told[made] = told[made] with
            {
                Pledged = told[made].Pledged + pledge.Made.Amount,
                Delivered = told[made].Delivered + delivered,
                Verified = told[made].Verified + (pledge.Verified is null ? 0 : delivered),
            };
        }
        return told;
    }
}
