using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>Somebody verified that a condition is fulfilled. What the agreement wants to see must be there, handed in now or before.</summary>
/// <param name="On">The day on which it was fulfilled.</param>
/// <param name="Attachments">Photographs or scans, stored beforehand.</param>
[Command("meet-condition", Operation.RecordWork, RestrictionGround.Entitlement)]
public sealed record MeetCondition(DateOnly On, Guid Condition, IReadOnlyList<Guid>? Attachments, string? Note) : OnCondition(On, Condition)
{
    internal override IReadOnlyList<Guid> AttachmentIds => Attachments ?? [];

    protected override Decision Decide(Agreement agreement, AgreedCondition condition, Household household, Occasion occasion)
    {
        if ((TooLong(Note, "note") ?? UnknownAttachment(occasion)) is { } wrong) return wrong;
        var shown = condition.Terms.Evidence switch
        {
            Evidence.Note => !string.IsNullOrWhiteSpace(Note) || condition.HandedIn?.NoteId is not null,
            Evidence.Photo or Evidence.Scan => AttachmentIds.Count > 0 || condition.HandedIn?.Attachments.Count > 0,
            _ => true,
        };
        var unshown = shown ? null : new Refusal("evidence_required", condition.Terms.Evidence == Evidence.Note ? "note" : "attachments", condition.Terms.Evidence);
        if (occasion.Binding(unshown) is { } wanting) return wanting;

        var note = NoteFor(Note, "note", household, occasion);
        return Decision.Accept(new ConditionMet(On, occasion.Now, agreement.Id, Condition, AttachmentIds, note?.Id)).Keeping(note);
    }
}
