using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Needs;

/// <summary>Something befell the household that can make it poor (Circular 17/2016).</summary>
[Command("report-shock", Operation.RecordWork, RestrictionGround.StatutoryReview)]
public sealed record ReportShock(DateOnly On, ShockKind? Kind, string? Note) : HouseholdCommand(On)
{
    internal override bool OnlyAppends => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Kind is not { } kind) return new Refusal("required", "kind");
        if (TooLong(Note, "note") is { } tooLong) return tooLong;
        if (kind == ShockKind.Other && Missing(Note, "note") is { } missing) return missing;
        var note = NoteFor(Note, "note", household, occasion);
        return Decision.Accept(new ShockReported(On, occasion.Now, kind, note?.Id)).Keeping(note);
    }
}
