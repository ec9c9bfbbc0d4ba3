using System.Text.Json.Serialization;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;

namespace YenBai.Cases.Decisions;

[JsonConverter(typeof(SnakeCase<LetterKind>))]
public enum LetterKind
{
    Exit,

    /// <summary>It asked to leave the list, and was decided otherwise.</summary>
    RequestRefused,

    /// <summary>No longer near-poor.</summary>
    LosesClass,
    NewlyPoor, ReEntry, BecomesNearPoor, Stays,
}

/// <summary>Support under way that the decision leaves as it is.</summary>
public sealed record SupportThatStays(Agreement Agreement, DateOnly Until);

/// <summary>
/// What a household is told of a decision on it: what the decision rests on, what it changes, how to contest it. As the
/// facts tell it today: what is annulled has no letter.
/// </summary>
/// <param name="Area">The area whose limits counted; none where nobody said which.</param>
/// <param name="Rules">None for a standard that is no longer there.</param>
/// <param name="NewlyEscapedUntil">Until when it is taken for newly escaped, where it is.</param>
public sealed record Letter(
    Household Household, int Version, ClassDecided Decision, LetterKind Kind, bool OwnRequest, HouseholdState Before, PovertyClass? ClassBefore, Grounds Grounds, StandardRules? Rules,
    Area? Area, IReadOnlyList<SupportThatStays> Agreements, IReadOnlyList<Instrument> Ends, IReadOnlyList<Instrument> Stays, IReadOnlyList<Instrument> Opens, DateOnly? NewlyEscapedUntil)
{
    /// <param name="version">The version of the decision in the household's stream.</param>
    public static Letter? Of(Household household, int version, StandardBook book, PlaceCatalog places)
    {
        if (household.Visible(DateTimeOffset.MaxValue).Find(f => f.Version == version) is not { Event: ClassDecided decision } fact) return null;
        var before = household.StateBefore(fact);
        // The fact of the list that it brought was written with it.
        var brought = household.Facts.Where(f => f.Version == version + 1 && f.Event is Exited or ListedPoor or ReEntered && f.Event.On == decision.On && f.Event.Recorded - decision.Recorded < TimeSpan.FromMinutes(1));
        var effect = ListEffects.Of(before, brought.Select(f => f.Event).Prepend(decision));
        var counts = effect != ListEffect.RecordedOnly;
        var grounds = Grounds.Of(before, decision.Standard, book, places);
        var rules = book.Find(decision.Standard);

        var standing = Eligibility.StandingOn(before, decision.On);
        DateOnly? escaped = effect == ListEffect.ExitsFully ? decision.On
            : decision.Class == PovertyClass.NotPoor && before.Status == ListStatus.Out && before.LastExit?.AddMonths(Eligibility.NewlyEscapedMonths) >= decision.On ? before.LastExit : null;
        var next = !counts ? standing : decision.Class switch { PovertyClass.Poor => "poor", PovertyClass.NearPoor => "near_poor", _ => escaped is null ? "not_poor" : "newly_escaped" };
        var offered = Instruments.All.Where(i => !(decision.On < i.From) && !(decision.On > i.Until)).ToList();
        return new(
            household, version, decision, KindOf(effect, before, decision), before.ExitRequest is not null, before, before.ClassOn(decision.On)?.Class.Class, grounds, rules,
            grounds.Assessment?.Area ?? before.Area ?? places.Get(before.Unit)?.Area,
            [.. before.Agreements.Values.Where(a => a.StateOn(decision.On) is SupportState.Agreed or SupportState.Active or SupportState.Suspended && a.EndOn(decision.On) >= decision.On)
                .OrderBy(a => a.Start).Select(a => new SupportThatStays(a, a.EndOn(decision.On)))],
            [.. offered.Where(i => i.ForClasses.Contains(standing) && !i.ForClasses.Contains(next))],
            [.. offered.Where(i => i.ForClasses.Contains(standing) && i.ForClasses.Contains(next))],
            [.. offered.Where(i => !i.ForClasses.Contains(standing) && i.ForClasses.Contains(next))],
            next == "newly_escaped" ? escaped?.AddMonths(Eligibility.NewlyEscapedMonths) : null);
    }

    private static LetterKind KindOf(ListEffect effect, HouseholdState before, ClassDecided decision) => effect switch
    {
        ListEffect.ExitsFully or ListEffect.ExitsToNearPoor => LetterKind.Exit,
        ListEffect.LeavesNearPoor => LetterKind.LosesClass,
        ListEffect.NewlyPoor => LetterKind.NewlyPoor,
        ListEffect.ReEnters => LetterKind.ReEntry,
        ListEffect.BecomesNearPoor => LetterKind.BecomesNearPoor,
        ListEffect.Stays when before.ExitRequest is not null && decision.Class == PovertyClass.Poor => LetterKind.RequestRefused,
        _ => LetterKind.Stays,
    };
}
