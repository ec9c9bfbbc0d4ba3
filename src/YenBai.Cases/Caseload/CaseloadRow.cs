using YenBai.Cases.Access;
using YenBai.Cases.Households;

namespace YenBai.Cases.Caseload;

/// <summary>One household as the caseload lists it.</summary>
/// <param name="Class">Its class under <paramref name="Standard"/>: the standard of the list on the day, else the last one judged.</param>
/// <param name="LastEvent">The stored name of the newest fact by day.</param>
/// <param name="Changed">When something was last learnt of it.</param>
/// <param name="Shared">Its consent to sharing with sponsors is in force.</param>
/// <param name="Restricted">The processing of its data is restricted.</param>
/// <param name="Worker">The staff code of who follows it.</param>
/// <param name="Sponsor">The code of the agency that stands by it.</param>
/// <param name="PlannedVisit">When somebody means to go there.</param>
/// <param name="ExitRequestedOn">Since when its own request waits for a decision.</param>
public sealed record CaseloadRow(
    Guid Household, int Version, string Code, Guid? HeadId, string Unit, string? Hamlet, PovertyClass? Class, string? Standard, DateOnly? Since,
    ListStatus Status, int Exits, bool ExitRequested, int Supports, string? SupportMix, DateOnly? LastVisit, string? LastEvent, DateOnly? LastOn,
    DateTimeOffset Changed, int? Members, bool Shared, bool Restricted, string? Worker, string? Sponsor, DateOnly? PlannedVisit, DateOnly? ExitRequestedOn)
{
    /// <summary>The row of a household on a day; none for one that is not registered (any more).</summary>
    public static CaseloadRow? Of(Household household, DateOnly day)
    {
        var state = household.Latest();
        if (state.Registration is not { } registration) return null;
        var (judged, subject) = (state.ClassOn(day), Subjects.Of(household, state));
        return new CaseloadRow(
            household.Id, household.Version, registration.Code, state.HeadId, state.Unit, state.Hamlet, judged?.Class.Class, judged?.Standard, judged?.Class.Since,
            state.Status, state.Exits, state.ExitRequest is not null, state.Supports.Count, state.Supports.Count == 0 ? null : state.SupportMix(DateOnly.MaxValue), state.LastVisit,
            state.LastFact is { } last ? Facts.NameOf(last.Event) : null, state.LastFact?.Event.On,
            household.Facts.Max(f => f.Event.Recorded), state.Members, subject.Shared, subject.Restricted,
            state.Worker, state.Sponsor?.Sponsor, state.PlannedVisit?.Day, state.ExitRequest?.On);
    }
}
