using System.Runtime.CompilerServices;
using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Support;

/// <summary>What is wanted of many agreements at once.</summary>
public abstract record BulkWish
{
    /// <summary>The commands on one agreement; none where there is nothing to change.</summary>
    internal abstract IEnumerable<HouseholdCommand> CommandsFor(Agreement agreement, DateOnly today);
}

/// <summary>Each gets so many months more.</summary>
public sealed record BulkExtension(int Months, string Reason) : BulkWish
{
    internal override IEnumerable<HouseholdCommand> CommandsFor(Agreement agreement, DateOnly today) =>
        [new ExtendSupport(today, agreement.Id, agreement.EndOn(today).AddMonths(Months), Reason)];
}

/// <summary>Somebody else sees to all conditions that are open.</summary>
public sealed record BulkReassignment(string Owner) : BulkWish
{
    internal override IEnumerable<HouseholdCommand> CommandsFor(Agreement agreement, DateOnly today) =>
        agreement.Conditions.Where(c => !agreement.IsSettled(c) && c.Owner != Owner.Trim()).Select(c => new ReassignCondition(today, c.Id, Owner));
}

/// <summary>One command as it would be handed in: at the version that it was decided on.</summary>
public sealed record BulkStep(int Version, HouseholdCommand Command);

/// <summary>What would become of one agreement.</summary>
/// <param name="End">Its last day now; <paramref name="NewEnd"/> the one it would have.</param>
/// <param name="Refusal">Why it cannot be.</param>
public sealed record BulkLine(SupportItem Support, DateOnly End, DateOnly? NewEnd, IReadOnlyList<BulkStep> Steps, Refusal? Refusal);

/// <summary>
/// The same change to many agreements: first what the commands would decide, dry; then each handed in for itself. What is
/// done is what was shown: a household that changed meanwhile is left alone and said to be.
/// </summary>
public sealed class BulkChange(IDocumentStore store, SupportQuery query, CommandDesk desk, StandardShelf shelf, TimeProvider clock)
{
    private static readonly Guid Dry = new("6f2d1a1e-3a1b-5e0e-9a55-6a8de1b7c0f4");

    public async Task<IReadOnlyList<BulkLine>> PreviewAsync(Actor who, IReadOnlyCollection<Guid> supports, BulkWish wish, CancellationToken cancellation)
    {
        if (supports.Count == 0) return [];
        var found = (await query.PageAsync(who, new SupportFilter { Ids = supports }, 1, SupportQuery.LargestPage, cancellation)).Items.Where(s => s.Sight == Sight.Full).ToList();
        var (now, today, book) = (clock.Now(), clock.Today(), await shelf.BookAsync(null, cancellation));
        await using var session = store.QuerySession();
        List<BulkLine> lines = [];
        foreach (var some in found.GroupBy(s => Ids.Household(s.Code)).Chunk(200))
        {
            var households = (await session.HouseholdsAsync([.. some.Select(s => s.First().Code)], cancellation)).ToDictionary();
            foreach (var (id, item) in some.SelectMany(g => g.Select(s => (g.Key, s))))
            {
                if (!households.TryGetValue(id, out var household) || household.Latest().Agreements.GetValueOrDefault(item.Id) is not { } agreement) continue;
                var (line, after) = Decide(who, item, agreement, household, wish, book, today, now);
                lines.Add(line);
                // The next agreement of the same household is decided on what this one leaves behind.
                households[id] = after;
            }
        }
        return lines;
    }

    private static (BulkLine, Household) Decide(Actor who, SupportItem item, Agreement agreement, Household household, BulkWish wish, StandardBook standards, DateOnly today, DateTimeOffset now)
    {
        List<BulkStep> steps = [];
        var (end, after) = (agreement.EndOn(today), household);
        Refusal? refusal = null;
        foreach (var command in wish.CommandsFor(agreement, today))
        {
            if (!who.MayGive(command, household))
            {
                refusal = new("not_permitted");
                break;
            }
            var decision = command.Decide(after, new Occasion(Dry, now, PlaceCatalog.Default, standards));
            if ((refusal = decision.Refusal) is not null) break;
            steps.Add(new(after.Version, command));
            var version = after.Version;
            after = after.With(decision.Events.Select(e => new Fact(++version, Guid.Empty, e, null)));
        }
        if (refusal is null && steps.Count == 0) refusal = new("nothing_to_change");
        if (refusal is not null) return (new(item, end, null, [], refusal), household);
        return (new(item, end, after.Latest().Agreements[agreement.Id].EndOn(today), steps, null), after);
    }

    /// <summary>Hands in what the preview found possible, one agreement after the other, and says of each how it went. The same again acts once.</summary>
    public async IAsyncEnumerable<(BulkLine Line, Received Outcome)> RunAsync(Actor who, IEnumerable<BulkLine> lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var line in lines.Where(l => l.Refusal is null))
        {
            cancellation.ThrowIfCancellationRequested();
            var outcome = new Received(Reception.Accepted);
            foreach (var (version, command) in line.Steps)
            {
                // The version is part of the key: the same may well be wished again once the household is another.
                var key = Ids.Named(Dry, $"{line.Support.Id}\n{version}\n{command}").ToString();
                outcome = await desk.SubmitAsync(who, line.Support.Code, version, key, command, cancellation);
                if (outcome.Reception != Reception.Accepted) break;
            }
            yield return (line, outcome);
        }
    }
}
