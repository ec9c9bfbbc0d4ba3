using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace YenBai.Cases.Access;

/// <summary>
/// Text that somebody typed to find a person: a name, a code, a number. The record keeps a keyed digest of it, not the text,
/// since nothing may later change the record, and an erasure must leave no name in it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TypedTextAttribute : Attribute;

/// <summary>What was asked, as it was understood: which list, narrowed by what, in which order, which page.</summary>
/// <param name="List">The code of the list.</param>
public sealed record Question(string List, IReadOnlyList<QuestionPart> Parts)
{
    private static readonly ConcurrentDictionary<Type, (PropertyInfo Property, bool Typed)[]> Properties = [];

    /// <summary>Somebody searched for a person: recorded also where nobody was found.</summary>
    public bool Searches => Parts.Any(p => p.IsTyped);

    /// <param name="filter">Every property that can be set is a part, so that a new one cannot be left out.</param>
    /// <param name="more">What is no part of the filter, the page for one. A value that is none says nothing.</param>
    public static Question Of(string list, object? filter = null, params (string Name, object? Value)[] more)
    {
        var parts = new List<QuestionPart>();
        if (filter is not null)
            foreach (var (property, typed) in Properties.GetOrAdd(filter.GetType(), Read))
                Add(JsonNamingPolicy.CamelCase.ConvertName(property.Name), property.GetValue(filter), typed);
        foreach (var (name, value) in more) Add(name, value, false);
        return new(list, parts);

        void Add(string name, object? value, bool typed)
        {
            if (Text(value) is { Length: > 0 } text) parts.Add(new(name, text, typed));
        }
    }

    /// <summary>That a list was read on from a cursor. What is in the cursor is the code of a household, which the answer need not name.</summary>
    public static (string Name, object? Value) Continued(object? cursor) => ("cursor", cursor is null ? null : true);

    /// <summary>In the form of an address, which <see cref="Parse"/> reads.</summary>
    /// <param name="digest">What stands for typed text.</param>
    public string Write(Func<string, string> digest)
    {
        var parts = string.Join('&', Parts.Select(p => $"{p.Name}={Uri.EscapeDataString(p.IsTyped ? digest(p.Value) : p.Value)}"));
        return parts.Length == 0 ? List : $"{List}?{parts}";
    }

    public static Question Parse(string text)
    {
        var halves = text.Split('?', 2);
        return new(halves[0], halves.Length == 1 ? [] :
        [
            .. halves[1].Split('&').Select(p => p.Split('=', 2)).Where(p => p.Length == 2).Select(p => new QuestionPart(p[0], Uri.UnescapeDataString(p[1]), false)),
        ]);
    }

    private static (PropertyInfo, bool)[] Read(Type type) =>
        [.. type.GetProperties().Where(p => p.CanWrite).Select(p => (p, p.GetCustomAttribute<TypedTextAttribute>() is not null))];

    private static string? Text(object? value) => value switch
    {
        null or false => null,
        true => "true",
        string text => text,
        Enum e => JsonNamingPolicy.SnakeCaseLower.ConvertName(e.ToString()),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        // Which ones stands in the households that were named.
        ICollection many => many.Count == 0 ? null : many.Count.ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

/// <param name="IsTyped">Its value is not recorded as it is.</param>
public sealed record QuestionPart(string Name, string Value, bool IsTyped);
