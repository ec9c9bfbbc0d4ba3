using YenBai.Cases.Commands;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Plan;

/// <summary>
/// The entry form of a plan: a row for each unit, a cell for each measure, one head a row. Cells keep what was typed until the
/// plan is entered. A target whose head or source is not that of its row keeps its own.
/// </summary>
public sealed class PlanSheet
{
    private readonly Dictionary<string, string> values;

    private PlanSheet(Dictionary<string, string> values, IReadOnlyList<Unit> units) => (this.values, Units) = (values, units);

    public IReadOnlyList<Unit> Units { get; }

    public string? this[string name] => values.GetValueOrDefault(name);

    public static string Cell(Unit unit, Measure measure) => $"t|{unit.Id}|{measure.NameOf()}";

    public static string Head(Unit unit) => $"h|{unit.Id}";

    public static string OwnHead(Unit unit, Measure measure) => $"oh|{unit.Id}|{measure.NameOf()}";

    public static string OwnSource(Unit unit, Measure measure) => $"os|{unit.Id}|{measure.NameOf()}";

    /// <summary>The units that can have targets: the province, and its districts or, after districts ended, its communes.</summary>
    public static IReadOnlyList<Unit> UnitsOn(PlaceCatalog places, DateOnly through)
    {
        var provinces = places.In(Level.Province, through);
        var parts = places.In(Level.District, through) is { Count: > 0 } districts ? districts : places.In(Level.Commune, through);
        return [.. provinces, .. parts.Where(p => provinces.Any(province => places.IsWithin(p.Id, province.Id)))];
    }

    public static PlanSheet Of(AnnualPlan? plan, IReadOnlyList<Unit> offered, PlaceCatalog places, PlanWords words)
    {
        var values = new Dictionary<string, string>();
        var own = (plan?.Targets ?? []).Select(t => places.Get(t.UnitId)).OfType<Unit>();
        List<Unit> units = [.. offered.Concat(own).DistinctBy(u => u.Id)];
        foreach (var targets in (plan?.Targets ?? []).GroupBy(t => t.UnitId))
        {
            var unit = units.Find(u => u.Id == targets.Key)!;
            var head = targets.GroupBy(t => t.Head).MaxBy(g => g.Count())!.Key;
            values[Head(unit)] = head;
            foreach (var t in targets)
            {
                values[Cell(unit, t.Measure)] = words.Exact(t);
                if (t.Head != head) values[OwnHead(unit, t.Measure)] = t.Head;
                if (t.Source != plan!.Source) values[OwnSource(unit, t.Measure)] = t.Source;
            }
        }
        return new(values, units);
    }

    public static PlanSheet Of(IEnumerable<KeyValuePair<string, string>> form, IReadOnlyList<Unit> offered, PlaceCatalog places)
    {
        var values = form.GroupBy(v => v.Key).ToDictionary(g => g.Key, g => g.Last().Value.Trim());
        var own = values.Keys.Where(k => k.StartsWith("h|", StringComparison.Ordinal)).Select(k => places.Get(k[2..])).OfType<Unit>();
        return new(values, [.. offered.Concat(own).DistinctBy(u => u.Id)]);
    }

    /// <summary>The targets in the order of rows and measures; and what could not be read, by the name of its cell.</summary>
    public (IReadOnlyList<TargetDraft> Targets, IReadOnlyList<(Unit Unit, Measure Measure)> Where, IReadOnlyList<string> Unread) Read()
    {
        var targets = new List<TargetDraft>();
        var where = new List<(Unit, Measure)>();
        var unread = new List<string>();
        foreach (var unit in Units)
            foreach (var measure in Measures.All)
            {
                if (this[Cell(unit, measure)] is not { Length: > 0 } typed) continue;
                if (!BoundText.TryRead(typed, out var comparator, out var value, out var upper))
                {
                    unread.Add(Cell(unit, measure));
                    continue;
                }
                targets.Add(new(unit.Id, measure, comparator, value, this[OwnHead(unit, measure)] is { Length: > 0 } own ? own : this[Head(unit)], this[OwnSource(unit, measure)], upper));
                where.Add((unit, measure));
            }
        return (targets, where, unread);
    }

    /// <summary>The names of the fields of the form that are wrong, with why; under no name what concerns the whole.</summary>
    public static ILookup<string, Refusal> Faults(IReadOnlyList<Refusal> faults, IReadOnlyList<(Unit Unit, Measure Measure)> where) => faults.ToLookup(f =>
    {
        if (f.Field?.Split('[', ']') is not ["targets", var index, var member] || !int.TryParse(index, System.Globalization.CultureInfo.InvariantCulture, out var i)) return f.Field ?? "";
        return member == ".head" ? Head(where[i].Unit) : Cell(where[i].Unit, where[i].Measure);
    });
}
