using System.Globalization;
using YenBai.Cases.Access;
using YenBai.Cases.Kernel;
using YenBai.Cases.Places;
using YenBai.Cases.RowLevel;

namespace YenBai.Cases.Web.Gate;

/// <summary>Reading of query parameters.</summary>
internal static class QueryValues
{
    /// <summary>A value of an enumeration in the snake case of the API.</summary>
    public static bool TryEnum<T>(string text, out T value) where T : struct, Enum
    {
        value = default;
        return !text.Any(char.IsAsciiDigit) && !text.Contains(',') && Enum.TryParse(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out value);
    }

    public static bool TryDay(string? text, out DateOnly? day)
    {
        day = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!DayText.TryRead(text, out var d)) return false;
        day = d;
        return true;
    }

    /// <summary>An instant; a date means the end of that day.</summary>
    public static bool TryInstant(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (TryDay(text, out var day))
        {
            if (day is { } d) instant = Days.EndOf(d);
            return true;
        }
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return false;
        instant = at;
        return true;
    }

    public static bool TryPosition(string? text, out long? position)
    {
        position = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var p)) return false;
        position = p;
        return true;
    }

    public static bool TryPoints(string? text, out decimal? points)
    {
        points = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!NumberText.TryDecimal(text, out var p)) return false;
        points = p;
        return true;
    }

    /// <summary>A district narrows a published list, the province is all of it; a commune does not narrow it.</summary>
    public static bool TryDistrict(string? unit, PlaceCatalog places, DateOnly today, out string? district)
    {
        var given = unit is null ? null : places.Get(unit);
        district = given?.Level == Level.District ? given.Id : null;
        return given is null or { Level: not Level.Commune };
    }

    public static Release? ReleaseOf(Actor who, string text, ReleasedRows released) => Guid.TryParse(text, out var id) ? released.Find(who, id) : null;
}
