using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Listing;

/// <summary>The hamlet meets over what the scores propose. It consents or it does not; it decides nothing (Decision 24/2021, Art. 3).</summary>
/// <param name="Proposed">The class that is put to it.</param>
/// <param name="Minutes">The number of the minutes.</param>
[Command("hold-meeting", Operation.RecordWork, RestrictionGround.StatutoryReview)]
public sealed record HoldMeeting(DateOnly On, string Standard, PovertyClass Proposed, int Present, int Agreed, string? Minutes) : HouseholdCommand(On)
{
    public const int MostPresent = 2000;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (PovertyStandards.Find(Standard) is null) return new Refusal("unknown_standard", "standard", Standard);
        if (Present is < 1 or > MostPresent) return new Refusal("out_of_range", "present", 1, MostPresent);
        if (Agreed < 0 || Agreed > Present) return new Refusal("out_of_range", "agreed", 0, Present);
        if (TooLong(Minutes, "minutes", 60) is { } tooLong) return tooLong;

        var grounds = Grounds.Of(then, Standard, occasion.Standards, occasion.Places);
        return Decision.Accept(new MeetingHeld(On, occasion.Now, Standard, Proposed, Present, Agreed, string.IsNullOrWhiteSpace(Minutes) ? null : Minutes.Trim()))
            .Warning(grounds.Assessment is null ? ["no_assessment"] : grounds.ScoresSay is { } said && said != Proposed ? ["against_scores"] : []);
    }
}

public static class Meetings
{
    /// <summary>At least half of those present agreed.</summary>
    public static bool Consents(this MeetingHeld meeting) => meeting.Agreed * 2 >= meeting.Present;
}
