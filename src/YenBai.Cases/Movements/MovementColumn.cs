using YenBai.Cases.Ledger;
using YenBai.Cases.Plan;

namespace YenBai.Cases.Movements;

/// <summary>
/// The columns of the table that count households. The three of the official form have no others beside them, so that what
/// comes and goes otherwise is folded into them: the identity holds in both layouts.
/// </summary>
public enum MovementColumn
{
    Opening, Exits, VoluntaryExits, ExitsNotTold, Reentries, ReentriesStandardChange, ReentriesAfterAbsence, NewlyPoor, OtherIn, MovedIn, OtherOut, MovedOut, Closing,

    /// <summary>What the list has gained or lost because it is of another standard; its households are both who came and who left.</summary>
    ListChange,

    /// <summary>Exits and others out.</summary>
    FormExits,

    /// <summary>Re-entries of every kind.</summary>
    FormReentries,

    /// <summary>Newly poor and others in.</summary>
    FormNewlyPoor,
}

/// <summary>Whose households are counted.</summary>
public enum EthnicMark { All, Minority, NotTold }

public static class MovementColumns
{
    /// <summary>The form of the movement of poor households, without the columns of rates and parts.</summary>
    public static readonly IReadOnlyList<MovementColumn> Official =
        [MovementColumn.Opening, MovementColumn.FormExits, MovementColumn.FormReentries, MovementColumn.FormNewlyPoor, MovementColumn.Closing];

    public static readonly IReadOnlyList<MovementColumn> Full = [.. Enum.GetValues<MovementColumn>().Where(c => c < MovementColumn.FormExits)];

    /// <summary>The movements that a column is the sum of; none for a stock and for a part of a movement.</summary>
    public static IReadOnlyList<Flow> Flows(this MovementColumn column) => column switch
    {
        MovementColumn.Exits => [Flow.Exits],
        MovementColumn.Reentries => [Flow.Reentries],
        MovementColumn.ReentriesStandardChange => [Flow.ReentriesStandardChange],
        MovementColumn.ReentriesAfterAbsence => [Flow.ReentriesAfterAbsence],
        MovementColumn.NewlyPoor => [Flow.NewlyPoor],
        MovementColumn.OtherIn => [Flow.OtherIn],
        MovementColumn.OtherOut => [Flow.OtherOut],
        MovementColumn.FormExits => [Flow.Exits, Flow.OtherOut],
        MovementColumn.FormReentries => [Flow.Reentries, Flow.ReentriesStandardChange, Flow.ReentriesAfterAbsence],
        MovementColumn.FormNewlyPoor => [Flow.NewlyPoor, Flow.OtherIn],
        _ => [],
    };

    public static bool IsStock(this MovementColumn column) => column is MovementColumn.Opening or MovementColumn.Closing or MovementColumn.ListChange;

    /// <summary>A number that is shown only where households may be known: of a movement it is a part.</summary>
    public static bool IsDetail(this MovementColumn column) => !column.IsStock() && column.Flows().Count == 0;

    public static int Of(this in MovementPart part, MovementColumn column)
    {
        var counts = part.Counts;
        return column switch
        {
            MovementColumn.Opening => counts.Opening,
            MovementColumn.VoluntaryExits => counts.VoluntaryExits,
            MovementColumn.ExitsNotTold => counts.ExitsNotTold,
            MovementColumn.MovedIn => counts.MovedIn,
            MovementColumn.MovedOut => counts.MovedOut,
            MovementColumn.Closing => counts.Closing,
            MovementColumn.ListChange => part.ListChange,
            _ => column.Flows().Sum(flow => Movements.Flows.Of(counts, flow)),
        };
    }

    /// <summary>Whether a transition is behind the number of a column. Of an opening see <see cref="MovementReport.Behind"/>.</summary>
    internal static bool Holds(this MovementColumn column, in Transition t)
    {
        if (t.ByListChange) return column == MovementColumn.ListChange || (column == MovementColumn.Opening && t.Movement != Movement.Exit);
        return column switch
        {
            MovementColumn.Opening => t.Movement == Movement.Opening,
            MovementColumn.Closing => t.Movement == Movement.Closing,
            MovementColumn.VoluntaryExits => t.CountsAs(Component.VoluntaryExits),
            MovementColumn.ExitsNotTold => t.CountsAs(Component.ExitsNotTold),
            MovementColumn.Reentries => t.CountsAs(Component.Reentries),
            MovementColumn.ReentriesStandardChange => t.CountsAs(Component.ReentriesStandardChange),
            MovementColumn.ReentriesAfterAbsence => t.CountsAs(Component.ReentriesAfterAbsence),
            MovementColumn.FormReentries => t.Movement == Movement.ReEntry,
            MovementColumn.Exits => t.Movement == Movement.Exit,
            MovementColumn.NewlyPoor => t.Movement == Movement.NewlyPoor,
            MovementColumn.OtherIn => t.Movement == Movement.OtherIn,
            MovementColumn.MovedIn => t is { Movement: Movement.OtherIn, Elsewhere: not null },
            MovementColumn.OtherOut => t.Movement == Movement.OtherOut,
            MovementColumn.MovedOut => t is { Movement: Movement.OtherOut, Elsewhere: not null },
            MovementColumn.FormExits => t.Movement is Movement.Exit or Movement.OtherOut,
            MovementColumn.FormNewlyPoor => t.Movement is Movement.NewlyPoor or Movement.OtherIn,
            _ => false,
        };
    }

    public static bool Holds(this EthnicMark mark, in Transition t) => mark switch
    {
        EthnicMark.Minority => t.EthnicMinority == true,
        EthnicMark.NotTold => t.EthnicMinority is null,
        _ => true,
    };
}
