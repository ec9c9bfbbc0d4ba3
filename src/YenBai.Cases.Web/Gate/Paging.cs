namespace YenBai.Cases.Web.Gate;

/// <summary>How a list is read: by numbered pages, or part by part with a cursor.</summary>
internal static class Paging
{
    /// <summary>A size alone begins a reading by cursor.</summary>
    public static bool IsByCursor(int? page, int? size, string? cursor) => page is null && (size is not null || cursor is not null);

    /// <summary>What is wrong where both are asked for.</summary>
    public static IResult? Wrong(int? page, string? cursor, Problems problems) =>
        page is not null && !string.IsNullOrEmpty(cursor) ? problems.Of(400, "page_and_cursor", "cursor") : null;
}
