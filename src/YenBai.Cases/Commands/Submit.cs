using JasperFx.Events;
using Marten;
using Wolverine.Marten;
using Wolverine.Persistence;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Commands;

/// <summary>A command on its way to an existing household.</summary>
/// <param name="Version">The version of the household that the person saw; a later one refuses the command as stale.</param>
/// <param name="Key">The idempotency key, made a guid.</param>
/// <param name="Fingerprint">A digest of the command's text: the same key with another text is an error.</param>
public sealed record Submit(Guid HouseholdId, int Version, Guid Key, string Fingerprint, Actor By, HouseholdCommand Command)
{
    // What people write may name people; a message that is logged must not.
    public override string ToString() => $"{Command.GetType().Name} {Key}";
}

/// <summary>A command that starts a household's stream.</summary>
public sealed record SubmitNew(Guid HouseholdId, Guid Key, string Fingerprint, Actor By, StartingCommand Command)
{
    public override string ToString() => $"{Command.GetType().Name} {Key}";
}

/// <summary>The household is not theirs who gave the command; they are told what they would be told were it not there.</summary>
public sealed class OutOfReachException : Exception;

/// <summary>The answer to a command.</summary>
/// <param name="Version">The household's version after it; unchanged by a refusal.</param>
public sealed record Answer(string Code, int Version, IReadOnlyList<string> Warnings, Refusal? Refusal);

/// <summary>What was answered under a key: kept in the transaction of the events, so that a command acts once.</summary>
public sealed record Receipt(Guid Id, string Fingerprint, Answer Answer, DateTimeOffset At);

/// <summary>What a decision must know beside its household.</summary>
public sealed record LookedUp(
    Household? Other, IReadOnlyList<Person> People, IReadOnlyCollection<Guid> Attachments, Sponsor? Sponsor, IReadOnlyCollection<string> Staff, StandardBook Standards);

public static class SubmitHandler
{
    public static async Task<LookedUp> LoadAsync(Submit message, IQuerySession session, StandardShelf standards, CancellationToken cancellation) => new(
        message.Command.OtherCode is { } code ? await session.HouseholdAsync(code, cancellation) : null,
        message.Command.NeedsPeople ? await session.Query<Person>().Where(p => p.HouseholdId == message.HouseholdId).ToListAsync(cancellation) : [],
        message.Command.AttachmentIds is { Count: > 0 } ids
            ? await session.Query<Attachment>().Where(a => a.HouseholdId == message.HouseholdId && a.Id.In(ids.ToArray())).Select(a => a.Id).ToListAsync(cancellation)
            : [],
        message.Command.SponsorCode is { Length: > 0 } sponsor ? await session.LoadAsync<Sponsor>(sponsor, cancellation) : null,
        await StaffAsync(message.Command, session, cancellation),
        await standards.BookAsync(null, cancellation));

    private static async Task<IReadOnlyCollection<string>> StaffAsync(HouseholdCommand command, IQuerySession session, CancellationToken cancellation)
    {
        var codes = command.StaffCodes.Select(c => c.Code?.Trim()).OfType<string>().Where(c => c.Length > 0).Distinct().ToList();
        if (codes.Count == 0) return [];
        var known = (await session.LoadManyAsync<StaffMember>(cancellation, [.. codes.Select(StaffMember.IdOf)])).Where(m => !m.Disabled).Select(m => m.Id).ToHashSet();
        return codes.FindAll(c => known.Contains(StaffMember.IdOf(c)));
    }

    public static (Events, Answer) Handle(
        Submit message,
        [WriteAggregate(nameof(Submit.HouseholdId), OnMissing = OnMissing.ThrowException)] Household household,
        LookedUp lookedUp,
        IDocumentSession session,
        TimeProvider clock)
    {
        if (!message.By.MayGive(message.Command, household)) throw new OutOfReachException();
        var now = clock.Now();
        // What lies elsewhere is not there.
        var other = lookedUp.Other is { } there && (message.Command.TakesOtherCode || message.By.MayGive(message.Command, there)) ? there : null;
        var decision = message.Command.Decide(household, new Occasion(message.Key, now, PlaceCatalog.Default, lookedUp.Standards, other)
        {
            People = lookedUp.People,
            Attachments = lookedUp.Attachments,
            Sponsor = lookedUp.Sponsor,
            Staff = lookedUp.Staff,
        });
        var answer = new Answer(household.Code, household.Version + decision.Events.Count, decision.Warnings, decision.Refusal);
        session.CausationId = message.Key.ToString();
        session.LastModifiedBy = message.By.Name;
        foreach (var record in decision.Records) session.StoreObjects([record]);
        if (decision.Started is { } started) session.Events.StartStream<Household>(started.Id, started.Events);
        session.Insert(new Receipt(message.Key, message.Fingerprint, answer, now));
        return (new Events(decision.Events), answer);
    }
}

public static class SubmitNewHandler
{
    public static Task<StandardBook> LoadAsync(SubmitNew _, StandardShelf standards, CancellationToken cancellation) => standards.BookAsync(null, cancellation);

    public static Answer Handle(SubmitNew message, StandardBook standards, IDocumentSession session, TimeProvider clock)
    {
        var now = clock.Now();
        var decision = message.Command.Decide(Household.Nobody(message.HouseholdId), new Occasion(message.Key, now, PlaceCatalog.Default, standards));
        if (decision.Events is [HouseholdRegistered registered, ..] && !message.By.MayRegister(registered.Unit, registered.Hamlet))
            decision = Decision.Refuse("place_not_yours", "place", PlaceCatalog.Default.Get(registered.Unit)?.Name);
        var answer = new Answer((message.Command.NewCode ?? "").Trim(), decision.Events.Count, decision.Warnings, decision.Refusal);
        session.CausationId = message.Key.ToString();
        session.LastModifiedBy = message.By.Name;
        foreach (var record in decision.Records) session.StoreObjects([record]);
        if (decision.Refusal is null) session.Events.StartStream<Household>(message.HouseholdId, decision.Events);
        session.Insert(new Receipt(message.Key, message.Fingerprint, answer, now));
        return answer;
    }
}
