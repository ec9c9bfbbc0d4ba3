using System.Globalization;

namespace YenBai.Cases.Listing;

/// <summary>The day of an annual review.</summary>
public sealed record Review(string Id, DateOnly On)
{
    /// <summary>The last fact of the list that was stored before this review was recorded.</summary>
    public long Since { get; init; }

    public static Review Of(DateOnly on) => new(on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), on);
}
