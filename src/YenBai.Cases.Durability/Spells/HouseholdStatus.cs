namespace YenBai.Cases.Durability;

/// <summary>Rule R4: where a household stands.</summary>
enum Standing : byte
{
    Unknown,
    Poor,
    Out,
    Gone,
}

/// <summary>What a fact changed, in the terms of the movement table and of the spells.</summary>
enum StatusChange : byte
{
    None,
    NewlyPoor,
    ReEntered,
    ReEnteredByStandard,
    ReEnteredAfterAbsence,
    Returned,
    ExitWithdrawn,
    Exited,
    ExitedUnlisted,
    Confirmed,
    MovedOutPoor,
    MovedOutOut,
    DissolvedPoor,
    DissolvedOut,
    TransferredPoor,
    DuplicateExit,
    ExitAfterGone,
    DuplicateEnter,
    ConfirmIgnored,
}

/// <summary>
/// Rules R4 to R8 for one household: a state machine that spells and the movement table both read, so that they can not disagree.
/// </summary>
struct HouseholdStatus
{
    public Standing Standing { get; private set; }

    /// <summary>Number of the current or last spell; a withdrawn exit gives its number back.</summary>
    public int SpellNumber { get; private set; }

    public StatusChange Apply(in SpellFact fact) => fact.Kind switch
    {
        FactKind.Enter => Enter(fact.Cause),
        FactKind.Exit => Exit(),
        FactKind.Confirm => Standing == Standing.Out ? StatusChange.Confirmed : StatusChange.ConfirmIgnored,
        FactKind.Import => Standing == Standing.Out ? StatusChange.Confirmed : StatusChange.None,
        FactKind.MoveOut => Leave(StatusChange.MovedOutPoor, StatusChange.MovedOutOut),
        FactKind.Dissolve => Leave(StatusChange.DissolvedPoor, StatusChange.DissolvedOut),
        FactKind.Transfer => Standing == Standing.Poor ? StatusChange.TransferredPoor : StatusChange.None,
        _ => StatusChange.None,
    };

    StatusChange Enter(EnterCause cause)
    {
        var before = Standing;
        Standing = Standing.Poor;
        switch (before)
        {
            case Standing.Poor: return StatusChange.DuplicateEnter;
            case Standing.Unknown: return StatusChange.NewlyPoor;
            case Standing.Gone: return SpellNumber > 0 ? StatusChange.ReEnteredAfterAbsence : StatusChange.Returned;
        }

        switch (cause)
        {
            case EnterCause.StandardChange: return StatusChange.ReEnteredByStandard;
            case EnterCause.Correction:
                SpellNumber--;
                return StatusChange.ExitWithdrawn;
            default: return StatusChange.ReEntered;
        }
    }

    StatusChange Exit()
    {
        switch (Standing)
        {
            case Standing.Out: return StatusChange.DuplicateExit;
            case Standing.Gone: return StatusChange.ExitAfterGone;
        }

        var listed = Standing == Standing.Poor;
        Standing = Standing.Out;
        SpellNumber++;
        return listed ? StatusChange.Exited : StatusChange.ExitedUnlisted;
    }

    StatusChange Leave(StatusChange whilePoor, StatusChange whileOut)
    {
        var before = Standing;
        Standing = Standing.Gone;
        return before switch
        {
            Standing.Poor => whilePoor,
            Standing.Out => whileOut,
            _ => StatusChange.None,
        };
    }
}
