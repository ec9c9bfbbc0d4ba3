using YenBai.Cases.Commands;
using YenBai.Cases.Places;

namespace YenBai.Cases.Access;

/// <summary>Who must acknowledge an emergency opening, from the place upwards.</summary>
public enum EmergencyLevel { Place, Province, Auditors }

/// <summary>What an emergency opening needs, how many there may be, and to whom it goes. Pure.</summary>
public static class EmergencyRules
{
    /// <summary>A family that moves tonight is seen until the next day's office hour.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    /// <summary>The window for the limits. As long as an opening lasts, so that nobody has more than three open at once.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>How long one level has to acknowledge before the next one is asked, too.</summary>
    public static readonly TimeSpan Duty = TimeSpan.FromHours(24);

    public const int MostOpenings = 3;

    /// <summary>Codes that do not exist: a few are slips of the pen, more are a search for codes.</summary>
    public const int MostMisses = 10;

    public const int FewestWords = 4, FewestLetters = 20, FewestDifferentLetters = 8;

    /// <summary>Whether the reason is a sentence: different words, of enough and different letters.</summary>
    public static Refusal? RefuseReason(string reason)
    {
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("required", "reason");
        if (reason.Length > HouseholdCommand.LongestText) return new Refusal("text_too_long", "reason", HouseholdCommand.LongestText);
        var words = VietnameseText.Fold(reason).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(w => string.Concat(w.Where(char.IsLetter))).Where(w => w.Length > 0).ToList();
        return words.Distinct().Count() < FewestWords || words.Sum(w => w.Length) < FewestLetters || words.SelectMany(w => w).Distinct().Count() < FewestDifferentLetters
            ? new Refusal("reason_not_a_sentence", "reason", FewestWords, FewestLetters)
            : null;
    }

    /// <summary>Why there may be no further opening now.</summary>
    /// <param name="openings">How many there were within <see cref="Window"/>.</param>
    /// <param name="misses">How many codes that do not exist were tried within <see cref="Window"/>.</param>
    public static Refusal? RefuseFurther(int openings, int misses) =>
        openings >= MostOpenings ? new Refusal("emergency_limit", null, MostOpenings)
        : misses >= MostMisses ? new Refusal("emergency_misses", null, MostMisses)
        : null;

    /// <summary>Up to which level an opening that nobody has acknowledged has gone.</summary>
    /// <param name="placeHasManager">Whether anybody but the one who opened manages the place below the province.</param>
    public static EmergencyLevel LevelOf(DateTimeOffset at, DateTimeOffset now, bool placeHasManager)
    {
        var steps = (placeHasManager ? 0 : 1) + Math.Max(0, Math.Floor((now - at) / Duty));
        return steps >= (int)EmergencyLevel.Auditors ? EmergencyLevel.Auditors : (EmergencyLevel)(int)steps;
    }

    /// <summary>Until when the level that is asked now has time; none at the last one.</summary>
    public static DateTimeOffset? DueOf(DateTimeOffset at, DateTimeOffset now, bool placeHasManager) =>
        LevelOf(at, now, placeHasManager) == EmergencyLevel.Auditors ? null : at + Duty * (Math.Floor((now - at) / Duty) + 1);

    /// <summary>Whether grants make somebody a manager of a place below the province.</summary>
    public static bool ManageBelowProvince(IEnumerable<Grant> grants, string unit, DateOnly on, PlaceCatalog places) =>
        grants.Any(g => g is { Role: Role.Manager, Emergency: false, Place: { } place } && places.Get(place)?.Level != Level.Province && GrantedPlaces.Of(place, on, places).Contains(unit));

    /// <summary>Whether an opening waits for this person.</summary>
    public static bool IsFor(Actor who, string unit, EmergencyLevel level, DateOnly on, PlaceCatalog places) =>
        ManageBelowProvince(who.Grants, unit, on, places)
        || (level >= EmergencyLevel.Province && who.MayAt(Operation.AnswerForData, unit, null))
        || (level >= EmergencyLevel.Auditors && who.Has(Role.Auditor) && who.MayAt(Operation.AcknowledgeEmergency, unit, null));
}
