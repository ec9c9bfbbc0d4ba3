using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;

namespace YenBai.Cases.Registering;

/// <summary>A household comes under the eye of the register. That alone puts it on no list.</summary>
/// <param name="Code">The household's code in the register.</param>
/// <param name="Place">The place notation: a code, or a code@date.</param>
[Command("register-household", Operation.RecordWork, RestrictionGround.AddsPersonalData)]
public sealed record RegisterHousehold(
    string Code, DateOnly On, string Place, string? Hamlet, string? HeadName, Sex? HeadSex, int? HeadBirthYear, string? HeadIdNumber,
    string? Phone, string? Ethnicity, bool? EthnicMinority, int? Members, int? Under16, bool? MeritMember, Area? Area) : StartingCommand(On)
{
    public const int LongestCode = 40;

    internal override string? NewCode => Code;

    protected override bool ForTheGone => true;

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Missing(Code, "code") is { } noCode) return noCode;
        var code = HouseholdCode.Clean(Code);
        if (code.Length is 0 or > LongestCode || Code.Any(char.IsControl)) return new Refusal("code_malformed", "code", LongestCode);
        if (household.Exists) return new Refusal("code_taken", "code", Code);
        if (occasion.Places.Resolve(Place ?? "", On) is not { } unit) return new Refusal("unknown_place", "place", Place);
        var typed = TypedPerson.Read(HeadName, HeadIdNumber, Phone, Ethnicity);
        if ((typed.Refusal ?? TooLong(Hamlet, "hamlet", 200) ?? TypedPerson.Letters(Hamlet, "hamlet")) is { } wrong) return wrong;
        if (Members is < 0 or > 99) return new Refusal("out_of_range", "members", 0, 99);
        if (Under16 < 0 || Under16 > (Members ?? 99)) return new Refusal("out_of_range", "under16", 0, Members ?? 99);
        if (HeadBirthYear is { } year && (year < 1900 || year > On.Year)) return new Refusal("out_of_range", "headBirthYear", 1900, On.Year);

        var id = Ids.Household(Code);
        var head = typed.Name is null && typed.IdNumber is null && typed.Phone is null && HeadBirthYear is null ? null
            : new Person(Ids.Named(id, "head"), id, typed.Name, HeadSex, HeadBirthYear, typed.IdNumber, typed.Phone, typed.Ethnicity) { Recorded = occasion.Now };
        return Decision.Accept(
            new HouseholdRegistered(On, occasion.Now, code, unit.Id, Hamlet?.Trim().Normalize(), head?.Id, Members, Area)
            {
                Then = new(HeadSex, MeritMember, EthnicMinority ?? Households.Ethnicity.IsMinority(Ethnicity), Under16),
            }).Keeping(head).Warning(head is null ? [] : typed.Warnings);
    }
}
