using System.Text.Json;
using System.Text.Json.Serialization;

namespace YenBai.Cases.Households;

/// <summary>
/// How a fact stands in a case: <c>{id, is, fact, import, version}</c>. PostgreSQL orders the members of jsonb by length,
/// so that "is", the event's stored name, is read before the "fact" whose shape it tells.
/// </summary>
public sealed class FactConverter : JsonConverter<Fact>
{
    public override Fact Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        Guid id = default;
        var version = 0;
        string? name = null, import = null;
        HouseholdEvent? e = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) id = reader.Read() ? reader.GetGuid() : default;
            else if (reader.ValueTextEquals("is"u8)) name = reader.Read() ? reader.GetString() : null;
            else if (reader.ValueTextEquals("import"u8)) import = reader.Read() ? reader.GetString() : null;
            else if (reader.ValueTextEquals("version"u8)) version = reader.Read() ? reader.GetInt32() : 0;
            else if (reader.ValueTextEquals("fact"u8) && name is not null && reader.Read()) e = (HouseholdEvent?)JsonSerializer.Deserialize(ref reader, Facts.Named(name).Type, options);
            else throw new JsonException($"A fact cannot be read at byte {reader.TokenStartIndex}.");
        }
        return new Fact(version, id, e ?? throw new JsonException("A fact without an event."), import);
    }

    public override void Write(Utf8JsonWriter writer, Fact fact, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, fact.Id);
        writer.WriteString("is"u8, Facts.NameOf(fact.Event));
        writer.WritePropertyName("fact"u8);
        JsonSerializer.Serialize(writer, fact.Event, fact.Event.GetType(), options);
        if (fact.Import is not null) writer.WriteString("import"u8, fact.Import);
        writer.WriteNumber("version"u8, fact.Version);
        writer.WriteEndObject();
    }
}
