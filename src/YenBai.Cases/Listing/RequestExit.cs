using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Listing;

/// <summary>The household itself asks to be taken off the list (Form 04, Decision 24/2021).</summary>
/// <param name="Wording">What it wrote or said.</param>
public sealed record RequestExit(DateOnly On, string? Wording) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (TooLong(Wording, "wording") is { } tooLong) return tooLong;
        if (then.Status != ListStatus.Poor) return new Refusal("not_on_list", "on", On);
        if (then.ExitRequest is { } pending) return new Refusal("request_pending", "on", pending.On);

        var wording = NoteFor(Wording, "wording", household, occasion);
        return Decision.Accept(new ExitRequested(On, occasion.Now, wording?.Id)).Keeping(wording);
    }
}
