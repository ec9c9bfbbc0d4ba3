using YenBai.Cases.ExitDurability;

namespace YenBai.Cases.Web.Gate;

/// <summary>How many facts or spells a rule keeps out of the curves; pages and the API show the same list.</summary>
public sealed record ExclusionView(string Rule, int Count)
{
    public static IReadOnlyList<ExclusionView> Of(ExitAnswer answer)
    {
        var x = answer.Exclusions;
        return
        [
            new("duplicate_exit", x.DuplicateExit), new("exit_after_gone", x.ExitAfterGone), new("duplicate_enter", x.DuplicateEnter),
            new("zero_length_event", x.ZeroLengthEvent), new("zero_length_censored", x.ZeroLengthCensored), new("never_at_risk", x.NeverAtRisk),
            new("exit_annulled_by_correction", x.ExitAnnulledByCorrection), new("confirm_ignored", x.ConfirmIgnored),
        ];
    }
}
