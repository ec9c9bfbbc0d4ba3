using Marten;
using Marten.Events;
using YenBai.Cases.Access;
using YenBai.Cases.Households;

namespace YenBai.Cases.Privacy;

/// <summary>An answer that is owed to somebody who asked that their data be processed no further.</summary>
public sealed record OwedAnswer(string Code, string Unit, DateOnly Since, DateTimeOffset Asked, DateTimeOffset DueBy, bool Overdue);

/// <summary>What is owed and by when is read off the facts each time it is asked: nothing waits in a process, so no restart loses it.</summary>
public sealed class PrivacyDuties(IDocumentStore store, ReadLog log, TimeProvider clock)
{
    /// <summary>Those that somebody has to give, the soonest due first.</summary>
    public async Task<IReadOnlyList<OwedAnswer>> OwedAsync(Actor who, CancellationToken cancellation)
    {
        if (!who.May(Operation.AnswerForData)) return [];
        await using var session = store.QuerySession();
        var asked = await session.Events.QueryAllRawEvents().Where(e => e.EventTypesAre(typeof(ProcessingRestricted))).Select(e => e.StreamId).Distinct().ToListAsync(cancellation);
        var now = clock.GetUtcNow();
        IReadOnlyList<OwedAnswer> owed = [.. (await session.LoadManyAsync<Household>(cancellation, [.. asked])).Where(h => who.May(Operation.AnswerForData, Subjects.Of(h))).Select(h => Owed(h, now)).OfType<OwedAnswer>().OrderBy(o => o.DueBy)];
        await log.AddAsync(who, ReadKind.Listed, Sight.Full, owed.Select(o => Ids.Household(o.Code)), new Question("owed", []), cancellation);
        return owed;
    }

    public static OwedAnswer? Owed(Household household, DateTimeOffset now) =>
        household.Latest() is { Restriction: { Answered: false } asked } state
            ? new(household.Code, state.Unit, asked.Since, asked.Asked, asked.DueBy, now > asked.DueBy)
            : null;
}
