using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Import;

/// <summary>What a row of a register says of a household.</summary>
internal sealed record RegisterEntry(
    PovertyClass Class, string Standard, DateOnly? Since, Unit Unit, string? Hamlet, int? Members, Area? Area, Coarse Coarse, decimal? ScoreA, decimal? ScoreB,
    IReadOnlyList<string> Deprivations, IReadOnlyList<string> Causes, IReadOnlyList<string> Needs)
{
    public bool IsAssessed => ScoreA is not null || ScoreB is not null || Deprivations.Count + Causes.Count + Needs.Count > 0;
}

/// <summary>What a register says otherwise of a known household. None of it is applied; all of it is reported.</summary>
internal static class RegisterDifferences
{
    /// <param name="then">The household on the day of the register.</param>
    /// <returns>The column, the reason and its data.</returns>
    public static IEnumerable<(string Column, string Reason, object?[] Data)> Of(RegisterEntry row, HouseholdState then, PlaceCatalog places)
    {
        if (!then.Known) yield break;
        var judged = then.Classes.GetValueOrDefault(row.Standard);
        if (judged?.Class != row.Class) yield return ("class", "class_differs", [judged is null ? "–" : Choices.Classes.First(c => c.Value == judged.Class).Key, row.Standard]);
        else if (row.Since is { } since && since != judged.Since) yield return ("since", "since_differs", [judged.Since]);
        if (row.Unit.Id != then.Unit && !places.IsWithin(then.Unit, row.Unit.Id)) yield return ("commune_code", "commune_differs", [then.Unit.Split('@')[0]]);
        if (row.Hamlet is { } hamlet && VietnameseText.Fold(hamlet) != VietnameseText.Fold(then.Hamlet ?? "")) yield return ("hamlet", "hamlet_differs", [then.Hamlet ?? "–"]);
        if (row.Area is { } area && area != then.Area) yield return ("area", "area_differs", [then.Area is { } zone ? Choices.Areas.First(c => c.Value == zone).Key : "–"]);
        if (row.Coarse.Under16 is { } children && children != then.Then.Under16) yield return ("under_16", "children_differ", [then.Then.Under16?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "–"]);
        if (row.Coarse.Merit is { } merit && merit != then.Then.Merit) yield return ("merit_member", "merit_differs", []);
        if (row.Coarse.EthnicMinority is { } minority && minority != then.Then.EthnicMinority) yield return ("ethnicity", "minority_differs", []);
        if (row.IsAssessed && !IsAssessedSo(row, then.Assessments.GetValueOrDefault(row.Standard)))
            yield return (row.ScoreA is not null ? "score_a" : row.ScoreB is not null ? "score_b" : row.Deprivations.Count > 0 ? "deprivations" : row.Causes.Count > 0 ? "causes" : "needs", "assessment_differs", []);
    }

    /// <summary>What the row leaves out is no difference.</summary>
    private static bool IsAssessedSo(RegisterEntry row, Assessed? known) =>
        known is not null
        && (row.ScoreA is null || row.ScoreA == known.ScoreA) && (row.ScoreB is null || row.ScoreB == known.ScoreB)
        && (row.Deprivations.Count == 0 || row.Deprivations.ToHashSet().SetEquals(known.Deprivations))
        && (row.Causes.Count == 0 || row.Causes.ToHashSet().SetEquals(known.Causes))
        && (row.Needs.Count == 0 || row.Needs.ToHashSet().SetEquals(known.Needs));
}
