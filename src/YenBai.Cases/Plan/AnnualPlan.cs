using System.Text.Json.Serialization;

namespace YenBai.Cases.Plan;

/// <summary>How a plan bounds a figure: as it words it ("giảm 59 hộ", "ít nhất 5 hộ", "trên 6,5 %", "không còn", "từ 4 đến 5 %").</summary>
[JsonConverter(typeof(SnakeCase<Comparator>))]
public enum Comparator { Exactly, AtLeast, MoreThan, AtMost, Between }

/// <param name="UnitId">The unit that stands on the plan's last day.</param>
/// <param name="Value">The figure; of a range its lower bound.</param>
/// <param name="Head">The office that answers for it; never a person.</param>
/// <param name="Upper">The upper bound of a range; none otherwise.</param>
public sealed record PlanTarget(string UnitId, Measure Measure, Comparator Comparator, decimal Value, string Head, string Source, decimal? Upper = null)
{
    /// <summary>The figure that has to be reached: of a range the bound on the easier side.</summary>
    [JsonIgnore]
    public decimal Aim => Comparator == Comparator.Between && !Measure.MoreIsBetter() ? Upper ?? Value : Value;
}

/// <summary>What was to be reached in a period, as the plan states it: nothing is derived, completed or repaired.</summary>
/// <param name="Standard">The poverty standard of the list whose reduction is planned.</param>
/// <param name="From">First day that counts.</param>
/// <param name="Through">Last day that counts.</param>
public sealed record AnnualPlan(
    int Year, string Number, DateOnly Date, string Standard, DateOnly From, DateOnly Through, string Source, IReadOnlyList<PlanTarget> Targets)
{
    public PlanTarget? Target(string unitId, Measure measure) =>
        Targets.FirstOrDefault(t => t.UnitId == unitId && t.Measure == measure);

    /// <summary>Whether it states the same; lists are compared by what is in them.</summary>
    public bool SameAs(AnnualPlan other) => this with { Targets = other.Targets } == other && Targets.SequenceEqual(other.Targets);
}

/// <summary>The plans that ship with the program.</summary>
public static class Plans
{
    private static readonly Lazy<IReadOnlyList<AnnualPlan>> Embedded = new(() =>
    {
        var assembly = typeof(Plans).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("YenBai.Cases.Plan.Data.plan-", StringComparison.Ordinal))
            .Select(name =>
            {
                using var file = assembly.GetManifestResourceStream(name)!;
                return PlanFile.Read(file).Plan ?? throw new InvalidDataException(name);
            })
            .OrderBy(plan => plan.Year)];
    });

    public static IReadOnlyList<AnnualPlan> All => Embedded.Value;

    public static AnnualPlan? Find(int year) => All.FirstOrDefault(plan => plan.Year == year);
}
