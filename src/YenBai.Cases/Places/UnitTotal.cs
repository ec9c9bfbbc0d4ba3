using System.Globalization;

namespace YenBai.Cases.Places;

/// <summary>All households of a unit on a day: the denominator of a rate.</summary>
public sealed record UnitTotal(string Id, string UnitId, DateOnly On, long Households, string? Source)
{
    public static UnitTotal Of(string unitId, DateOnly on, long households, string? source) =>
        new($"{unitId}|{on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", unitId, on, households, source);
}
