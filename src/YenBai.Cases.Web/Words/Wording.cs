using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using YenBai.Cases.Support;

namespace YenBai.Cases.Web.Words;

/// <summary>Values as an officer writes them: days, money, classes, places; in the reader's language.</summary>
public sealed class Wording(IStringLocalizer<Texts> texts, PlaceCatalog places, TimeProvider clock)
{
    public string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public string? Day(DateOnly? day) => day is { } d ? Day(d) : null;

    public string Day(DateTimeOffset instant) => Day(Days.DayOf(instant));

    /// <summary>The day and the time of day in Vietnam.</summary>
    public string Moment(DateTimeOffset instant) => Days.Local(instant).ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture);

    public string Short(DateOnly day) => day.ToString("dd/MM", CultureInfo.InvariantCulture);

    public string Number(long number) => number.ToString("N0", CultureInfo.CurrentUICulture);

    public string Number(decimal number) => number.ToString("#,0.##", CultureInfo.CurrentUICulture);

    public string Money(decimal amount) => amount.ToString("#,0", CultureInfo.CurrentUICulture) + " ₫";

    /// <summary>A value of an enumeration, or of a list of choices: the text <c>kind.value</c>.</summary>
    public string Choice(string kind, string value) => texts[$"{kind}.{value}"];

    public string Choice<T>(T value) where T : struct, Enum => Choice(KindOf(typeof(T)), Code(value));

    /// <summary>The value in the snake case of the API.</summary>
    public static string Code<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static string KindOf(Type enumeration) => JsonNamingPolicy.SnakeCaseLower.ConvertName(enumeration.Name);

    public string Standard(string code) =>
        PovertyStandards.FindRecorded(code) is null ? code : texts["standard.short", code.Replace("-", "–", StringComparison.Ordinal)];

    /// <summary>The class where there is one; else what the list says of the household.</summary>
    public string ClassOrStatus(PovertyClass? @class, ListStatus status) =>
        status == ListStatus.Gone ? Choice(status) : @class is { } c ? Choice(c) : Choice(status);

    public string Place(string unit) => places.Get(unit)?.Name ?? unit;

    /// <summary>Commune and, where there was one, its district.</summary>
    public string PlaceInFull(string unit) =>
        places.Get(unit) is not { } u ? unit : places.DistrictOf(unit) is { } d && d.Id != u.Id ? $"{u.Name}, {d.Name}" : u.Name;

    /// <summary>The place under the name it has on a day: a commune of before the mergers is called by the commune that took it over.</summary>
    public string PlaceOn(string unit, DateOnly on) => places.StandingOn(unit, on) is { } standing ? PlaceInFull(standing.Id) : unit;

    public string PlaceToday(string unit) => PlaceOn(unit, clock.Today());

    /// <summary>A count, or that it is withheld because it would tell of a few.</summary>
    public string Count(long? count) => count is { } n ? Number(n) : texts["count.withheld"];

    public string Supports(string? mix) =>
        mix is null or "none" ? texts["support.none"] : string.Join(", ", mix.Split('+').Select(i => Choice("support", i)));

    /// <summary>The instrument's name; one that is no longer listed is called by its code.</summary>
    public string Instrument(string code) => Instruments.Find(code) is { } i ? English ? i.NameEn : i.NameVi : code;

    public string ConditionKind(string code) => Instruments.FindCondition(code) is { } c ? English ? c.NameEn : c.NameVi : code;

    /// <summary>A condition's own words, else those of its kind.</summary>
    public string Title(ConditionItem condition) => condition.Title ?? ConditionKind(condition.Kind);

    /// <summary>A condition in its own words, where it has some and they are there; else what it asks for.</summary>
    public string Condition(ConditionTerms condition, IReadOnlyDictionary<Guid, string> notes) =>
        condition.TitleId is { } own && notes.TryGetValue(own, out var title) ? title : ConditionKind(condition.Kind);

    public string Fundings(IReadOnlyList<Funding> funding) => string.Join(", ", funding.Select(f => texts["part.fund", Choice(f.Source), Money(f.Amount)].Value));

    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>Who recorded it, by their staff code. Before there were accounts, whoever sat at the machine.</summary>
    public string? By(string? user, string? import) =>
        import is not null ? texts["by.import"] : user is null or "" ? null : user == "local" ? texts["by.local"] : user == Access.Actor.Operator.Name ? texts["by.operator"] : user;
}
