using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>Somebody of the household joins a vocational course.</summary>
public sealed record JoinTraining(DateOnly On, string Course, string? Provider) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion) =>
        (Missing(Course, "course") ?? TooLong(Course, "course", 200) ?? TooLong(Provider, "provider", 200)) is { } wrong
            ? wrong
            : Decision.Accept(new TrainingJoined(On, occasion.Now, occasion.Id("support"), Course.Trim(), Provider?.Trim()));
}
