using System.Globalization;

namespace YenBai.Cases.Places;

public enum Level { Province, District, Commune }

[System.Text.Json.Serialization.JsonConverter(typeof(SnakeCase<Area>))]
public enum Area { Rural, Urban }

/// <summary>
/// An administrative unit in one period of its life. Codes are re-used for other places, so a unit is known by its
/// code and its first day: <c>04606@2020-02-01</c> is Pá Hu, <c>04606@2025-07-01</c> is Trạm Tấu.
/// </summary>
/// <param name="Id"><c>CODE@yyyy-MM-dd</c>, see <see cref="IdOf"/>.</param>
/// <param name="From">First day of validity, as far as known.</param>
/// <param name="Until">Last day of validity; null while the unit stands.</param>
/// <param name="Area">Of communes only. The kind of a commune does not decide it: the province may prescribe otherwise.</param>
/// <param name="Name">In full: Huyện Mù Cang Chải.</param>
/// <param name="ShortName">Without its kind: Mù Cang Chải.</param>
/// <param name="AsciiName">The short name without diacritics, as files of figures have it: Mu Cang Chai, Yen Bai city.</param>
/// <param name="Successors">The units that took this one over when it ended.</param>
/// <param name="SuccessorOpen">The successors are candidates: it is not known which of them took the unit over.</param>
public sealed record Unit(
    string Id,
    string Code,
    DateOnly From,
    DateOnly? Until,
    Level Level,
    Area? Area,
    string Name,
    string ShortName,
    string AsciiName,
    string? ParentId,
    IReadOnlyList<string> Successors,
    bool SuccessorOpen,
    string? Note,
    string Source)
{
    public static string IdOf(string code, DateOnly from) =>
        string.Create(CultureInfo.InvariantCulture, $"{code}@{from:yyyy-MM-dd}");

    /// <summary>Whether the unit stands on that day.</summary>
    public bool IsValidOn(DateOnly day) => From <= day && !HasEndedBy(day);

    internal bool HasEndedBy(DateOnly day) => Until < day;
}

/// <summary>Another spelling of a unit's short name.</summary>
public sealed record UnitAlias(string UnitId, string Alias);

/// <summary>A kind of unit (Huyện) with the words that stand for it before a name (Huyện, H) and after (district).</summary>
public sealed record UnitKind(string Name, Level Level, IReadOnlyList<string> Before, IReadOnlyList<string> After);

/// <summary>Where a unit stands in the schematic map, counted from the top left corner.</summary>
public sealed record Tile(string UnitId, int Column, int Row);
