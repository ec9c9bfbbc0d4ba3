using System.Text.Json;
using Marten;
using YenBai.Cases.Households;
using YenBai.Cases.Records;
using YenBai.Cases.Storage;

namespace YenBai.Cases.Web.Components.Case;

/// <summary>Who wrote a fact down, and when the store took it.</summary>
public sealed record Writing(string? By, DateTimeOffset Stored);

/// <summary>A household with what stands beside its facts: who wrote them, the notes and the persons they refer to.</summary>
public sealed record CaseFile(
    Household Household, IReadOnlyDictionary<int, Writing> Writings, IReadOnlyDictionary<Guid, string> Notes, IReadOnlyDictionary<Guid, Person> People)
{
    // What the browser hands back when the circuit starts must fit its first message.
    private const int LargestKept = 100_000;

    /// <summary>The file as text that the prerendered page carries to the circuit; none when it is too large for that.</summary>
    public string? Pack() => JsonSerializer.Serialize(this, Json.Options) is { Length: <= LargestKept } text ? text : null;

    public static CaseFile? Unpack(string? text) => text is null ? null : JsonSerializer.Deserialize<CaseFile>(text, Json.Options);

    /// <summary>The text of a note: none when the fact has none, null text when the record is gone.</summary>
    public (bool Had, string? Text) Note(HouseholdEvent e)
    {
        var id = e switch
        {
            VisitRecorded x => x.NoteId,
            ExitRequested x => x.WordingId,
            ExitRequestWithdrawn x => x.ReasonId,
            LoanGranted x => x.PurposeId,
            FactAnnulled x => x.ReasonId,
            ProcessingRestricted x => x.ReasonId,
            RestrictionUpheld x => x.AnswerId,
            RestrictionLifted x => x.AnswerId,
            _ => null,
        };
        return id is { } note ? (true, Notes.GetValueOrDefault(note)) : (false, null);
    }

    /// <summary>The person that a fact is about.</summary>
    public (bool Had, Person? Person) Head(HouseholdEvent e)
    {
        var id = e switch { HouseholdRegistered x => x.HeadId, HeadChanged x => x.HeadId, PersonCorrected x => x.PersonId, ConsentGiven x => x.PersonId, _ => null };
        return id is { } head ? (true, People.GetValueOrDefault(head)) : (false, null);
    }
}

/// <summary>Reads case files; a session lives as long as one reading.</summary>
public sealed class CaseFiles(IDocumentStore store)
{
    public async Task<CaseFile?> ReadAsync(string code, CancellationToken cancellation)
    {
        var id = Ids.Household(code);
        await using var session = store.QuerySession();
        if (await session.LoadAsync<Household>(id, cancellation) is not { } household) return null;
        var events = await session.Events.FetchStreamAsync(id, token: cancellation);
        var notes = await session.Query<Note>().Where(n => n.HouseholdId == id).ToListAsync(cancellation);
        var people = await session.Query<Person>().Where(p => p.HouseholdId == id).ToListAsync(cancellation);
        return new CaseFile(
            household, events.ToDictionary(e => (int)e.Version, e => new Writing(e.UserName, e.Timestamp)),
            notes.ToDictionary(n => n.Id, n => n.Text), people.ToDictionary(p => p.Id));
    }
}
