using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace YenBai.Cases.Web.Api;

/// <summary>JSON of the public interface: camel case; a member that stands there twice is an error, one that is not known is told of (see <see cref="Unknown"/>).</summary>
public static class ApiJson
{
    public static readonly JsonSerializerOptions Options =
        Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false });

    /// <summary>The members of a body that its type does not have: they change nothing, and whoever sent them ought to know.</summary>
    public static IEnumerable<string> Unknown(JsonElement body, Type type)
    {
        var known = type.GetProperties().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return body.ValueKind == JsonValueKind.Object ? body.EnumerateObject().Select(m => m.Name).Where(m => !known.Contains(m)) : [];
    }

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.NumberHandling = JsonNumberHandling.Strict;
        return options;
    }
}
