using YenBai.Cases.Commands;
using YenBai.Cases.Places;

namespace YenBai.Cases.Access;

/// <summary>
/// Row-level data of the households that left the list in some years at a place, released to one evaluator for a time.
/// Without one an evaluator reads k-anonymous rows only.
/// </summary>
/// <param name="Place">The id of a unit.</param>
/// <param name="CohortFrom">Of the years in which the households left the list, the first.</param>
/// <param name="Until">The instant from which it holds no more.</param>
public sealed record Release(Guid Id, string Place, int CohortFrom, int CohortTo, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>What its readings are on record by.</summary>
    public string Mark => $"release {Id:N}";

    public bool HoldsAt(DateTimeOffset instant) => From <= instant && instant < Until;
}

/// <summary>Row-level data were released to an evaluator. Who did it is the event's metadata; why stands in a note.</summary>
public sealed record RowsReleased(DateTimeOffset Recorded, Guid? ReasonId, string UserName, Release Release) : StaffEvent(Recorded, ReasonId);

/// <summary>A release was ended before its day.</summary>
public sealed record ReleaseRevoked(DateTimeOffset Recorded, Guid? ReasonId, Guid ReleaseId) : StaffEvent(Recorded, ReasonId);

/// <summary>What somebody wants to release.</summary>
/// <param name="Evaluator">The staff code.</param>
/// <param name="Place">The place notation: a code, or a code@date.</param>
/// <param name="Until">The last day on which it holds.</param>
public sealed record ReleaseRequest(string? Evaluator, string? Place, int? CohortFrom, int? CohortTo, DateOnly? Until, string? Reason);

/// <summary>Who may release what to whom. Pure.</summary>
public static class Releasing
{
    /// <summary>Days from today, today included.</summary>
    public const int LongestDays = 90;

    public const int ShortestReason = 20;

    private const int FirstYear = 1990;

    public static (Release? Release, Refusal? Refusal) Decide(Actor by, StaffMember to, ReleaseRequest request, Guid id, DateTimeOffset now, PlaceCatalog places)
    {
        var today = Days.DayOf(now);
        if (string.IsNullOrWhiteSpace(request.Evaluator)) return Refuse("required", "evaluator");
        if (!to.GrantsAt(now).Any(g => g.Role == Role.Evaluator)) return Refuse("not_an_evaluator", "evaluator", request.Evaluator);
        if (Granting.IsOneself(by, to)) return Refuse("own_release", "evaluator");
        if (string.IsNullOrWhiteSpace(request.Place)) return Refuse("required", "place");
        if (places.Resolve(request.Place, today) is not { } unit) return Refuse("unknown_place", "place", request.Place);
        if (!by.MayInProvince(Operation.ReleaseRows) || !by.MayAt(Operation.ReleaseRows, unit.Id, null)) return Refuse("release_province_only", "place");
        if (unit.Level == Level.Commune) return Refuse("release_district_at_least", "place", unit.Name);
        if (request.CohortFrom is not { } first) return Refuse("required", "cohortFrom");
        if (request.CohortTo is not { } last) return Refuse("required", "cohortTo");
        if (first < FirstYear || first > today.Year) return Refuse("out_of_range", "cohortFrom", FirstYear, today.Year);
        if (last < first || last > today.Year) return Refuse("out_of_range", "cohortTo", first, today.Year);
        if (request.Until is not { } until) return Refuse("required", "until");
        if (until < today) return Refuse("already_ended", "until", until);
        if (until.DayNumber - today.DayNumber >= LongestDays) return Refuse("release_too_long", "until", LongestDays);
        if (string.IsNullOrWhiteSpace(request.Reason)) return Refuse("required", "reason");
        if (request.Reason.Trim().Length < ShortestReason) return Refuse("reason_too_short", "reason", ShortestReason);
        if (request.Reason.Length > HouseholdCommand.LongestText) return Refuse("text_too_long", "reason", HouseholdCommand.LongestText);
        return (new Release(id, unit.Id, first, last, now, Days.StartOf(until.AddDays(1))), null);
    }

    public static Refusal? DecideRevocation(Actor by, StaffMember of, Guid release, string? reason, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("required", "reason");
        if (reason.Length > HouseholdCommand.LongestText) return new Refusal("text_too_long", "reason", HouseholdCommand.LongestText);
        if (!by.MayInProvince(Operation.ReleaseRows) || of.Releases.FirstOrDefault(r => r.Id == release) is not { } given) return new Refusal("unknown_release", "id");
        return given.Until <= now ? new Refusal("already_ended", "id", Days.DayOf(given.Until)) : null;
    }

    private static (Release?, Refusal?) Refuse(string code, string? field = null, params object?[] data) => (null, new Refusal(code, field, data));
}
