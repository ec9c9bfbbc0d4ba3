using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>A course that was joined is completed.</summary>
/// <param name="SupportId">The training; may be left out where just one is open.</param>
[Command("complete-training", Operation.RecordWork, RestrictionGround.Entitlement)]
public sealed record CompleteTraining(DateOnly On, Guid? SupportId, string? Certificate) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (TooLong(Certificate, "certificate", 200) is { } tooLong) return tooLong;
        var trainings = then.Supports.Where(s => s.Instrument == "training").ToList();
        if (SupportId is { } id)
        {
            if (trainings.Find(s => s.Id == id) is not { } named) return new Refusal("unknown_training", "supportId");
            if (named.Completed is { } completed) return new Refusal("already_completed", "supportId", completed);
        }
        var open = trainings.Where(s => s.Completed is null && (SupportId is null || s.Id == SupportId)).ToList();
        return open switch
        {
            [] => new Refusal("no_open_training", "on", On),
            [var one] => Decision.Accept(new TrainingCompleted(On, occasion.Now, one.Id, Certificate?.Trim())),
            _ => new Refusal("which_training", "supportId", open.Count),
        };
    }
}
