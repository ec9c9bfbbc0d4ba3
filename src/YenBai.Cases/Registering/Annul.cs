using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Registering;

/// <summary>A fact was a mistake. It stays readable, with the reason; nothing that follows from it does.</summary>
/// <param name="Fact">The id of the event.</param>
/// <param name="Together">Also what was decided together with it and would contradict the rest without it.</param>
[Command("annul", Operation.Decide, RestrictionGround.TrueRegister)]
public sealed record Annul(Guid Fact, string Reason, bool Together = false) : HouseholdCommand(new DateOnly(2000, 1, 1))
{
    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if ((Missing(Reason, "reason") ?? TooLong(Reason, "reason")) is { } wrong) return wrong;
        if (household.Facts.FirstOrDefault(f => f.Id == Fact) is not { } target) return new Refusal("unknown_fact", "fact");
        if (target.Event is FactAnnulled or ImportWithdrawn) return new Refusal("annulment_stands", "fact");
        if (target.Event is PersonalDataErased or PersonCorrected) return new Refusal("records_stand", "fact");
        if (target.Event is HouseholdRegistered) return new Refusal("registration_stands", "fact");
        if (household.Facts.Any(f => f.Event is FactAnnulled a && a.Fact == target.Version)) return new Refusal("already_annulled", "fact");

        var reason = NoteFor(Reason, "reason", household, occasion);
        var companions = DecidedTogether.With(target, household);
        IEnumerable<Fact> annulled = Together ? [target, .. companions] : [target];
        return Decision.Accept([.. annulled.Select(f => new FactAnnulled(f.Event.On, occasion.Now, f.Version, reason?.Id))]).Keeping(reason)
            .Warning(companions.Count > 0 && !Together ? ["annulled_apart"] : []);
    }
}
