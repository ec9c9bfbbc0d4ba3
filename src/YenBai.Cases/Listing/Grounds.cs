using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Listing;

/// <summary>
/// What a decision on a class rests on: the scores propose, the hamlet's meeting consents (Decision 24/2021, Art. 3). What
/// was found before the last decision was decided by it, and carries no other.
/// </summary>
public sealed record Grounds(Assessed? Assessment, Proposal? Proposal, MeetingHeld? Meeting)
{
    public static readonly Grounds None = new(null, null, null);

    /// <param name="then">The household as it was on the day of the decision.</param>
    public static Grounds Of(HouseholdState then, string standard, StandardBook book, PlaceCatalog places) =>
        then.OpenReviews.GetValueOrDefault(standard) is { } review ? new(review.Assessment, Propose(review.Assessment, then, book, places), review.Meeting) : None;

    public PovertyClass? ScoresSay => Proposal?.Class;

    /// <summary>The class that can be decided: what the meeting consented to. Without its consent there is none.</summary>
    public PovertyClass? Consented => Meeting is { } m && m.Consents() ? m.Proposed : null;

    /// <summary>Codes of what does not agree with a class. The chairman may decide it all the same: then it is said.</summary>
    public IEnumerable<string> Against(PovertyClass decided)
    {
        if (Assessment is null) yield return "no_assessment";
        if (Meeting is null) yield return "no_meeting";
        else if (Consented != decided) yield return "meeting_did_not_consent";
        if (ScoresSay is { } said && said != decided) yield return "against_scores";
    }

    /// <summary>What the last scores under a standard propose, decided upon or not; none where there are none, or where they do not suffice.</summary>
    public static PovertyClass? LastScores(HouseholdState then, string standard, StandardBook book, PlaceCatalog places) =>
        Propose(then.Assessments.GetValueOrDefault(standard), then, book, places)?.Class;

    private static Proposal? Propose(Assessed? assessed, HouseholdState then, StandardBook book, PlaceCatalog places) =>
        assessed is not null && book.Find(assessed.Standard) is { } rules && (assessed.Area ?? then.Area ?? places.Get(then.Unit)?.Area) is { } area
            ? Reassessment.Under(book, rules, assessed, area).Proposal
            : null;
}
