namespace YenBai.Cases.Web.Api;

/// <summary>Reading of query parameters.</summary>
internal static class Query
{
    /// <summary>A value of an enumeration in the snake case of the API.</summary>
    public static bool TryEnum<T>(string text, out T value) where T : struct, Enum
    {
        value = default;
        return !text.Any(char.IsAsciiDigit) && !text.Contains(',') && Enum.TryParse(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out value);
    }
}
