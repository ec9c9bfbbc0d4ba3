using System.Text.Json;
using System.Text.Json.Nodes;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Commands;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Components.Forms;

public enum FieldKind { Date, Text, LongText, Number, Decimal, Money, Choice, YesNo, Standard, Training, Person, Place, Codes, Given, Instrument, Agreement, Condition, Funding, Conditions, Steps, Attachments, Offered, OtherHousehold, Together }

/// <summary>One field of a form.</summary>
/// <param name="Name">The member of the command in the public interface, by which a refusal names it, too.</param>
/// <param name="Enumeration">Of a choice: what is chosen from.</param>
/// <param name="Zero">An empty number counts as none rather than as unknown.</param>
public sealed record Field(string Name, FieldKind Kind, bool Required = false, Type? Enumeration = null, string[]? Without = null, bool Zero = false)
{
    /// <summary>Of what is offered: from where.</summary>
    public Func<IServiceProvider, CaseFile?, ValueTask<IReadOnlyList<Option>>>? Offer { get; init; }

    public Field Must() => this with { Required = true };
}

/// <summary>What of a filled-in form is neither a number nor a day, where it must be one.</summary>
/// <param name="Row">From 1, in a field of rows.</param>
public sealed record Unreadable(string Field, FieldKind Kind, int? Row = null);

/// <summary>A form: the command that it fills in, under its public name, and its fields in order.</summary>
public sealed record CommandForm(string Name, Type Command, params IReadOnlyList<Field> Fields)
{
    // What the members of a row are; what is not named is text.
    private static readonly Dictionary<string, FieldKind> Members = new() { ["amount"] = FieldKind.Money, ["due"] = FieldKind.Date, ["by"] = FieldKind.Date, ["everyMonths"] = FieldKind.Number };

    /// <summary>The command, or the field that cannot be read. Values are texts as they were typed.</summary>
    /// <exception cref="JsonException">The rows of a field are no rows: no person typed that.</exception>
    public (HouseholdCommand? Command, Unreadable? Unreadable) Read(IReadOnlyDictionary<string, string?> values)
    {
        var json = new JsonObject();
        foreach (var field in Fields)
        {
            var text = values.GetValueOrDefault(field.Name)?.Trim();
            if (string.IsNullOrEmpty(text))
            {
                if (field.Zero) json[field.Name] = 0;
                continue;
            }
            if (field.Kind is FieldKind.Funding or FieldKind.Conditions or FieldKind.Steps)
            {
                var (rows, wrong) = Rows(field, text);
                if (wrong is not null) return (null, wrong);
                if (rows!.Count > 0) json[field.Name] = rows;
                continue;
            }
            if (ValueOf(field.Kind, text) is not { } node) return (null, new(field.Name, field.Kind));
            json[field.Name] = node;
        }
        return ((HouseholdCommand?)json.Deserialize(Command, ApiJson.Options), null);
    }

    private static (JsonArray? Rows, Unreadable? Wrong) Rows(Field field, string text)
    {
        var rows = new JsonArray();
        foreach (var row in JsonSerializer.Deserialize<List<Dictionary<string, string?>>>(text) ?? [])
        {
            var json = new JsonObject();
            foreach (var (name, typed) in row.Where(m => !string.IsNullOrWhiteSpace(m.Value)))
            {
                var kind = Members.GetValueOrDefault(name, FieldKind.Text);
                if (ValueOf(kind, typed!.Trim()) is not { } node) return (null, new(field.Name, kind, rows.Count + 1));
                json[name] = node;
            }
            rows.Add(json);
        }
        return (rows, null);
    }

    private static JsonNode? ValueOf(FieldKind kind, string text) => kind switch
    {
        FieldKind.Date => DayText.Parse(text) is { } day ? DayText.Iso(day) : null,
        FieldKind.Number => NumberText.TryWhole(text, out var n) && n is >= int.MinValue and <= int.MaxValue ? (int)n : null,
        FieldKind.Money => NumberText.TryWhole(text, out var m) ? (decimal)m : null,
        FieldKind.Decimal => NumberText.TryDecimal(text, out var d) ? d : null,
        FieldKind.YesNo or FieldKind.Together => text == "true",
        FieldKind.Codes or FieldKind.Attachments => new JsonArray([.. text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(c => (JsonNode)c)]),
        _ => text,
    };
}
