using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>The household or its sponsor shows that a condition is fulfilled; it waits for somebody to verify it.</summary>
[Command("hand-in-evidence", Operation.RecordWork, RestrictionGround.Entitlement)]
public sealed record HandInEvidence(DateOnly On, Guid Condition, IReadOnlyList<Guid>? Attachments, string? Note) : OnCondition(On, Condition)
{
    internal override bool OnlyAppends => true;

    internal override IReadOnlyList<Guid> AttachmentIds => Attachments ?? [];

    protected override Decision Decide(Agreement agreement, AgreedCondition condition, Household household, Occasion occasion)
    {
        if ((TooLong(Note, "note") ?? UnknownAttachment(occasion)) is { } wrong) return wrong;
        if (AttachmentIds.Count == 0 && Missing(Note, "note") is { } missing) return missing;
        var note = NoteFor(Note, "note", household, occasion);
        return Decision.Accept(new EvidenceHandedIn(On, occasion.Now, agreement.Id, Condition, AttachmentIds, note?.Id)).Keeping(note);
    }
}
