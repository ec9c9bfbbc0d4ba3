using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Forms;

/// <param name="Group">The heading under which it is offered.</param>
public sealed record Option(string Value, string Text, string? Group = null);

/// <summary>What a field offers, in words.</summary>
public sealed class FieldChoices(Wording words, StandardWords standards, StandardShelf shelf, IStringLocalizer<Texts> texts, PlaceCatalog places)
{
    public IReadOnlyList<Option> Of(Field field, CaseFile? file, DateOnly on) => field.Kind switch
    {
        FieldKind.YesNo => [new("true", texts["yes_no.true"]), new("false", texts["yes_no.false"])],
        FieldKind.Standard => [.. PovertyStandards.All.OrderByDescending(s => s.AppliesFrom).Select(s => new Option(s.Code, words.Standard(s.Code)))],
        FieldKind.Training => Trainings(file),
        FieldKind.Person => [.. (file?.People.Values ?? []).Where(p => p.Erased is null).OrderBy(p => p.Name, Vietnamese).Select(p => new Option(p.Id.ToString(), p.Name ?? "–"))],
        FieldKind.Choice => Values(field),
        FieldKind.Instrument => [.. Instruments.All.Where(i => !(on < i.From) && !(on > i.Until)).Select(i => new Option(i.Code, words.Instrument(i.Code)))],
        FieldKind.Agreement => [.. Agreements(file).Select(a => new Option(a.Id.ToString(), texts["supports.choice", words.Instrument(a.Terms.Instrument), words.Day(a.Start)]))],
        FieldKind.Condition => Conditions(file, on),
        _ => [],
    };

    /// <summary>The communes of a day, those that somebody works in first.</summary>
    public IReadOnlyList<Option> PlacesFor(Actor who, DateOnly on)
    {
        var own = OwnPlaces.Of(who, Operation.RecordWork, places, on).Select(o => o.Commune.Id).ToHashSet();
        return
        [
            .. places.In(Level.Commune, on).OrderByDescending(u => own.Contains(u.Id)).ThenBy(u => u.ShortName, Vietnamese)
                .Select(u => new Option(u.Id, words.PlaceInFull(u.Id), own.Count == 0 ? null : texts[own.Contains(u.Id) ? "list.mine" : "form.other_places"].Value)),
        ];
    }

    /// <summary>The causes of the standard in force on a day.</summary>
    public IReadOnlyList<Option> CausesOn(DateOnly day) => CodesOf(new("causes", FieldKind.Codes), PovertyStandards.InForce(day).Code);

    /// <summary>The codes of a standard that a field is a list of.</summary>
    public IReadOnlyList<Option> CodesOf(Field field, string? standard) => shelf.Newest.Find(standard) is not { } rules ? [] : field.Name switch
    {
        "deprivations" => [.. rules.Indicators.Select(i => new Option(i.Code, standards.Text(i.Name)))],
        "causes" => [.. rules.Causes.Select(c => new Option(c.Code, standards.Text(c.Name)))],
        "needs" => [.. rules.Needs.Select(n => new Option(n.Code, standards.Text(n.Name)))],
        _ => [],
    };

    internal static readonly StringComparer Vietnamese = StringComparer.Create(System.Globalization.CultureInfo.GetCultureInfo("vi"), ignoreCase: true);

    private List<Option> Values(Field field) =>
    [
        .. Enum.GetNames(field.Enumeration!).Select(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName).Where(v => field.Without?.Contains(v) != true)
            .Select(v => new Option(v, words.Choice(Wording.KindOf(field.Enumeration!), v))),
    ];

    /// <summary>Those about which something may still be told: what lapsed, since of the time before it more may be learnt.</summary>
    private static IEnumerable<Agreement> Agreements(CaseFile? file) =>
        (file?.Household.Latest().Agreements.Values ?? []).Where(a => a.Ended is null or { Outcome: SupportOutcome.Lapsed }).OrderByDescending(a => a.Start);

    private List<Option> Conditions(CaseFile? file, DateOnly on) =>
    [
        .. (file?.Household.Latest().Agreements.Values ?? []).Where(a => a.Ended is not { Outcome: SupportOutcome.EndedEarly })
            .SelectMany(a => a.Conditions.Where(c => !a.IsSettled(c)).Select(c => (Condition: c, Due: a.DueOn(c, on)))).OrderBy(c => c.Due)
            .Select(c => new Option(c.Condition.Id.ToString(), texts["supports.condition_choice", words.Condition(c.Condition.Terms, file!.Notes), words.Day(c.Due)])),
    ];

    private List<Option> Trainings(CaseFile? file)
    {
        if (file is null) return [];
        var open = file.Household.Latest().Supports.Where(s => s.Instrument == "training" && s.Completed is null).Select(s => s.Id).ToHashSet();
        return [.. file.Household.Visible(DateTimeOffset.MaxValue).Select(f => f.Event).OfType<TrainingJoined>().Where(t => open.Contains(t.SupportId))
            .Select(t => new Option(t.SupportId.ToString(), $"{t.Course} ({words.Day(t.On)})"))];
    }
}
