using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Privacy;

/// <summary>What was written of a person is wrong. What is left out stays as it is; the old values are kept as superseded.</summary>
[Command("correct-person", Operation.RecordWork, RestrictionGround.RightOfThePerson)]
public sealed record CorrectPerson(
    DateOnly On, Guid Person, string? Name, Sex? Sex, int? BirthYear, string? IdNumber, string? Phone, string? Ethnicity) : HouseholdCommand(On)
{
    internal override bool NeedsPeople => true;

    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        var typed = TypedPerson.Read(Name, IdNumber, Phone, Ethnicity, prefix: "");
        if (typed.Refusal is { } wrong) return wrong;
        if (BirthYear is { } year && (year < 1900 || year > On.Year)) return new Refusal("out_of_range", "birthYear", 1900, On.Year);
        var (person, refusal) = OfThisHousehold(Person, occasion);
        if (refusal is not null) return refusal;

        var corrected = person!.Correct(new(
            person.Id, household.Id, typed.Name ?? person.Name, Sex ?? person.Sex, BirthYear ?? person.BirthYear,
            typed.IdNumber ?? person.IdNumber, typed.Phone ?? person.Phone, typed.Ethnicity ?? person.Ethnicity)
        { Recorded = occasion.Now });
        return ReferenceEquals(corrected, person)
            ? new Refusal("nothing_to_correct", "name")
            : Decision.Accept(new PersonCorrected(On, occasion.Now, person.Id)).Keeping(corrected with { Listings = Listings(household, person, typed, occasion) }).Warning(typed.Warnings);
    }

    /// <summary>A list of an earlier day does not undo what was entered today.</summary>
    private IReadOnlyList<PersonListing> Listings(Household household, Person person, TypedPerson typed, Occasion occasion) =>
    [
        .. person.Listings ?? [PersonSource.FirstListing(household, person)],
        new(Days.DayOf(occasion.Now), null, typed.Name, Sex, BirthYear, typed.IdNumber, typed.Phone, typed.Ethnicity, Entered: true),
    ];
}
