using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Needs;

/// <summary>A step as people put it: what shall be reached, against which cause, with which support, who sees to it, by when.</summary>
/// <param name="Cause">A code of the form's causes.</param>
/// <param name="Owner">A staff code.</param>
public sealed record AskedStep(string? Cause, string? Goal, string? Instrument, string? Owner, DateOnly? By);

/// <summary>The household's own way out, step by step. A new plan takes the place of the one before.</summary>
[Command("set-plan", Operation.RecordWork, RestrictionGround.AddsPersonalData)]
public sealed record SetPlan(DateOnly On, IReadOnlyList<AskedStep>? Steps) : HouseholdCommand(On)
{
    public const int MostSteps = 20;

    internal override IEnumerable<(string Field, string Code)> StaffCodes => (Steps ?? []).Index().Where(s => s.Item?.Owner is not null).Select(s => ($"steps[{s.Index}].owner", s.Item.Owner!));

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Steps is not { Count: > 0 }) return new Refusal("required", "steps");
        if (Steps.Count > MostSteps) return new Refusal("out_of_range", "steps", 1, MostSteps);
        List<PlanStep> steps = [];
        List<Note> goals = [];
        foreach (var (asked, i) in Steps.Select((s, i) => (s, i)))
        {
            if (Wrong(asked, $"steps[{i}]") is { } wrong) return wrong;
            var goal = NoteFor(asked.Goal, $"goal-{i}", household, occasion);
            if (goal is not null) goals.Add(goal);
            steps.Add(new(Given(asked.Cause), Given(asked.Instrument), Given(asked.Owner), asked.By!.Value, goal?.Id));
        }
        return Decision.Accept(new HouseholdPlanSet(On, occasion.Now, steps)).Keeping([.. goals]);
    }

    private Refusal? Wrong(AskedStep? step, string field)
    {
        if (Given(step?.Goal) is null && Given(step?.Instrument) is null) return new("required", $"{field}.goal");
        if ((TooLong(step!.Goal, $"{field}.goal") ?? TooLong(step.Cause, $"{field}.cause", 40) ?? TooLong(step.Owner, $"{field}.owner", 60)) is { } tooLong) return tooLong;
        if (Given(step.Instrument) is { } instrument && Instruments.Find(instrument) is null) return new("unknown_instrument", $"{field}.instrument", instrument);
        if (step.By is not { } by) return new("required", $"{field}.by");
        return by < On ? new("due_before_it_begins", $"{field}.by", On) : null;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
