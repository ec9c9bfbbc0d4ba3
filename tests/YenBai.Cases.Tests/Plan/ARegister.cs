using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Tests.Plan;

/// <summary>A ledger told line by line. Days are yyyy-MM-dd; places are codes of 2021.</summary>
internal sealed class ARegister
{
    public const string Standard2016 = "2016-2020", Standard2022 = "2022-2025";
    public const string Province = "15", City = "132", NghiaLo = "133", VanYen = "136", MuCangChai = "137", TramTau = "139";

    private readonly List<ListFact> facts = [];
    private readonly List<HouseholdTotal> totals = [];

    public IReadOnlyList<ListFact> Facts => facts;

    public static string Id(string code) => code.Contains('@') ? code : code + "@2020-02-01";

    public static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    public ARegister Enter(string household, string on, string place, EntryCause cause = EntryCause.Unknown, string? standard = Standard2016,
        bool? merit = null, string? recorded = null, string? import = null, long? seq = null) =>
        Tell(household, FactKind.Enter, on, place, standard, recorded, f => f with { Class = PovertyClass.Poor, Cause = cause, Merit = merit, Import = import, RowSeq = seq });

    public ARegister Exit(string household, string on, string place, bool? voluntary = false, string? standard = Standard2016,
        string? recorded = null, string? import = null, long? seq = null) =>
        Tell(household, FactKind.Exit, on, place, standard, recorded, f => f with { Voluntary = voluntary, Class = PovertyClass.NotPoor, Import = import, RowSeq = seq });

    public ARegister Transfer(string household, string on, string to, string? recorded = null) =>
        Tell(household, FactKind.Transfer, on, to, null, recorded);

    public ARegister Split(string household, string on, string place, PovertyClass? @class) =>
        Tell(household, FactKind.Split, on, place, Standard2016, null, f => f with { Class = @class });

    public ARegister Is(FactKind kind, string household, string on, string place, string? recorded = null) =>
        Tell(household, kind, on, place, Standard2016, recorded);

    /// <summary>Annuls the fact told last.</summary>
    public ARegister AnnulThat(string recorded)
    {
        var target = facts[^1];
        return Tell(null, FactKind.Void, "2000-01-01", null, null, recorded, f => f with { Household = target.Household, Reference = target.Version, Version = target.Version + 1 });
    }

    public ARegister Withdraw(string household, string import, string recorded) =>
        Tell(household, FactKind.Withdraw, recorded, null, null, recorded, f => f with { Import = import });

    public ARegister Total(string place, string on, long households)
    {
        totals.Add(new(Id(place), Day(on), households, "Chi cục Thống kê"));
        return this;
    }

    public ARegister Many(int count, Action<ARegister, string> tell, string prefix)
    {
        for (var i = 0; i < count; i++) tell(this, $"{prefix}{i}");
        return this;
    }

    public PlanProgress Progress(string asOf = "2021-12-31", string knownAt = "2022-06-30", string? place = null, AnnualPlan? plan = null) =>
        PlanProgress.Of(plan ?? Plans.Find(2021)!, facts, PlaceCatalog.Default, totals, Day(asOf), Days.EndOf(Day(knownAt)), place);

    private ARegister Tell(string? household, FactKind kind, string on, string? place, string? standard, string? recorded, Func<ListFact, ListFact>? with = null)
    {
        var id = household is null ? default : Ids.Household(household);
        var fact = new ListFact(id, facts.Count(f => f.Household == id) + 1, facts.Count + 1, Day(on), Days.StartOf(Day(recorded ?? on)), null, kind,
            place is null ? null : Id(place), standard, null, null, null, null, null, null, null, null, null, null, null);
        facts.Add(with?.Invoke(fact) ?? fact);
        return this;
    }
}

internal static class ProgressReading
{
    public static MeasureProgress In(this PlanProgress progress, string place, Measure measure) => progress.Row(ARegister.Id(place), measure)!;

    public static MovementCounts Counts(this PlanProgress progress, string place) =>
        progress.Units.Single(u => u.Unit.Id == ARegister.Id(place)).Counts;

    public static IEnumerable<Guid> Behind(this PlanProgress progress, Component component, string place) =>
        progress.HouseholdsBehind(component, ARegister.Id(place)).Select(c => c.Household);
}
