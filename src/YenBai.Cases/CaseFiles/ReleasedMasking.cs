using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;

namespace YenBai.Cases.CaseFiles;

/// <summary>
/// The case of a household whose row-level data were released to an evaluator: what happened, in which month, in which
/// district; no name, code, id, order or time of writing, amount or origin that joins it to the record.
/// </summary>
public static class ReleasedMasking
{
    /// <summary>Amounts of money from which on a number is coarsened to a multiple of it.</summary>
    private const decimal Coarsest = 1_000_000;

    private static readonly string[] Money = ["amount", "worth", "proceeds", "balance", "overdue"];

    /// <summary>In the order in which things happened; versions count in that order, not in that of writing.</summary>
    public static CaseFile Of(Household household, Pseudonymizer pseudonyms, PlaceCatalog places)
    {
        var facts = household.Facts.ToList();
        facts.Sort(Fact.Order);
        var numbers = facts.Select((f, i) => (f.Version, Number: i + 1)).ToDictionary(x => x.Version, x => x.Number);
        var masked = facts.Select((f, i) =>
        {
            var e = Coarsened(Masking.DeIdentified(f.Event, pseudonyms), places);
            e = e switch
            {
                FactAnnulled x => x with { Fact = numbers.GetValueOrDefault(x.Fact, -x.Fact) },
                ImportWithdrawn x => x with { Import = Own(x.Import, pseudonyms) },
                _ => e,
            };
            return new Fact(i + 1, Ids.Named(Guid.Empty, pseudonyms.Of(Ids.Named(household.Id, f.Version.ToString(CultureInfo.InvariantCulture)))), e, f.Import is null ? null : Own(f.Import, pseudonyms));
        }).ToList();
        var address = pseudonyms.Of(household.Id);
        return new CaseFile(
            address, Sight.DeIdentified, new Household(Guid.Empty, address, masked), masked.ToDictionary(f => f.Version, f => new Writing(null, f.Event.Recorded)),
            new Dictionary<Guid, string>(), new Dictionary<Guid, Person>());
    }

    /// <summary>Days to their month, units to their district, money to millions; no ethnic origin.</summary>
    public static HouseholdEvent Coarsened(HouseholdEvent e, PlaceCatalog places)
    {
        var node = JsonSerializer.SerializeToNode(e, e.GetType(), Json.Options)!.AsObject();
        Coarsen(node, places);
        return (HouseholdEvent)node.Deserialize(e.GetType(), Json.Options)!;
    }

    private static void Coarsen(JsonObject o, PlaceCatalog places)
    {
        foreach (var (name, value) in o.ToList())
        {
            if (name == "ethnicMinority") o.Remove(name);
            else if (value is JsonObject inner) Coarsen(inner, places);
            else if (value is JsonArray array) foreach (var item in array.OfType<JsonObject>()) Coarsen(item, places);
            else if (value is JsonValue v && Coarse(name, v, places) is { } coarse) o[name] = coarse;
        }
    }

    private static JsonNode? Coarse(string name, JsonValue value, PlaceCatalog places)
    {
        if (value.GetValueKind() == JsonValueKind.Number && Money.Contains(name))
            return JsonValue.Create(Math.Ceiling(value.GetValue<decimal>() / Coarsest) * Coarsest);
        if (value.GetValueKind() != JsonValueKind.String) return null;
        var text = value.GetValue<string>();
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day)) return JsonValue.Create(MonthOf(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (name == "recorded" && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var instant))
            return JsonValue.Create(Kernel.Days.StartOf(MonthOf(Kernel.Days.DayOf(instant))));
        return places.Get(text) is { } unit ? JsonValue.Create(DistrictOf(unit.Id, places)) : null;
    }

    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>The district of a unit; the province where no one district is known.</summary>
    private static string DistrictOf(string unit, PlaceCatalog places) =>
        (places.DistrictOf(unit) ?? (places.OldDistrictsOf(unit) is [var only] ? only : null) ?? places.ProvinceOf(unit)).Id;

    private static string Own(string import, Pseudonymizer pseudonyms) => pseudonyms.Of(Ids.Named(Guid.Empty, import));
}
