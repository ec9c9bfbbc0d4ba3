using System.Globalization;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;

namespace YenBai.Cases.Import;

/// <summary>What became of conditions: met, waived or missed, a row a condition.</summary>
internal sealed class ConditionsFile(SourceFile file, PlaceCatalog places, StandardBook standards, DateOnly today) : SupportFile(file, places, standards, today)
{
    private readonly int agreement = file.Column("agreement_id"), number = file.Column("condition_no"), result = file.Column("result"), on = file.Column("on"), note = file.Column("note");

    protected override string IdColumn => "condition_no";

    protected override IEnumerable<Told> ReadAll(IReadOnlyList<SourceRow> rows, Household before, List<Problem> problems)
    {
        List<Told> told = [];
        foreach (var row in rows)
        {
            Read.MoveTo(row);
            var reference = Read.Needed(agreement, "agreement_id");
            var no = (int?)Read.Whole(number, 1, AgreeSupport.MostConditions, needed: true, "condition_no");
            var became = Read.Choice(result, Choices.Results, needed: true, "result");
            var day = Read.Day(on, needed: true, "on");
            var says = Read.Text(note, HouseholdCommand.LongestText);
            problems.AddRange(Read.Problems);
            if (Read.Problems.Count > 0) continue;
            var id = string.Create(CultureInfo.InvariantCulture, $"condition:{reference}/{no}/{Choices.Results.First(r => r.Value == became).Key}");
            told.Add(new([row], id, day!.Value, DigestOf(day), (household, occasion) => Decide(household, occasion, reference, no!.Value, became!.Value, day.Value, says)));
        }
        return told;
    }

    private static Decision Decide(Household household, Occasion occasion, string reference, int no, ConditionState became, DateOnly on, string? note)
    {
        if (household.Latest().Agreements.GetValueOrDefault(SupportOf(household, reference)) is not { } agreement) return new Refusal("unknown_support", "support");
        if (agreement.Conditions.ElementAtOrDefault(no - 1) is not { } condition) return new Refusal("unknown_condition", "condition", agreement.Conditions.Count);
        // The clock or somebody here told it before the file did.
        if ((became, condition) is (ConditionState.Met, { Met: { } met }) && met.On == on || (became, condition) is (ConditionState.Waived, { Waived: { } waived }) && waived.On == on
            || became == ConditionState.Missed && agreement.StateOf(condition) == ConditionState.Missed) return Decision.Accept();
        return became switch
        {
            ConditionState.Met => new MeetCondition(on, condition.Id, null, note).Decide(household, occasion),
            ConditionState.Waived => new WaiveCondition(on, condition.Id, note!).Decide(household, occasion),
            _ => Missed(agreement, condition, on, occasion),
        };
    }

    /// <summary>A miss is for the clock to tell; a register may have told it first.</summary>
    private static Decision Missed(Agreement agreement, AgreedCondition condition, DateOnly on, Occasion occasion)
    {
        if (agreement.IsSettled(condition)) return new Refusal("condition_settled", "condition", (condition.Met as HouseholdEvent ?? condition.Waived)!.On);
        var due = agreement.DueOn(condition, on);
        return due >= on ? new Refusal("not_yet_due", "on", due) : Decision.Accept(new ConditionMissed(on, occasion.Now, agreement.Id, condition.Id, due));
    }

    protected override string ColumnOf(string field) => field switch
    {
        "support" => "agreement_id",
        "condition" => "condition_no",
        "reason" or "attachments" => "note",
        _ => field,
    };
}
