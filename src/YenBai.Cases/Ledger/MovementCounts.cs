using YenBai.Cases.Households;

namespace YenBai.Cases.Ledger;

/// <summary>One line of the movement table: how the list of a unit went from its opening to its closing.</summary>
public record struct MovementCounts
{
    public int Opening { get; set; }
    public int Exits { get; set; }

    /// <summary>Of the exits, those at the household's own wish.</summary>
    public int VoluntaryExits { get; set; }

    /// <summary>Of the exits, those of which the register does not say whether they were voluntary.</summary>
    public int ExitsNotTold { get; set; }

    /// <summary>Back on the list after an exit, but for the two kinds of it below.</summary>
    public int Reentries { get; set; }
    public int ReentriesStandardChange { get; set; }
    public int ReentriesAfterAbsence { get; set; }
    public int NewlyPoor { get; set; }

    /// <summary>Of the newly poor, those of whose past only the end is known: they may have been on the list before.</summary>
    public int NewlyPoorOfShortHistory { get; set; }
    public int OtherIn { get; set; }
    public int OtherOut { get; set; }

    /// <summary>Of the others in, those that moved here from another unit of the register.</summary>
    public int MovedIn { get; set; }

    /// <summary>Of the others out, those that moved to another unit of the register.</summary>
    public int MovedOut { get; set; }

    /// <summary>The households on the list at the end, counted one by one and not from the movements.</summary>
    public int Closing { get; set; }

    public readonly int AllReentries => Reentries + ReentriesStandardChange + ReentriesAfterAbsence;

    /// <summary>Net reduction: what the list has lost between opening and closing.</summary>
    public readonly int NetReduction => Opening - Closing;

    /// <summary>Where the movements lead from the opening.</summary>
    public readonly int Reckoned => Opening - Exits + AllReentries + NewlyPoor + OtherIn - OtherOut;

    /// <summary>closing = opening − exits + re-entries + newly poor + other in − other out.</summary>
    public readonly bool Balances => Closing == Reckoned;

    public void Count(in Transition t)
    {
        switch (t.Movement)
        {
            case Movement.Opening:
                Opening++;
                break;
            case Movement.Exit:
                Exits++;
                if (t.Voluntary is null) ExitsNotTold++;
                else if (t.Voluntary.Value) VoluntaryExits++;
                break;
            case Movement.ReEntry:
                if (t.AfterAbsence) ReentriesAfterAbsence++;
                else if (t.Cause == EntryCause.StandardChange) ReentriesStandardChange++;
                else Reentries++;
                break;
            case Movement.NewlyPoor:
                NewlyPoor++;
                if (t.ShortHistory) NewlyPoorOfShortHistory++;
                break;
            case Movement.OtherIn:
                OtherIn++;
                if (t.Elsewhere is not null) MovedIn++;
                break;
            case Movement.OtherOut:
                OtherOut++;
                if (t.Elsewhere is not null) MovedOut++;
                break;
            case Movement.Closing:
                Closing++;
                break;
        }
    }

    public static MovementCounts operator +(MovementCounts a, MovementCounts b) => new()
    {
        Opening = a.Opening + b.Opening,
        Exits = a.Exits + b.Exits,
        VoluntaryExits = a.VoluntaryExits + b.VoluntaryExits,
        ExitsNotTold = a.ExitsNotTold + b.ExitsNotTold,
        Reentries = a.Reentries + b.Reentries,
        ReentriesStandardChange = a.ReentriesStandardChange + b.ReentriesStandardChange,
        ReentriesAfterAbsence = a.ReentriesAfterAbsence + b.ReentriesAfterAbsence,
        NewlyPoor = a.NewlyPoor + b.NewlyPoor,
        NewlyPoorOfShortHistory = a.NewlyPoorOfShortHistory + b.NewlyPoorOfShortHistory,
        OtherIn = a.OtherIn + b.OtherIn,
        OtherOut = a.OtherOut + b.OtherOut,
        MovedIn = a.MovedIn + b.MovedIn,
        MovedOut = a.MovedOut + b.MovedOut,
        Closing = a.Closing + b.Closing,
    };
}
