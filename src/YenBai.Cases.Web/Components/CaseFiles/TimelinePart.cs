using YenBai.Cases.Households;

namespace YenBai.Cases.Web.Components.CaseFiles;

/// <summary>Facts that the timeline shows as one: recorded in one act, or confirmations of year after year.</summary>
public sealed record TimelinePart(IReadOnlyList<TimelineEntry> Entries, bool IsConfirmations = false)
{
    /// <summary>So many confirmations in a row are folded.</summary>
    private const int Many = 3;

    /// <param name="entries">Newest first.</param>
    public static IReadOnlyList<TimelinePart> Of(IReadOnlyList<TimelineEntry> entries)
    {
        var parts = new List<TimelinePart>();
        for (var i = 0; i < entries.Count;)
        {
            var confirmations = entries.Skip(i).TakeWhile(IsPlainConfirmation).Count();
            var take = confirmations >= Many ? confirmations : 1 + entries.Skip(i + 1).TakeWhile((e, k) => InOneAct(entries[i + k], e)).Count();
            parts.Add(new([.. entries.Skip(i).Take(take)], confirmations >= Many));
            i += take;
        }
        return parts;
    }

    private static bool IsPlainConfirmation(TimelineEntry e) => e is { Annulment: null, Oddity: null, Fact.Event: ExitConfirmed };

    /// <summary>A decision and what it does to the list are written down one after the other, at one instant.</summary>
    private static bool InOneAct(TimelineEntry later, TimelineEntry earlier) =>
        later.Fact.Version == earlier.Fact.Version + 1 && later.Fact.Event.On == earlier.Fact.Event.On && later.Fact.Event.Recorded == earlier.Fact.Event.Recorded
        && later.Fact.Import == earlier.Fact.Import && earlier.Fact.Event is ClassDecided or Assessed && later.Annulment is null && earlier.Annulment is null;
}
