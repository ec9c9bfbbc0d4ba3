using System.Runtime.CompilerServices;
using Marten;
using Marten.Services;
using YenBai.Cases.Households;
using YenBai.Cases.Records;
using YenBai.Cases.Storage;

namespace YenBai.Cases.Privacy;

/// <summary>What was just erased, for whoever keeps copies outside the database. It lives in memory only, and only as long as it is used.</summary>
/// <param name="Words">Names, identity numbers and phones, superseded ones too.</param>
public sealed record ErasedWords(Guid Household, string Code, IReadOnlyList<string> Words);

/// <summary>
/// Whoever stores <c>personal_data_erased</c> empties, in the same transaction, what the event says was erased: there is
/// no way to have the one without the other. Then the list of erasures has it, and copies outside the database go.
/// </summary>
public sealed class Erasing(ErasureList list) : DocumentSessionListenerBase
{
    private sealed record Done(Erasure Erasure, ErasedWords Words);

    private readonly ConditionalWeakTable<IDocumentSession, List<Done>> doing = [];

    /// <summary>Removes copies outside the database, after the commit.</summary>
    public Func<ErasedWords, Task>? Afterwards { get; set; }

    public override async Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
    {
        foreach (var stream in session.PendingChanges.Streams())
        {
            foreach (var e in stream.Events.Select(e => e.Data).OfType<PersonalDataErased>().ToList())
            {
                var people = await session.LoadManyAsync<Person>(token, [.. e.PersonIds]);
                var code = (await session.LoadAsync<Household>(stream.Id, token))?.Code ?? "";
                foreach (var id in e.PersonIds) session.Store(Person.Stub(id, stream.Id, e.Recorded));
                // In a restored store that was worked on before the erasure was replayed, newer notes are none of those that were erased.
                session.DeleteWhere<Note>(n => n.HouseholdId == stream.Id && n.Recorded <= e.Recorded);
                // A refusal quotes what was typed, and a fingerprint would prove a guess; nothing can act twice without them, since versions stand against it.
                session.QueueSqlCommand(
                    $"delete from {CasesStore.Schema}.mt_doc_receipt where data -> 'answer' ->> 'code' = ? and id::text <> ?", code, session.CausationId ?? "");
                doing.GetOrCreateValue(session).Add(new(
                    new(stream.Id, e.PersonIds, e.Recorded), new(stream.Id, code, [.. people.SelectMany(p => p.Superseded.Prepend(p)).SelectMany(WordsOf).Distinct()])));
            }
        }
    }

    public override async Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        if (!doing.TryGetValue(session, out var all)) return;
        doing.Remove(session);
        foreach (var (erasure, words) in all)
        {
            list.Add(erasure);
            if (Afterwards is { } afterwards) await afterwards(words);
        }
    }

    private static IEnumerable<string> WordsOf(Person person) => new[] { person.Name, person.IdNumber, person.Phone }.OfType<string>().Where(w => w.Length > 0);
}
