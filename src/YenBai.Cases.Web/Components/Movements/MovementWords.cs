using System.Globalization;
using Microsoft.Extensions.Localization;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Movements;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Movements;

/// <summary>The movement table in words: the same on the page and in its file.</summary>
public sealed class MovementWords(IStringLocalizer<MovementTexts> texts, Wording words, PlaceCatalog places)
{
    public string Unit(MovementLine line, MovementTable table) =>
        line.Unit == MovementReport.All ? Whole(table.Question.Place)
        : line.Place is { } place ? place.Name
        : texts[line.Unit is "urban" or "rural" ? line.Unit : ExitSpell.Unknown];

    public string Whole(string? place) => place is { } id && places.Get(id) is { Level: not Level.Province } ? words.PlaceInFull(id) : texts["whole"];

    public string Title(MovementTable table) => table.Beside is { } beside ? texts["title.two", Year(table.Year), Year(beside)] : texts["title", Year(table.Year)];

    /// <summary>The head above the columns of a movement.</summary>
    public string Group(MovementColumn column) => texts[$"group.{Wording.Code(GroupOf(column))}"];

    public static MovementColumn GroupOf(MovementColumn column) => column switch
    {
        MovementColumn.VoluntaryExits or MovementColumn.ExitsNotTold => MovementColumn.Exits,
        MovementColumn.ReentriesStandardChange or MovementColumn.ReentriesAfterAbsence => MovementColumn.Reentries,
        MovementColumn.MovedIn => MovementColumn.OtherIn,
        MovementColumn.MovedOut => MovementColumn.OtherOut,
        _ => column,
    };

    public string Official(MovementColumn column) => texts[column switch
    {
        MovementColumn.FormExits => "head.exits",
        MovementColumn.FormReentries => "head.reentries",
        MovementColumn.FormNewlyPoor => "head.newly_poor",
        MovementColumn.Opening => "head.opening",
        _ => "head.closing",
    }];

    /// <summary>The head of a column in a row of its own.</summary>
    public string Column(SheetColumn column, MovementLayout layout) => (column.Figure, layout) switch
    {
        (SheetFigure.Residents, _) => texts["head.residents"],
        (SheetFigure.Count, MovementLayout.Full) => ShortOf(column.Column) is var (group, name) && name is null ? group : $"{group}: {name}",
        (SheetFigure.Minority, _) => $"{Official(column.Column)}: {texts["head.minority.long"]}",
        _ => $"{Official(column.Column)}: {texts[$"head.{Wording.Code(column.Figure)}"]}",
    };

    public string Long(MovementColumn column) => texts[$"long.{Wording.Code(column)}"];

    public string Mark(EthnicMark mark) => texts[$"mark.{Wording.Code(mark)}"];

    public string Instant(DateTimeOffset at) => at == Days.EndOf(Days.DayOf(at)) ? words.Day(at) : words.Moment(at);

    /// <summary>A rate has two decimals, as on the official form.</summary>
    public string Value(SheetColumn column, decimal value) =>
        column.Figure == SheetFigure.Percent ? value.ToString("#,0.00", CultureInfo.CurrentUICulture)
        : column.Column == MovementColumn.ListChange && column.Figure == SheetFigure.Count && value != 0 ? (value > 0 ? "+" : "−") + words.Number(Math.Abs(value))
        : words.Number(value);

    public string List(string? standard) => standard is null ? texts["form.in_force"] : words.Standard(standard);

    /// <summary>Whether the table was found to add up, in a sentence or two.</summary>
    public string Check(MovementTable table, MovementLayout layout) =>
        !table.AddsUp ? texts["check.fails"] : texts[$"check.{Wording.Code(layout)}"];

    public string? Follows(MovementTable table)
    {
        if (table.FollowsOn is not { } holds || table.Beside is not { } beside) return null;
        var (earlier, later) = (Math.Min(table.Year, beside), Math.Max(table.Year, beside));
        if (!holds) return texts["follows.fails", Year(earlier), Year(later)];
        var change = table.Whole.Years.First(y => y.Row.Year == later)[MovementColumn.ListChange, EthnicMark.All];
        return change == 0 ? texts["follows", Year(earlier), Year(later)] : texts["follows.change", Year(earlier), Year(later), Value(new(SheetFigure.Count, MovementColumn.ListChange), change)];
    }

    /// <summary>How to read the table, and what is to be said of these figures.</summary>
    public IEnumerable<string> Notes(MovementTable table, MovementLayout layout, bool split)
    {
        foreach (var note in OfTheList(table)) yield return note;
        yield return texts[layout == MovementLayout.Official ? "means.folded" : "means.full"];
        yield return texts["means.reentry"];
        if (layout == MovementLayout.Official) yield return texts["means.rates"];
        if (!table.Identifies) yield break;
        if (layout == MovementLayout.Official || split) yield return texts["means.minority"];
        foreach (var year in table.Whole.Years)
        {
            if (year.Row.EthnicityNotTold.Counts is { Opening: var opening, Closing: var closing } && opening + closing > 0 && (layout == MovementLayout.Official || split))
                yield return texts["not_told", Year(year.Row.Year), words.Number(opening), words.Number(closing)];
            if (year.Row.Counts is { NewlyPoorOfShortHistory: > 0 and var some, NewlyPoor: var all })
                yield return texts["short_history", words.Number(some), words.Number(all), Year(year.Row.Year)];
        }
    }

    /// <summary>A list of another standard is another list: nobody moved.</summary>
    public IEnumerable<string> OfTheList(MovementTable table)
    {
        foreach (var standard in PovertyStandards.All.Skip(1).Where(s => table.Question.Standard is null && table.Years.Contains(s.AppliesFrom.Year) && s.AppliesFrom <= table.Question.AsOf))
        {
            var (on, before) = (words.Day(standard.AppliesFrom), words.Standard(PovertyStandards.InForce(standard.AppliesFrom.AddDays(-1)).Code));
            var after = words.Standard(standard.Code);
            var by = table.Whole.Years.First(y => y.Row.Year == standard.AppliesFrom.Year)[MovementColumn.ListChange, EthnicMark.All];
            yield return texts["change", on, after, before, texts[by > 0 ? "change.more" : by < 0 ? "change.less" : "change.none", words.Number(Math.Abs(by))], Year(standard.AppliesFrom.Year)];
        }
        if (table.Change is { On: { } day } both)
            yield return texts["change.both", words.Day(day), words.Number(both.ByTheOld), words.Standard(both.Before.Code), words.Number(both.ByTheNew), words.Standard(both.After.Code)];
    }

    /// <summary>What a household did, in the table's terms.</summary>
    public string Did(Transition t, bool ofOneStandard)
    {
        if (t.ByListChange) return texts[t.Movement == Movement.Exit ? "did.list_out" : "did.list_in"];
        var cause = t.Cause is { } c ? texts[$"cause.{Wording.Code(c)}"].Value : "";
        return t.Movement switch
        {
            Movement.Exit => $"{texts[t.To is PovertyClass.NearPoor or PovertyClass.NotPoor ? $"did.exit.{Wording.Code(t.To.Value)}" : "did.exit"]}; {texts[t.Voluntary switch { true => "did.exit.voluntary", false => "did.exit.not_voluntary", _ => "did.exit.not_told" }]}",
            Movement.ReEntry => $"{texts[t.AfterAbsence ? "did.re_entry.absent" : "did.re_entry"]}: {cause}",
            Movement.NewlyPoor => $"{texts["did.newly_poor"]}: {cause}{(t.ShortHistory ? "; " + texts["did.short_history"] : "")}",
            Movement.OtherIn => t.Elsewhere is { } from ? texts["did.moved_in", words.PlaceInFull(from)]
                : texts[t.By == FactKind.Split ? "did.split" : t.Cause == EntryCause.Correction ? "did.withdrawn" : ofOneStandard ? "did.carried" : "did.returned"],
            Movement.OtherOut => t.Elsewhere is { } to ? texts["did.moved_out", words.PlaceInFull(to)] : texts[t.By == FactKind.Dissolve ? "did.dissolved" : "did.left"],
            _ => texts[$"did.{Wording.Code(t.Movement)}"],
        };
    }

    public static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);

    private (string Group, string? Name) ShortOf(MovementColumn column) =>
        Group(column) is var group && column is MovementColumn.Opening or MovementColumn.Closing or MovementColumn.NewlyPoor or MovementColumn.ListChange ? (group, null) : (group, texts[$"col.{Wording.Code(column)}"]);
}
