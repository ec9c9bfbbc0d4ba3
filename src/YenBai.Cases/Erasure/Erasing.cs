using System.Runtime.CompilerServices;
using Marten;
using Marten.Services;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Records;

namespace YenBai.Cases.Erasure;

/// <summary>What was just erased, for whoever keeps copies outside the database. It lives in memory only, and only as long as it is used.</summary>
public sealed class ErasedWords(Guid household, IEnumerable<Person> people)
{
    private readonly List<string> words =
        [.. people.SelectMany(p => p.Superseded.Prepend(p)).SelectMany(p => new[] { p.Name, p.IdNumber, p.Phone }.Concat((p.Listings ?? []).SelectMany(l => new[] { l.Name, l.IdNumber, l.Phone }))).Where(w => !string.IsNullOrWhiteSpace(w)).Select(w => Spaced(w!)).Distinct()];

    public Guid Household => household;

    /// <summary>Whether a text has a name, an identity number or a phone of them in it, with or without diacritics; superseded ones too.</summary>
    public bool AreIn(string text) => words.Count > 0 && Spaced(text) is var said && words.Exists(word => said.Contains(word, StringComparison.Ordinal));

    /// <summary>Words between spaces, so that a short name is not found within another one.</summary>
    private static string Spaced(string text) => $" {VietnameseText.Fold(text.Replace('_', ' ').Replace('.', ' ').Replace('-', ' ')).Trim()} ";
}

/// <summary>
/// Whoever stores <c>personal_data_erased</c> empties, in the same transaction, what the event says was erased: there is
/// no way to have the one without the other. Then the list of erasures has it, and copies outside the database go.
/// </summary>
public sealed class Erasing(ErasureList list) : DocumentSessionListenerBase
{
    private sealed record Done(ErasureEntry Erasure, ErasedWords Words);

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
                var words = new ErasedWords(stream.Id, people);
                var code = (await session.LoadAsync<Household>(stream.Id, token))?.Code ?? "";
                foreach (var id in e.PersonIds) session.Store(Person.Stub(id, stream.Id, e.Recorded));
                // In a restored store that was worked on before the erasure was replayed, newer notes are none of those that were erased.
                session.DeleteWhere<Note>(n => n.HouseholdId == stream.Id && n.Recorded <= e.Recorded);
                session.DeleteWhere<Attachment>(a => a.HouseholdId == stream.Id && a.Recorded <= e.Recorded);
                session.DeleteWhere<AttachmentContent>(a => a.HouseholdId == stream.Id && a.Recorded <= e.Recorded);
                // A refusal quotes what was typed, and a fingerprint would prove a guess; nothing can act twice without them, since versions stand against it.
                session.QueueSqlCommand(
                    $"delete from {StoreSchema.Name}.mt_doc_receipt where data -> 'answer' ->> 'code' = ? and id::text <> ?", code, session.CausationId ?? "");
                foreach (var run in (await session.Query<ImportRun>().ToListAsync(token)).Where(r => words.AreIn(r.File)))
                    session.Store(run with { File = "–", Rejects = null });
                doing.GetOrCreateValue(session).Add(new(new(stream.Id, e.PersonIds, e.Recorded), words));
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
}
