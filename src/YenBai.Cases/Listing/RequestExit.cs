using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Listing;

/// <summary>The household itself asks to be taken off the list (Form 04, Decision 24/2021).</summary>
/// <param name="Wording">What it wrote or said.</param>
/// <param name="Witness">Who witnessed it.</param>
/// <param name="HelpReceived">The help that it says it received so far.</param>
[Command("request-exit", Operation.RecordWork, RestrictionGround.StatutoryReview)]
public sealed record RequestExit(DateOnly On, string? Wording, string? Witness = null, string? HelpReceived = null) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if ((TooLong(Wording, "wording") ?? TooLong(Witness, "witness", 200) ?? TooLong(HelpReceived, "helpReceived")) is { } tooLong) return tooLong;
        if (then.Status != ListStatus.Poor) return new Refusal("not_on_list", "on", On);
        if (then.ExitRequest is { } pending) return new Refusal("request_pending", "on", pending.On);

        var wording = NoteFor(Wording, "wording", household, occasion);
        var witness = NoteFor(Witness, "witness", household, occasion);
        var help = NoteFor(HelpReceived, "help", household, occasion);
        return Decision.Accept(new ExitRequested(On, occasion.Now, wording?.Id)
        {
            WitnessId = witness?.Id,
            HelpId = help?.Id,
            ScoresSaid = Grounds.LastScores(then, PovertyStandards.InForce(On).Code, occasion.Standards, occasion.Places),
        }).Keeping(wording, witness, help);
    }
}
