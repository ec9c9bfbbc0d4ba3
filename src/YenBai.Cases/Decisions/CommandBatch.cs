using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using JasperFx;
using Marten;
using Marten.Exceptions;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Decisions;

/// <summary>One command of many.</summary>
/// <param name="Version">The version of the household that the person saw.</param>
public sealed record Asked(string Code, int Version, HouseholdCommand Command);

/// <summary>How one command of many ended, or would.</summary>
/// <param name="Version">The household's version after it.</param>
/// <param name="Effect">Of a decision on a class, what it does to the list.</param>
/// <param name="Decision">The version of the decision's own fact: its letter.</param>
public sealed record BatchOutcome(
    string Code, Reception Reception, int Version, ListEffect? Effect, int? Decision, IReadOnlyList<string> Warnings, Refusal? Refusal)
{
    public bool Done => Reception == Reception.Accepted;
}

/// <summary>
/// Many commands under one name, one after the other. Each has a key of its own that follows from the name, so that doing it
/// again after it was stopped goes on, and nothing happens twice.
/// </summary>
public sealed class CommandBatch(CommandDesk desk, IDocumentStore store, StandardShelf standards, PlaceCatalog places, ReadLog log, TimeProvider clock)
{
    private static readonly Guid Names = new("3a4f3c0a-62c8-5a0f-9a0e-8f1d0c1b7e55");

    public async IAsyncEnumerable<BatchOutcome> RunAsync(Actor who, string name, IEnumerable<Asked> asked, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var one in asked)
        {
            cancellation.ThrowIfCancellationRequested();
            // What has begun is done to its end.
            var received = await desk.SubmitAsync(who, one.Code, one.Version, $"{name}/{one.Code}/{one.Version}", one.Command, CancellationToken.None);
            var (effect, decision) = received.Reception == Reception.Accepted ? await DoneAsync(one, received.Answer!.Version) : (null, null);
            yield return new(
                one.Code, received.Reception, received.Answer?.Version ?? received.CurrentVersion, effect, decision, received.Answer?.Warnings ?? [], received.Answer?.Refusal);
        }
    }

    /// <summary>Takes the name for a text. False where it stands for another: the same name must say the same.</summary>
    public async Task<bool> ClaimAsync(Actor who, string name, string text, CancellationToken cancellation)
    {
        var id = Ids.Named(Names, $"{who.Name}\n{name}");
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<Receipt>(id, cancellation) is { } before) return before.Fingerprint == digest;
        session.Insert(new Receipt(id, digest, new Answer("", 0, [], null), clock.Now()));
        try
        {
            await session.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DocumentAlreadyExistsException)
        {
            return (await session.LoadAsync<Receipt>(id, cancellation))?.Fingerprint == digest;
        }
    }

    /// <summary>How each would end. Nothing is changed.</summary>
    public async Task<IReadOnlyList<BatchOutcome>> TryAsync(Actor who, IReadOnlyList<Asked> asked, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var households = new Dictionary<Guid, Household>();
        foreach (var some in asked.Select(a => a.Code).Distinct().Chunk(1000))
            foreach (var (id, household) in await session.HouseholdsAsync(some, cancellation)) households[id] = household;
        var occasion = new Occasion(Guid.Empty, clock.Now(), places, await standards.BookAsync(null, cancellation));
        var theirs = asked.Where(a => households.TryGetValue(Ids.Household(a.Code), out var h) && who.MayGive(a.Command, h)).Select(a => households[Ids.Household(a.Code)].Id);
        await log.AddAsync(who, ReadKind.Listed, Sight.Full, theirs, Question.Of("dry_run"), cancellation);
        return [.. asked.Select(one => Try(who, one, households.GetValueOrDefault(Ids.Household(one.Code)), occasion))];
    }

    private static BatchOutcome Try(Actor who, Asked one, Household? household, Occasion occasion)
    {
        if (!who.MayGive(one.Command)) return Ended(Reception.NotPermitted);
        if (household is null || !who.MayGive(one.Command, household)) return Ended(Reception.NoSuchHousehold);
        if (household.Version != one.Version) return Ended(Reception.Stale, household.Version);
        var decision = one.Command.Decide(household, occasion);
        if (decision.Refusal is { } refusal) return Ended(Reception.Refused, household.Version) with { Refusal = refusal };
        return Ended(Reception.Accepted, household.Version + decision.Events.Count) with
        {
            Effect = decision.Events.OfType<ClassDecided>().Any() ? ListEffects.Of(household.StateAt(one.Command.On, occasion.Now), decision.Events) : null,
            Warnings = decision.Warnings,
        };

        BatchOutcome Ended(Reception reception, int version = 0) => new(one.Code, reception, version, null, null, [], null);
    }

    /// <summary>What the facts say that it did; the same when it is asked again.</summary>
    private async Task<(ListEffect? Effect, int? Decision)> DoneAsync(Asked one, int version)
    {
        await using var session = store.QuerySession();
        if (await session.HouseholdAsync(one.Code, CancellationToken.None) is not { } household) return (null, null);
        // A decision stands last, or before the fact of the list that it brought.
        var written = household.Facts.Where(f => f.Version <= version && f.Version >= version - 1).ToList();
        if (written.LastOrDefault(f => f.Event is ClassDecided) is not { } decided) return (null, null);
        return (ListEffects.Of(household.StateBefore(decided), written.Where(f => f.Version >= decided.Version).Select(f => f.Event)), decided.Version);
    }
}
