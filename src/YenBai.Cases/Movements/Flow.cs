using YenBai.Cases.Ledger;

namespace YenBai.Cases.Movements;

/// <summary>The columns of the table between opening and closing.</summary>
public enum Flow { Exits, Reentries, ReentriesStandardChange, ReentriesAfterAbsence, NewlyPoor, OtherIn, OtherOut }

public static class Flows
{
    public static int Of(in MovementCounts counts, Flow flow) => flow switch
    {
        Flow.Exits => counts.Exits,
        Flow.Reentries => counts.Reentries,
        Flow.ReentriesStandardChange => counts.ReentriesStandardChange,
        Flow.ReentriesAfterAbsence => counts.ReentriesAfterAbsence,
        Flow.NewlyPoor => counts.NewlyPoor,
        Flow.OtherIn => counts.OtherIn,
        _ => counts.OtherOut,
    };
}
