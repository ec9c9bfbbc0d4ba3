using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace YenBai.Cases.Web.Gate;

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

    /// <summary>
    /// The members that a body must have: those that the serializer would fill in with a day, a number, an id or a word of a list that
    /// nobody gave. What may be left out is nullable, or has a default.
    /// </summary>
    public static IReadOnlyList<string> Required(Type type) => RequiredOf.GetOrAdd(type, t => [.. Members(t).Where(p => p.ParameterType.IsValueType).Select(NameOf)]);

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<string>> RequiredOf = new();

    /// <summary>The same and the texts that a decision asks for: what a program is to send.</summary>
    public static IEnumerable<string> Expected(Type type) => Members(type).Select(NameOf);

    private static IEnumerable<ParameterInfo> Members(Type type)
    {
        var nullability = new NullabilityInfoContext();
        return (type.GetConstructors().MaxBy(c => c.GetParameters().Length)?.GetParameters() ?? [])
            .Where(p => !p.HasDefaultValue && nullability.Create(p).WriteState == NullabilityState.NotNull);
    }

    private static string NameOf(ParameterInfo parameter) => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);

    /// <summary>The first member that a body lacks, as a path; also inside the lists of a body.</summary>
    public static string? Missing(JsonElement body, Type type)
    {
        if (body.ValueKind != JsonValueKind.Object) return null;
        var members = body.EnumerateObject().ToDictionary(m => m.Name, m => m.Value, StringComparer.OrdinalIgnoreCase);
        if (Required(type).FirstOrDefault(name => !members.ContainsKey(name)) is { } missing) return missing;
        foreach (var property in type.GetProperties())
        {
            if (ItemOf(property.PropertyType) is not { } item || !members.TryGetValue(property.Name, out var list) || list.ValueKind != JsonValueKind.Array) continue;
            foreach (var (element, i) in list.EnumerateArray().Select((e, i) => (e, i)))
                if (Missing(element, item) is { } inside) return $"{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}[{i}].{inside}";
        }
        return null;
    }

    /// <summary>What a list holds, where that has members of its own.</summary>
    private static Type? ItemOf(Type type) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && type.GenericTypeArguments[0] is { IsClass: true } item && item != typeof(string) ? item : null;

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.NumberHandling = JsonNumberHandling.Strict;
        return options;
    }
}
