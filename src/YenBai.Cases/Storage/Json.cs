using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using YenBai.Cases.Households;

namespace YenBai.Cases.Storage;

/// <summary>How events and documents are written: camel case, nothing for nothing, Vietnamese letters as they are.</summary>
public static class Json
{
    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions());

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        // PostgreSQL orders the members of jsonb by length, so the discriminator does not come first.
        options.AllowOutOfOrderMetadataProperties = true;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameEvents } };
        return options;
    }

    /// <summary>Inside a case an event stands under its stored name.</summary>
    private static void NameEvents(JsonTypeInfo type)
    {
        if (type.Type != typeof(HouseholdEvent)) return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "$type" };
        foreach (var e in Facts.All) type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(e.Type, e.Name));
    }
}
