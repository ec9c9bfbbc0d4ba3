using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Erasure;
using YenBai.Cases.Households;

namespace YenBai.Cases.Privacy;

/// <summary>
/// What names somebody is erased for ever: the records of one person or of all, and every note of the household, since
/// a note may name anybody. The facts stay, and with them every statistic. See <see cref="Erasing"/>.
/// </summary>
/// <param name="Person">One person; none for everybody of the household.</param>
[Command("erase-personal-data", Operation.AnswerForData, RestrictionGround.RightOfThePerson)]
public sealed record ErasePersonalData(DateOnly On, Guid? Person) : HouseholdCommand(On)
{
    internal override bool NeedsPeople => true;

    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Person is { } one && OfThisHousehold(one, occasion) is { Refusal: { } refusal }) return refusal;
        Guid[] people = Person is { } id ? [id] : [.. occasion.People.Where(p => p.Erased is null).Select(p => p.Id).Order()];
        if (people.Length == 0 && household.Facts[^1].Event is PersonalDataErased last) return new Refusal("nothing_to_erase", null, last.On);

        return Decision.Accept(new PersonalDataErased(On, occasion.Now, people));
    }
}
