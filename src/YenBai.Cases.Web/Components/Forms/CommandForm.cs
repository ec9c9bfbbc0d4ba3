using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YenBai.Cases.Commands;
using YenBai.Cases.Web.Api;

namespace YenBai.Cases.Web.Components.Forms;

public enum FieldKind { Date, Text, LongText, Number, Decimal, Money, Choice, YesNo, Standard, Training, Person, Place, Codes, Given, Instrument, Agreement, Condition, Funding, Conditions, Attachments }

/// <summary>One field of a form.</summary>
/// <param name="Name">The member of the command in the public interface, by which a refusal names it, too.</param>
/// <param name="Enumeration">Of a choice: what is chosen from.</param>
/// <param name="Zero">An empty number counts as none rather than as unknown.</param>
public sealed record Field(string Name, FieldKind Kind, bool Required = false, Type? Enumeration = null, string[]? Without = null, bool Zero = false)
{
    public Field Must() => this with { Required = true };
}

/// <summary>A form: the command that it fills in, under its public name, and its fields in order.</summary>
public sealed record CommandForm(string Name, Type Command, params IReadOnlyList<Field> Fields)
{
    /// <summary>The command, or the field that cannot be read.</summary>
    public (HouseholdCommand? Command, string? Unreadable) Read(IReadOnlyDictionary<string, string?> values)
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
            JsonNode? node = field.Kind switch
            {
                FieldKind.Number => int.TryParse(Digits(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null,
                FieldKind.Money => decimal.TryParse(Digits(text), NumberStyles.None, CultureInfo.InvariantCulture, out var m) ? m : null,
                FieldKind.Decimal => decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var d) ? d : null,
                FieldKind.YesNo => text == "true",
                // Rows are kept as the public interface has them.
                FieldKind.Funding or FieldKind.Conditions => JsonNode.Parse(text),
                FieldKind.Codes or FieldKind.Attachments => new JsonArray([.. text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(c => (JsonNode)c)]),
                _ => text,
            };
            if (node is null) return (null, field.Name);
            json[field.Name] = node;
        }
        return ((HouseholdCommand?)json.Deserialize(Command, ApiJson.Options), null);
    }

    /// <summary>A whole number without what people put between its digits.</summary>
    public static string Digits(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('.' or ',' or '₫' or 'đ')));
}
