using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Registering;

/// <summary>Somebody else heads the household from now on.</summary>
[Command("change-head", Operation.RecordWork, RestrictionGround.AddsPersonalData)]
public sealed record ChangeHead(
    DateOnly On, string HeadName, Sex? HeadSex, int? HeadBirthYear, string? HeadIdNumber, string? Phone, string? Ethnicity, MemberChange? Change)
    : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        var typed = TypedPerson.Read(HeadName, HeadIdNumber, Phone, Ethnicity);
        if ((Missing(HeadName, "headName") ?? typed.Refusal) is { } wrong) return wrong;
        if (HeadBirthYear is { } year && (year < 1900 || year > On.Year)) return new Refusal("out_of_range", "headBirthYear", 1900, On.Year);

        var head = new Person(occasion.Id("head"), household.Id, typed.Name, HeadSex, HeadBirthYear, typed.IdNumber, typed.Phone, typed.Ethnicity) { Recorded = occasion.Now };
        return Decision.Accept(new HeadChanged(On, occasion.Now, head.Id, HeadSex, Change)).Keeping(head).Warning(typed.Warnings);
    }
}
