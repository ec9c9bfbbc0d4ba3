using System.Globalization;
using YenBai.Cases.Durability;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;

namespace YenBai.Cases.ExitDurability;

/// <summary>A spell off the list with what was known of the household on the day of its exit.</summary>
public sealed record ExitSpell(Spell Spell, ListFact Exit)
{
    public const string Unknown = "unknown";

    public Guid Household => Exit.Household;

    public string Support => Exit.Support ?? "none";

    /// <summary>It ended with a return of which nobody recorded why.</summary>
    public bool EndedForUnknownCause { get; init; }

    public Observation Observation(TimeScale scale) => scale == TimeScale.Reviews ? Spell.ObservationInCycles : Spell.Observation;

    /// <summary>The spell as it is when poor only under a new standard is poor, or is the end of what could be watched.</summary>
    public Observation ByStandard(bool counted, TimeScale scale, ReviewCalendar reviews)
    {
        var observed = Observation(scale);
        if (Spell.EndReason != EndReason.StandardChange) return observed;
        var cycle = counted ? reviews.CycleOf(Spell.ExitDate, Spell.EndDate) : reviews.Completed(Spell.ExitDate, Spell.EndDate);
        return observed with { End = counted ? EndKind.ReEntry : EndKind.Censored, Time = scale == TimeScale.Reviews ? cycle : observed.Time };
    }

    /// <summary>By reviews the household is gone in the cycle in which it went, which no review closed.</summary>
    public Observation Competing(TimeScale scale, ReviewCalendar reviews) =>
        scale == TimeScale.Reviews && Spell.End is EndKind.MovedOut or EndKind.Dissolved
            ? Spell.ObservationInCycles with { End = Spell.End, Time = reviews.CycleOf(Spell.ExitDate, Spell.EndDate) }
            : Observation(scale);

    /// <summary>As far as the register tells it is still out, but a review has gone by since that was last confirmed.</summary>
    public bool IsUnconfirmed(ReviewCalendar reviews, DateOnly asOf) => Spell.LastConfirmed is { } last && reviews.Completed(last, asOf) > 0;

    /// <summary>The spell as it is if the household came back at the first review that did not confirm it.</summary>
    public Observation IfReturned(TimeScale scale, ReviewCalendar reviews)
    {
        if (Spell.LastConfirmed is not { } last || reviews.FirstAfter(last) is not { } review) return Observation(scale);
        var time = scale == TimeScale.Reviews ? reviews.CycleOf(Spell.ExitDate, review) : review.DayNumber - Spell.ExitDate.DayNumber;
        return Observation(scale) with { End = EndKind.ReEntry, Time = time };
    }

    /// <summary>The value as it stands in files; for the household's own request, the answer knows it.</summary>
    internal string Value(Grouping grouping, PlaceNamer places) => grouping switch
    {
        Grouping.District => places.District(Exit.Unit)?.AsciiName ?? Unknown,
        Grouping.Commune => places.Commune(Exit.Unit)?.Code ?? Unknown,
        Grouping.Cohort => Spell.Cohort.ToString(CultureInfo.InvariantCulture),
        Grouping.Voluntary => YesNo(Exit.Voluntary),
        Grouping.Support => Support,
        Grouping.Standard => Spell.Standard,
        Grouping.Depth => Exit.Class switch { PovertyClass.NearPoor => "near_poor", PovertyClass.NotPoor => "not_poor", _ => Unknown },
        Grouping.Merit => YesNo(Exit.Merit),
        Grouping.EthnicMinority => YesNo(Exit.EthnicMinority),
        Grouping.HeadSex => Exit.HeadSex switch { Sex.Female => "female", Sex.Male => "male", _ => Unknown },
        _ => throw new ArgumentOutOfRangeException(nameof(grouping)),
    };

    private static string YesNo(bool? value) => value switch { true => "1", false => "0", null => Unknown };
}

/// <summary>In which district a household lived, and in which commune of a day.</summary>
public sealed class PlaceNamer(PlaceCatalog catalog, DateOnly on)
{
    private readonly Dictionary<string, Unit?> districts = [], communes = [];

    /// <summary>None for a unit of the province alone, and for a commune of today that straddles two old districts.</summary>
    public Unit? District(string? unit) => Known(districts, unit, id => catalog.DistrictOf(id) ?? (catalog.OldDistrictsOf(id) is [var only] ? only : null));

    /// <summary>None where only the district is known.</summary>
    public Unit? Commune(string? unit) => Known(communes, unit, id => catalog.At(id, Level.Commune, on));

    private static Unit? Known(Dictionary<string, Unit?> known, string? unit, Func<string, Unit?> find)
    {
        if (unit is null) return null;
        if (!known.TryGetValue(unit, out var found)) known[unit] = found = find(unit);
        return found;
    }
}
