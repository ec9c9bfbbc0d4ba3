using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>Somebody of the household joins a vocational course.</summary>
/// <param name="Support">The agreement under which it is given, where there is one.</param>
[Command("join-training", Operation.RecordWork, RestrictionGround.Shares)]
public sealed record JoinTraining(DateOnly On, string Course, string? Provider, Guid? Support = null) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if ((Missing(Course, "course") ?? TooLong(Course, "course", 200) ?? TooLong(Provider, "provider", 200)) is { } wrong) return wrong;
        var (support, refusal) = UnderAgreement.Of(Support, household, occasion, "training");
        return refusal is not null ? refusal : Decision.Accept(new TrainingJoined(On, occasion.Now, support, Course.Trim(), Provider?.Trim()));
    }
}
