using System.Text.Json.Serialization;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;

namespace YenBai.Cases.Plan;

/// <summary>A count that has rows behind it.</summary>
[JsonConverter(typeof(SnakeCase<Component>))]
public enum Component
{
    Opening, Exits, VoluntaryExits, ExitsNotTold, Reentries, ReentriesStandardChange, ReentriesAfterAbsence, NewlyPoor,
    OtherIn, OtherOut, Closing, MeritHouseholds, MeritNotTold,

    /// <summary>Scored and met over, not decided: in no other count.</summary>
    Pending,
}

/// <summary>A household behind a count, with the fact that put it there. One that exits twice stands there twice.</summary>
public readonly record struct Counted(Guid Household, int Version, DateOnly On);

internal static class Components
{
    public static bool CountsAs(this in Transition t, Component component) => component switch
    {
        Component.Opening => t.Movement == Movement.Opening,
        Component.Exits => t.Movement == Movement.Exit,
        Component.VoluntaryExits => t.Movement == Movement.Exit && t.Voluntary == true,
        Component.ExitsNotTold => t.Movement == Movement.Exit && t.Voluntary is null,
        Component.Reentries => t is { Movement: Movement.ReEntry, AfterAbsence: false } && t.Cause != EntryCause.StandardChange,
        Component.ReentriesStandardChange => t is { Movement: Movement.ReEntry, AfterAbsence: false, Cause: EntryCause.StandardChange },
        Component.ReentriesAfterAbsence => t is { Movement: Movement.ReEntry, AfterAbsence: true },
        Component.NewlyPoor => t.Movement == Movement.NewlyPoor,
        Component.OtherIn => t.Movement == Movement.OtherIn,
        Component.OtherOut => t.Movement == Movement.OtherOut,
        Component.Closing => t.Movement == Movement.Closing,
        Component.MeritHouseholds => t.Movement == Movement.Closing && t.Merit == true,
        Component.MeritNotTold => t.Movement == Movement.Closing && t.Merit is null,
        _ => false,
    };
}
