using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Plan;

/// <param name="Unit">A place in the public notation, read on the plan's last day.</param>
/// <param name="Upper">The upper bound of a range.</param>
public sealed record TargetDraft(string? Unit, Measure? Measure, Comparator? Comparator, decimal? Value, string? Head, string? Source, decimal? Upper = null);

/// <summary>A plan as somebody wants to enter it.</summary>
/// <param name="Number">Of the document.</param>
/// <param name="Source">The document in full; also the source of a target that names none.</param>
/// <param name="Reason">Why an earlier version is corrected; not needed for the first.</param>
public sealed record PlanDraft(
    string? Number, DateOnly? Date, string? Standard, DateOnly? From, DateOnly? Through, string? Source, IReadOnlyList<TargetDraft>? Targets, string? Reason = null)
{
    public static PlanDraft Of(AnnualPlan plan) => new(
        plan.Number, plan.Date, plan.Standard, plan.From, plan.Through, plan.Source, [.. plan.Targets.Select(t => new TargetDraft(t.UnitId, t.Measure, t.Comparator, t.Value, t.Head, t.Source, t.Upper))]);
}

/// <summary>What a plan must be to be entered. What it states is not repaired: sums that differ are shown, not refused.</summary>
public static class PlanEntry
{
    public const int LongestText = 500;
    public const int FirstYear = 1990;
    public const int LastYear = 2100;
    public const int MostTargets = 2000;
    private const decimal MostCounted = 100_000_000;

    /// <returns>The plan, or everything that is wrong; a fault of a target names it as <c>targets[0].unit</c>.</returns>
    public static (AnnualPlan? Plan, IReadOnlyList<Refusal> Faults) Decide(int year, PlanVersion? current, PlanDraft draft, PlaceCatalog places)
    {
        if (current is { Locked: true }) return (null, [new("year_locked", null, year)]);
        var faults = new List<Refusal>();
        if (year is < FirstYear or > LastYear) faults.Add(new("not_a_year", "year", year));
        var (number, source) = (Text(draft.Number, "number"), Text(draft.Source, "source"));
        var standard = Text(draft.Standard, "standard");
        if (standard is not null && PovertyStandards.Find(standard) is null) faults.Add(new("unknown_standard", "standard", standard));
        if (draft.Date is null) faults.Add(new("required", "date"));
        if (draft.From is null) faults.Add(new("required", "from"));
        if (draft.Through is null) faults.Add(new("required", "through"));
        if (draft.Through < draft.From) faults.Add(new("ends_before_it_begins", "through"));
        else if (draft.From?.Year > year) faults.Add(new("outside_year", "from", year));
        else if (draft.Through?.Year < year) faults.Add(new("outside_year", "through", year));
        if (current is not null) Text(draft.Reason, "reason");
        else if (draft.Reason?.Trim().Length > LongestText) faults.Add(new("text_too_long", "reason", LongestText));

        var targets = Targets(draft, source, places, faults);
        if (faults.Count > 0) return (null, faults);
        var plan = new AnnualPlan(year, number!, draft.Date!.Value, standard!, draft.From!.Value, draft.Through!.Value, source!, targets);
        return current is not null && plan.SameAs(current.Plan) ? (null, [new("nothing_changed")]) : (plan, []);

        string? Text(string? text, string field)
        {
            var trimmed = text?.Trim().Normalize();
            if (string.IsNullOrEmpty(trimmed)) faults.Add(new("required", field));
            else if (trimmed.Length > LongestText) faults.Add(new("text_too_long", field, LongestText));
            else return trimmed;
            return null;
        }
    }

    public static Refusal? DecideLock(PlanVersion? current, bool locked, string? reason) =>
        current is null ? new("unknown_plan", "year")
        : current.Locked == locked ? new(locked ? "year_locked" : "year_not_locked", null, current.Year)
        : string.IsNullOrWhiteSpace(reason) ? new("required", "reason")
        : reason.Trim().Length > LongestText ? new("text_too_long", "reason", LongestText)
        : null;

    private static List<PlanTarget> Targets(PlanDraft draft, string? source, PlaceCatalog places, List<Refusal> faults)
    {
        var targets = new List<PlanTarget>();
        var asked = draft.Targets ?? [];
        if (asked.Count == 0) faults.Add(new("no_targets", "targets"));
        if (asked.Count > MostTargets) faults.Add(new("too_many_targets", "targets", MostTargets));
        for (var i = 0; i < Math.Min(asked.Count, MostTargets); i++)
        {
            var (t, before) = (asked[i], faults.Count);
            void Fault(string field, string code, params object?[] data) => faults.Add(new(code, $"targets[{i}].{field}", data));

            var unit = draft.Through is { } on && !string.IsNullOrWhiteSpace(t.Unit) ? places.Resolve(t.Unit, on) : null;
            if (string.IsNullOrWhiteSpace(t.Unit)) Fault("unit", "required");
            else if (draft.Through is { } last && (unit is null || !places.In(unit.Level, last).Contains(unit))) Fault("unit", "unknown_unit", t.Unit, last);
            if (t.Measure is null) Fault("measure", "required");
            if (t.Comparator is null) Fault("comparator", "required");
            Bounds(t, Fault);
            if (string.IsNullOrWhiteSpace(t.Head)) Fault("head", "required");
            foreach (var (text, field) in new[] { (t.Head, "head"), (t.Source, "source") })
                if (text?.Trim().Length > LongestText) Fault(field, "text_too_long", LongestText);
            if (unit is not null && t.Measure is { } twice && targets.Exists(o => o.UnitId == unit.Id && o.Measure == twice)) Fault("unit", "unit_twice", unit.Name);
            if (faults.Count > before || unit is null) continue;
            targets.Add(new(
                unit.Id, t.Measure!.Value, t.Comparator!.Value, t.Value!.Value, t.Head!.Trim().Normalize(), string.IsNullOrWhiteSpace(t.Source) ? source ?? "" : t.Source.Trim().Normalize(), t.Upper));
        }
        return targets;
    }

    private static void Bounds(TargetDraft t, Action<string, string, object?[]> fault)
    {
        if (t.Value is not { } value) fault("value", "required", []);
        else if (RefusesValue(t.Measure, value) is { } wrong) fault("value", wrong, []);
        if (t.Comparator != Comparator.Between)
        {
            if (t.Upper is not null) fault("upper", "upper_without_range", []);
            return;
        }
        if (t.Upper is not { } upper) fault("upper", "required", []);
        else if (RefusesValue(t.Measure, upper) is { } high) fault("upper", high, []);
        else if (upper <= t.Value) fault("upper", "bounds_reversed", [t.Value, upper]);
    }

    /// <summary>The code of what is wrong with a figure of a measure.</summary>
    internal static string? RefusesValue(Measure? measure, decimal value) =>
        value < 0 ? "not_a_number"
        : value > (measure?.IsRate() == true ? 100 : MostCounted) ? "out_of_range"
        : measure is { } m && !m.IsRate() && value != decimal.Truncate(value) ? "not_whole"
        : null;
}
