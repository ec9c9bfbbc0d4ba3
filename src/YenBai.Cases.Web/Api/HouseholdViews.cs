using System.Text.Json;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;

namespace YenBai.Cases.Web.Api;

/// <param name="Next">The cursor of what follows; none at the end, and where pages were asked for by number.</param>
public sealed record PageOf<T>(long Total, IReadOnlyList<T> Items, string? Next = null);

/// <param name="Place">The unit in the place notation, CODE@date.</param>
public sealed record HouseholdItem(
    string Code, string? HeadName, string Place, string PlaceName, string? Hamlet, PovertyClass? Class, string? Standard, DateOnly? Since, ListStatus Status,
    bool ExitRequested, int Supports, string? SupportMix, DateOnly? LastVisit, string? LastEvent, DateOnly? LastOn, DateTimeOffset Changed, int? Members, bool HeadErased)
{
    public static HouseholdItem Of(CaseloadItem i, string placeName) => new(
        i.Code, i.HeadName, i.Place, placeName, i.Hamlet, i.Class, i.Standard, i.Since, i.Status, i.ExitRequested, i.Supports, i.SupportMix, i.LastVisit, i.LastEvent,
        i.LastOn, i.Changed, i.Members, i.HeadErased);
}

public sealed record ConsentView(ConsentScope Scope, ConsentForm Form, DateOnly Since);

public sealed record ClassView(string Standard, PovertyClass Class, DateOnly Since, string? DecisionNumber);

public sealed record PersonView(Guid Id, string? Name, Sex? Sex, int? BirthYear, string? IdNumber, string? Phone, string? Ethnicity, DateTimeOffset? Erased);

/// <summary>The case as of a day, as known at an instant.</summary>
public sealed record HouseholdView(
    string Code, int Version, string? HeadName, PersonView? Head, string Place, string PlaceName, string? Hamlet, PovertyClass? Class, string? Standard, DateOnly? Since,
    IReadOnlyList<ClassView> Classes, ListStatus Status, DateOnly? StatusSince, int Exits, DateOnly? LastExit, DateOnly? LastConfirmed, DateOnly? ExitRequestedOn,
    IReadOnlyList<SupportTaken> Supports, DateOnly? LastVisit, int? Members, Coarse Coarse, DateOnly RegisteredOn, DateOnly AsOf, DateTimeOffset KnownAt,
    IReadOnlyList<ConsentView> Consents, DateOnly? RestrictedSince);

/// <param name="StoredAt">None for an evaluator, to whom under a release the id, the version and the import are the release's own and days are months.</param>
public sealed record EventView(
    Guid Id, int Version, string Type, DateOnly On, DateTimeOffset RecordedAt, DateTimeOffset? StoredAt, string? RecordedBy, string? Import, JsonElement Data, Guid? AnnulledBy);

public sealed record CommandAnswer(string Code, int Version, IReadOnlyList<string> Warnings);
