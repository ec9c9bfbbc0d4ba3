using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Visits;

/// <summary>Somebody means to go and see the household.</summary>
/// <param name="Day">When.</param>
/// <param name="Owner">Their staff code; none: whoever the household is assigned to.</param>
[Command("plan-visit", Operation.RecordWork, RestrictionGround.StatutoryReview)]
public sealed record PlanVisit(DateOnly On, DateOnly Day, string? Owner, VisitPurpose? Purpose) : HouseholdCommand(On)
{
    internal override bool OnlyAppends => true;

    internal override IEnumerable<(string Field, string Code)> StaffCodes => Owner is null ? [] : [("owner", Owner)];

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Day < On || Day > On.AddYears(1)) return new Refusal("visit_day_odd", "day", On, On.AddYears(1));
        return TooLong(Owner, "owner", 60) is { } tooLong
            ? tooLong
            : Decision.Accept(new VisitPlanned(On, occasion.Now, Day, string.IsNullOrWhiteSpace(Owner) ? null : Owner.Trim(), Purpose ?? VisitPurpose.FollowUp));
    }
}
