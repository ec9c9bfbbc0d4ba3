using System.Text.Json;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.CaseFiles;

/// <summary>Who wrote a fact down, and when the store took it.</summary>
public sealed record Writing(string? By, DateTimeOffset Stored);

/// <summary>What a page must know of a photograph or scan to show it.</summary>
public sealed record KeptAttachment(string ContentType, bool HasThumbnail)
{
    public bool IsPicture => ContentType.StartsWith("image/", StringComparison.Ordinal);
}

/// <summary>
/// A household with what stands beside its facts: who wrote them, the notes and the persons they refer to; as much of it
/// as whoever opened it may see.
/// </summary>
/// <param name="Address">What it is called by the one who opened it: its code, or a pseudonym.</param>
public sealed record CaseFile(
    string Address, Sight Sight, Household Household, IReadOnlyDictionary<int, Writing> Writings, IReadOnlyDictionary<Guid, string> Notes,
    IReadOnlyDictionary<Guid, Person> People)
{
    /// <summary>What photographs and scans there are.</summary>
    public IReadOnlyDictionary<Guid, KeptAttachment> Attachments { get; init; } = new Dictionary<Guid, KeptAttachment>();

    /// <summary>The codes of households that its facts name by their ids, as far as the one who opened it may open them, too.</summary>
    public IReadOnlyDictionary<Guid, string> Related { get; init; } = new Dictionary<Guid, string>();

    /// <summary>The codes of other households that the same identity number heads, as far as they are theirs to see.</summary>
    public IReadOnlyList<string> SameNumber { get; init; } = [];

    // What the browser hands back when the circuit starts must fit its first message.
    private const int LargestKept = 100_000;

    /// <summary>The file as text that the prerendered page carries to the circuit; none when it is too large for that.</summary>
    public string? Pack() => JsonSerializer.Serialize(this, Json.Options) is { Length: <= LargestKept } text ? text : null;

    public static CaseFile? Unpack(string? text) => text is null ? null : JsonSerializer.Deserialize<CaseFile>(text, Json.Options);

    /// <summary>The text of a note: none when the fact has none, null text when the record is gone.</summary>
    public (bool Had, string? Text) Note(HouseholdEvent e)
    {
        if (Sight != Sight.Full) return (false, null);
        var id = e switch
        {
            VisitRecorded x => x.NoteId,
            ExitRequested x => x.WordingId,
            ExitRequestWithdrawn x => x.ReasonId,
            LoanGranted x => x.PurposeId,
            FactAnnulled x => x.ReasonId,
            SupportRefused x => x.ReasonId,
            SupportSuspended x => x.ReasonId,
            SupportExtended x => x.ReasonId,
            SupportEnded x => x.ReasonId,
            EvidenceHandedIn x => x.NoteId,
            ConditionMet x => x.NoteId,
            ConditionWaived x => x.ReasonId,
            SponsorReleased x => x.ReasonId,
            PledgeMade x => x.WhatId,
            PledgeVerified x => x.NoteId,
            ShockReported x => x.NoteId,
            Commended x => x.AwardId,
            ComplaintLodged x => x.WordingId,
            ComplaintAnswered x => x.AnswerId,
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
        if (Sight == Sight.DeIdentified) return (false, null);
        var id = e switch { HouseholdRegistered x => x.HeadId, HeadChanged x => x.HeadId, PersonCorrected x => x.PersonId, ConsentGiven x => x.PersonId, _ => null };
        return id is { } head ? (true, People.GetValueOrDefault(head)) : (false, null);
    }
}
