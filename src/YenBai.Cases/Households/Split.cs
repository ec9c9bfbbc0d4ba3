using YenBai.Cases.Commands;

namespace YenBai.Cases.Households;

/// <summary>
/// Part of the household becomes a household of its own. It starts where its parent stands on the list, with its
/// history complete and a link to the parent (contract 2.1).
/// </summary>
/// <param name="NewCode">The code of the new household.</param>
public sealed record Split(
    DateOnly On, string NewCode, string? HeadName, Sex? HeadSex, int? HeadBirthYear, int Members, int Under16, string? Hamlet) : HouseholdCommand(On)
{
    internal override string? OtherCode => NewCode;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Members is < 1 or > 50) return new Refusal("out_of_range", "members", 1, 50);
        if (Under16 < 0 || Under16 > Members) return new Refusal("out_of_range", "under16", 0, Members);
        if (then.Members is { } members && Members >= members) return new Refusal("more_left_than_there_were", "members", members);

        var id = Ids.Household(NewCode ?? "");
        var registration = new RegisterHousehold(NewCode ?? "", On, UnitOn(then, household), Hamlet ?? then.Hamlet, HeadName, HeadSex, HeadBirthYear, null,
            null, null, then.Then.EthnicMinority, Members, Under16, then.Then.Merit, then.Area);
        var registered = registration.Decide(occasion.Other ?? Household.Nobody(id), occasion);
        if (registered.Refusal is { } refusal) return refusal with { Field = refusal.Field == "code" ? "newCode" : refusal.Field };

        var registeredEvent = (HouseholdRegistered)registered.Events[0];
        var standard = then.ClassOn(On)?.Standard;
        return Decision.Accept(new MembersLeft(On, occasion.Now, Members, Under16, MemberChange.Split, id))
            .Keeping([.. registered.Records])
            .Starting(new(id,
            [
                registeredEvent,
                new HouseholdSplitFrom(On, occasion.Now, registeredEvent.Unit, standard, household.Id, household.Code, then.Status) { Then = registeredEvent.Then },
            ]));
    }
}
