using System.Text.Json.Serialization;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Decisions;

/// <param name="Place">The id of a unit.</param>
/// <param name="On">The day of the decision.</param>
public sealed record ReviewQuestion(string Place, string? Hamlet, string Standard, DateOnly On);

/// <summary>Why a household of a list cannot be decided with the others.</summary>
[JsonConverter(typeof(SnakeCase<ReviewProblem>))]
public enum ReviewProblem
{
    NoAssessment, NoMeeting, MeetingDidNotConsent,

    /// <summary>A later day has a decision already.</summary>
    DecidedSince,
}

/// <summary>A household as the list for a decision has it.</summary>
/// <param name="ClassNow">Under the standard of the decision; none where it was never judged under it.</param>
/// <param name="Class">What the meeting consented to.</param>
/// <param name="Effect">What deciding that would do.</param>
/// <param name="LastDecision">The last decision under the standard.</param>
public sealed record ReviewLine(
    Household Household, string? HeadName, bool HeadErased, HouseholdState Then, Grounds Grounds, PovertyClass? ClassNow, PovertyClass? Class, ListEffect? Effect,
    ReviewProblem? Problem, ClassDecided? LastDecision)
{
    /// <summary>The standard of the decision with the corrections that the line was judged by.</summary>
    public StandardRules? Rules { get; private init; }

    /// <summary>None for a household that is not to be reviewed: neither poor nor near-poor, not surveyed since, and asking for nothing.</summary>
    public static ReviewLine? Of(NamedCase named, ReviewQuestion question, StandardBook book, PlaceCatalog places, DateTimeOffset now)
    {
        var (household, standard) = (named.Household, question.Standard);
        var then = household.StateAt(question.On, now);
        if (!then.Known || then.Status == ListStatus.Gone) return null;
        var classNow = then.Classes.GetValueOrDefault(standard)?.Class;
        var standsOnList = then.Status == ListStatus.Poor || classNow is PovertyClass.Poor or PovertyClass.NearPoor || then.ClassOn(question.On)?.Class.Class is PovertyClass.NearPoor;
        if (!standsOnList && !then.OpenReviews.ContainsKey(standard) && then.ExitRequest is null) return null;

        var grounds = Grounds.Of(then, standard, book, places);
        var decisions = household.Visible(now).Select(f => f.Event).OfType<ClassDecided>().Where(d => d.Standard == standard).ToList();
        ReviewProblem? problem =
            decisions.Exists(d => d.On > question.On) ? ReviewProblem.DecidedSince
            : grounds.Assessment is null ? ReviewProblem.NoAssessment
            : grounds.Meeting is null ? ReviewProblem.NoMeeting
            : grounds.Consented is null ? ReviewProblem.MeetingDidNotConsent
            : null;
        ListEffect? effect = grounds.Consented is { } consented
            ? ListEffects.Of(then, new DecideClass(question.On, standard, consented, null, null, null).Decide(household, new Occasion(Guid.Empty, now, places, book)).Events)
            : null;
        return new(household, named.HeadName, named.HeadErased, then, grounds, classNow, grounds.Consented, effect, problem, decisions.MaxBy(d => d.On)) { Rules = book.Find(standard) };
    }
}

/// <summary>The households of a place that a decision is about, each with what it rests on and what it would do.</summary>
public sealed class ReviewLists(PlaceCases cases, StandardShelf standards, PlaceCatalog places, ReadLog log, TimeProvider clock)
{
    public async Task<IReadOnlyList<ReviewLine>> AskAsync(Actor who, ReviewQuestion question, CancellationToken cancellation)
    {
        var now = clock.Now();
        var book = await standards.BookAsync(null, cancellation);
        var all = await cases.ReadAsync(who, Operation.Decide, question.Place, question.Hamlet, cancellation);
        IReadOnlyList<ReviewLine> lines = [.. all.Select(c => ReviewLine.Of(c, question, book, places, now)).OfType<ReviewLine>()
            .OrderBy(l => l.Then.Hamlet, StringComparer.Ordinal).ThenBy(l => VietnameseText.Fold(l.HeadName ?? "~"), StringComparer.Ordinal).ThenBy(l => l.Household.Code, StringComparer.Ordinal)];
        await log.AddAsync(who, ReadKind.Listed, Sight.Full, lines.Select(l => l.Household.Id), Question.Of("review", question), cancellation);
        return lines;
    }
}
