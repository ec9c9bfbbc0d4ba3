using YenBai.Cases.Commands;
using YenBai.Cases.Places;

namespace YenBai.Cases.Access;

/// <summary>What somebody wants to have granted.</summary>
/// <param name="Place">The place notation: a code, or a code@date; none where households are named.</param>
/// <param name="Households">Codes of the households that a sponsor stands by.</param>
/// <param name="From">Today when left out.</param>
/// <param name="Until">The last day on which it holds; none for no end.</param>
public sealed record GrantRequest(
    Role Role, string? Place, string? Hamlet, IReadOnlyList<string> Households, DateOnly? From, DateOnly? Until, string Reason);

/// <summary>Who may grant what to whom. Pure: what it must know of the named households comes in.</summary>
public static class Granting
{
    /// <summary>As long as a review season with its posting and complaints (Decision 24/2021, Art. 3).</summary>
    public const int LongestByManager = 120;

    /// <summary>The days of all seasonal grants of a person at a place within <see cref="Year"/>: one whole season, first and last day included.</summary>
    public const int MostSeasonalDays = LongestByManager + 1;

    /// <summary>The window, in days, over which seasonal grants are added up.</summary>
    public const int Year = 365;

    /// <summary>How many days ahead a grant may begin: nobody can say today what is needed after that.</summary>
    public const int FarthestStart = 30;

    public static (Grant? Grant, Refusal? Refusal) Decide(
        Actor by, StaffMember to, GrantRequest request, IReadOnlyDictionary<string, Subject> households, Guid id, DateTimeOffset now, PlaceCatalog places)
    {
        var today = Days.DayOf(now);
        var from = request.From ?? today;
        if (IsOneself(by, to)) return Refuse("own_grant");
        if (string.IsNullOrWhiteSpace(request.Reason)) return Refuse("required", "reason");
        if (request.Reason.Length > HouseholdCommand.LongestText) return Refuse("text_too_long", "reason", HouseholdCommand.LongestText);
        if (request.Until < from) return Refuse("ends_before_it_begins", "until", request.Until);
        if (request.Until < today) return Refuse("already_ended", "until", request.Until);
        if (from.DayNumber - today.DayNumber > FarthestStart) return Refuse("starts_too_late", "from", FarthestStart);

        Unit? unit = null;
        List<Guid> named = [];
        if (request.Role == Role.Sponsor)
        {
            if (request.Households.Count == 0) return Refuse("required", "households");
            foreach (var code in request.Households)
            {
                // The same answer for what is not there and what is not theirs to grant.
                if (!households.TryGetValue(code, out var subject) || !Holds(by, subject.Unit)) return Refuse("unknown_household", "households", code);
                named.Add(subject.Id);
            }
        }
        else
        {
            if (string.IsNullOrWhiteSpace(request.Place)) return Refuse("required", "place");
            unit = places.Resolve(request.Place, from);
            if (unit is null) return Refuse("unknown_place", "place", request.Place);
            if (LevelOf(request.Role) is { } level && unit.Level != level) return Refuse(level == Level.Province ? "province_only" : "commune_only", "place", unit.Name);
            if (unit.Level == Level.District && unit.Until < from) return Refuse("place_ended", "place", unit.Name, unit.Until);
            if (!Holds(by, unit.Id)) return Refuse("not_held", "place", unit.Name);
        }
        if (!string.IsNullOrWhiteSpace(request.Hamlet) && request.Role != Role.Caseworker) return Refuse("hamlet_for_caseworkers", "hamlet");
        if (!by.Has(Role.Administrator))
        {
            if (request.Role != Role.Caseworker) return Refuse("not_held", "role");
            if (request.Until is not { } until || until.DayNumber - from.DayNumber > LongestByManager) return Refuse("short_grants_only", "until", LongestByManager);
            if (unit is not null && SeasonalDays(to, unit.Id, from, until, places) > MostSeasonalDays) return Refuse("season_used_up", "until", LongestByManager);
        }

        return (new Grant(
            id, request.Role, unit?.Id, string.IsNullOrWhiteSpace(request.Hamlet) ? null : request.Hamlet.Trim().Normalize(), named,
            from == today ? now : Days.StartOf(from), request.Until is { } last ? Days.StartOf(last.AddDays(1)) : null)
        { Seasonal = !by.Has(Role.Administrator) }, null);
    }

    /// <summary>
    /// The most days on which seasonal grants of a person at a place hold within any year, a new one included. Days that two
    /// grants cover count once. A place that took the other over is the same place.
    /// </summary>
    public static int SeasonalDays(StaffMember to, string unit, DateOnly from, DateOnly until, PlaceCatalog places)
    {
        var here = GrantedPlaces.Of(unit, until, places);
        var days = Enumerable.Range(from.DayNumber, until.DayNumber - from.DayNumber + 1).ToHashSet();
        foreach (var grant in to.Grants.Where(IsSeasonal))
        {
            if (!here.Overlaps(GrantedPlaces.Of(grant.Place!, until, places))) continue;
            var first = Math.Max(Days.DayOf(grant.From).DayNumber, from.DayNumber - Year);
            var last = Math.Min(Days.DayOf(grant.Until!.Value.AddTicks(-1)).DayNumber, until.DayNumber + Year);
            for (var day = first; day <= last; day++) days.Add(day);
        }
        var ordered = days.Order().ToList();
        var (most, start) = (0, 0);
        for (var end = 0; end < ordered.Count; end++)
        {
            while (ordered[end] - ordered[start] >= Year) start++;
            most = Math.Max(most, end - start + 1);
        }
        return most;
    }

    /// <summary>Before such grants were marked, their length shows them.</summary>
    private static bool IsSeasonal(Grant grant) =>
        grant is { Role: Role.Caseworker, Emergency: false, Place: not null, Until: { } until }
        && (grant.Seasonal || (grant.From > DateTimeOffset.MinValue && until - grant.From <= TimeSpan.FromDays(MostSeasonalDays)));

    /// <summary>Why somebody may not take a grant back.</summary>
    public static Refusal? DecideRevocation(Actor by, StaffMember of, Guid grant, string reason, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("required", "reason");
        if (of.Grants.FirstOrDefault(g => g.Id == grant) is not { } given || !(given.Place is { } place ? Holds(by, place) : by.Has(Role.Administrator)))
            return new Refusal("unknown_grant", "grant");
        if (IsOneself(by, of)) return new Refusal("own_grant");
        if (!by.Has(Role.Administrator) && given.Role != Role.Caseworker) return new Refusal("not_held", "role");
        return given.Until <= now ? new Refusal("already_ended", "grant", Days.DayOf(given.Until.Value)) : null;
    }

    /// <summary>Nobody approves their own.</summary>
    public static bool IsOneself(Actor by, StaffMember to) => !by.IsOperator && StaffMember.IdOf(by.Name) == to.Id;

    /// <summary>Whether two staff codes are the same account.</summary>
    public static bool IsSame(string one, string other) => StaffMember.IdOf(one) == StaffMember.IdOf(other);

    private static bool Holds(Actor by, string unit) => by.MayAt(Operation.ManageAccounts, unit, null);

    private static Level? LevelOf(Role role) => role switch
    {
        Role.Caseworker => Level.Commune,
        Role.Manager => null,
        _ => Level.Province,
    };

    private static (Grant?, Refusal?) Refuse(string code, string? field = null, params object?[] data) => (null, new Refusal(code, field, data));
}
