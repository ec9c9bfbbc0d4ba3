using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Decisions;

/// <param name="Place">The id of a unit.</param>
/// <param name="Number">The number of the decision.</param>
public sealed record LetterQuestion(string Place, string? Hamlet, DateOnly On, string Number);

/// <summary>The letters of one decision on a list, for those who decide on its households.</summary>
public sealed class LetterBatch(PlaceCases cases, StandardShelf standards, PlaceCatalog places, ReadLog log)
{
    /// <summary>By the name of the head. That they were read is on record.</summary>
    public async Task<IReadOnlyList<(Letter Letter, NamedCase Case)>> AskAsync(Actor who, LetterQuestion question, CancellationToken cancellation)
    {
        var corrections = await standards.CorrectionsAsync(null, cancellation);
        var letters = new List<(Letter Letter, NamedCase Case)>();
        foreach (var named in await cases.ReadAsync(who, Operation.Decide, question.Place, question.Hamlet, cancellation))
            foreach (var fact in named.Household.Facts.Where(f => f.Event is ClassDecided d && d.On == question.On && d.DecisionNumber == question.Number))
                if (Letter.Of(named.Household, fact.Version, StandardShelf.Book(corrections, fact.Event.Recorded), places) is { } letter) letters.Add((letter, named));
        letters.Sort((a, b) => string.CompareOrdinal(VietnameseText.Fold(a.Case.HeadName ?? ""), VietnameseText.Fold(b.Case.HeadName ?? "")));
        if (letters.Count > 0) await log.AddAsync(who, ReadKind.Exported, Sight.Full, letters.Select(l => l.Case.Household.Id), Question.Of("letters", question), cancellation);
        return letters;
    }
}
