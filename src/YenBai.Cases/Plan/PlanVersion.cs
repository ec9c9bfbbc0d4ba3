using System.Globalization;

namespace YenBai.Cases.Plan;

/// <summary>A plan as it was entered. A correction is the next version; earlier versions stay as they are.</summary>
/// <param name="Id">Of the year and the version, so that two people cannot both enter one version.</param>
/// <param name="Locked">Corrections are refused until the year is unlocked.</param>
/// <param name="Reason">Why it was corrected, locked or unlocked; none for the first version.</param>
/// <param name="By">Who entered it; none for the plan that ships with the program.</param>
/// <param name="Request">The idempotency key: sent again under it, a version is not entered again.</param>
public sealed record PlanVersion(Guid Id, int Year, int Version, AnnualPlan Plan, bool Locked, string? Reason, string? By, DateTimeOffset At, string? Request);

/// <summary>All versions of the plan of a year, oldest first.</summary>
public sealed record PlanHistory(int Year, IReadOnlyList<PlanVersion> Versions)
{
    /// <summary>The version number of the last, which a correction names; 0 where there is no plan yet.</summary>
    public int Version => Versions.Count;

    public PlanVersion? Current => Versions.Count > 0 ? Versions[^1] : null;

    /// <summary>
    /// The version that held at an instant. A view of a time before the first version was entered shows the first: the facts are as
    /// known then, and without targets there is nothing to hold them against.
    /// </summary>
    public PlanVersion? At(DateTimeOffset? instant) => instant is { } at ? Versions.LastOrDefault(v => v.At <= at) ?? Versions.FirstOrDefault() : Current;

    public PlanVersion? Numbered(int version) => Versions.FirstOrDefault(v => v.Version == version);
}

/// <summary>A plan that an operator stored before plans had versions. It is the version after the shipped one.</summary>
public sealed record StoredPlan(string Id, AnnualPlan Plan, DateTimeOffset Stored)
{
    public static string IdOf(int year) => year.ToString(CultureInfo.InvariantCulture);
}
