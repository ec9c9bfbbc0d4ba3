using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Registering;

/// <summary>
/// Part of the household becomes a household of its own. It starts where its parent stands on the list, with its
/// history complete and a link to the parent (contract 2.1).
/// </summary>
/// <param name="NewCode">The code of the new household.</param>
/// <param name="RestHeadName">Who heads the household that stays; needed where its head leaves with the new one.</param>
[Command("split", Operation.RecordWork, RestrictionGround.AddsPersonalData)]
public sealed record Split(
    DateOnly On, string NewCode, string? HeadName, Sex? HeadSex, int? HeadBirthYear, int Members, int Under16 = 0, string? Hamlet = null,
    string? RestHeadName = null, Sex? RestHeadSex = null, int? RestHeadBirthYear = null) : HouseholdCommand(On)
{
    internal override string? OtherCode => NewCode;

    internal override bool TakesOtherCode => true;

    internal override bool NeedsPeople => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Members is < 1 or > 50) return new Refusal("out_of_range", "members", 1, 50);
        if (Under16 < 0 || Under16 > Members) return new Refusal("out_of_range", "under16", 0, Members);
        if (then.Members is { } members && Members >= members) return new Refusal("more_left_than_there_were", "members", members);

        var leaving = occasion.People.FirstOrDefault(p => p.Id == then.HeadId && IsNewHead(p));
        if (leaving is not null && Missing(RestHeadName, "restHeadName") is not null) return new Refusal("head_leaves", "restHeadName", leaving.Name);
        HeadChanged? restHead = null;
        Person? rest = null;
        if (!string.IsNullOrWhiteSpace(RestHeadName))
        {
            var change = new ChangeHead(On, RestHeadName, RestHeadSex, RestHeadBirthYear, null, null, null, MemberChange.Split).Decide(household, occasion);
            if (change.Refusal is { Field: { } field } wrong) return wrong with { Field = "rest" + char.ToUpperInvariant(field[0]) + field[1..] };
            (restHead, rest) = ((HeadChanged)change.Events[0], (Person)change.Records[0]);
        }

        var id = Ids.Household(NewCode ?? "");
        var registration = new RegisterHousehold(NewCode ?? "", On, UnitOn(then, household), Hamlet ?? then.Hamlet, HeadName, HeadSex ?? leaving?.Sex, HeadBirthYear ?? leaving?.BirthYear, null,
            null, null, then.Then.EthnicMinority ?? Ethnicity.IsMinority(leaving?.Ethnicity), Members, Under16, then.Then.Merit, then.Area);
        var registered = registration.Decide(occasion.Other ?? Household.Nobody(id), occasion);
        if (registered.Refusal is { } refusal) return refusal with { Field = refusal.Field == "code" ? "newCode" : refusal.Field };

        var registeredEvent = (HouseholdRegistered)registered.Events[0];
        var standard = then.ClassOn(On)?.Standard;
        HouseholdEvent left = new MembersLeft(On, occasion.Now, Members, Under16, MemberChange.Split, id);
        return Decision.Accept(restHead is null ? [left] : [left, restHead])
            .Keeping([.. registered.Records.Select(r => Known(r, leaving)), rest])
            .Starting(new(id,
            [
                registeredEvent,
                new HouseholdSplitFrom(On, occasion.Now, registeredEvent.Unit, standard, household.Id, household.Code, then.Status) { Then = registeredEvent.Then },
            ]));
    }

    /// <summary>The record of a head who is known here goes with them as it is: nothing of it was typed.</summary>
    private static object Known(object record, Person? leaving) =>
        leaving is not null && record is Person head ? head with { IdNumber = leaving.IdNumber, Phone = leaving.Phone, Ethnicity = leaving.Ethnicity } : record;

    /// <summary>Whether the head of the new household is the one who headed this one: the same name, and no other year of birth.</summary>
    private bool IsNewHead(Person head) =>
        head.Erased is null && VietnameseText.Fold(HeadName ?? "") == head.SearchName && (HeadBirthYear is null || head.BirthYear is null || HeadBirthYear == head.BirthYear);
}
