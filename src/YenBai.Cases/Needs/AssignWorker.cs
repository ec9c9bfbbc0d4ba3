using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Needs;

/// <summary>Somebody stands by the household from now on.</summary>
/// <param name="Worker">Their staff code.</param>
[Command("assign-worker", Operation.AgreeOnSupport, RestrictionGround.TrueRegister)]
public sealed record AssignWorker(DateOnly On, string Worker) : HouseholdCommand(On)
{
    internal override IEnumerable<(string Field, string Code)> StaffCodes => [("worker", Worker)];

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if ((Missing(Worker, "worker") ?? TooLong(Worker, "worker", 60)) is { } wrong) return wrong;
        return then.Worker == Worker.Trim() ? new Refusal("already_assigned", "worker") : Decision.Accept(new WorkerAssigned(On, occasion.Now, Worker.Trim()));
    }
}
