using System.Globalization;
using System.Resources;

namespace YenBai.Cases.Import;

/// <summary>Why a row or a file is refused, in the words of an officer: Reasons.resx (Vietnamese) and Reasons.en.resx.</summary>
public sealed class Reasons
{
    private static readonly ResourceManager Resources = new("YenBai.Cases.Import.Reasons", typeof(Reasons).Assembly);

    public string Text(Problem problem) => Text(problem.Reason, problem.Data);

    public string Text(string code, params object?[] data) =>
        string.Format(CultureInfo.CurrentCulture, Resources.GetString(code, CultureInfo.CurrentUICulture) ?? code, [.. data.Select(Show)]);

    private static object? Show(object? value) => value switch
    {
        DateOnly day => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        // Money is read in groups; a year is not.
        decimal and >= 10_000m and var amount => amount.ToString("#,0", CultureInfo.CurrentUICulture),
        _ => value,
    };
}
