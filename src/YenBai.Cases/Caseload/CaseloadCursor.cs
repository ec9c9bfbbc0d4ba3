using System.Globalization;

namespace YenBai.Cases.Caseload;

/// <summary>The last household of a part of a list: the next part begins after it.</summary>
/// <param name="Rank">0 for a name written just as it was searched for, else 1.</param>
public sealed record CaseloadCursor(int Rank, string Code)
{
    /// <summary>None for what is no cursor.</summary>
    public static CaseloadCursor? Parse(string text) =>
        ListCursor.Parse(text, 2)?.Keys is ["0" or "1", _] keys ? new(int.Parse(keys[0], CultureInfo.InvariantCulture), keys[1]) : null;

    public override string ToString() => new ListCursor(Rank.ToString(CultureInfo.InvariantCulture), Code).ToString();
}
