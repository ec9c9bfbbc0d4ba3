using System.Text.Json.Serialization;
using YenBai.Cases.Places;
using YenBai.Cases.Privacy;

namespace YenBai.Cases.Households;

/// <summary>One thing that happened to one household.</summary>
/// <param name="On">When it became true: a day in Asia/Ho_Chi_Minh.</param>
/// <param name="Recorded">When it was learnt; for a fact taken from a register, the date that the register gives.</param>
public abstract record HouseholdEvent(
    [property: JsonPropertyOrder(-2)] DateOnly On,
    [property: JsonPropertyOrder(-1)] DateTimeOffset Recorded)
{
    /// <summary>Set when the fact was taken from a register.</summary>
    public RegisterRow? Row { get; init; }
}

/// <summary>A fact of the list: what the movement table and the durability of exits are computed from.</summary>
/// <param name="Unit">The place of the household on that day.</param>
/// <param name="Standard">The standard it was judged under; none when nothing was judged.</param>
public abstract record ListEvent(DateOnly On, DateTimeOffset Recorded, string Unit, string? Standard) : HouseholdEvent(On, Recorded)
{
    public Coarse? Then { get; init => field = value == Coarse.Unknown ? null : value; }
}

// In the order in which they happen in a household's life.

public sealed record HouseholdRegistered(
    DateOnly On, DateTimeOffset Recorded, string Code, string Unit, string? Hamlet, Guid? HeadId, int? Members, Area? Area)
    : HouseholdEvent(On, Recorded)
{
    public Coarse? Then { get; init => field = value == Coarse.Unknown ? null : value; }
}

public sealed record HouseholdTakenOver(DateOnly On, DateTimeOffset Recorded, string Unit, string? Standard, TakenOverHistory History)
    : ListEvent(On, Recorded, Unit, Standard);

public sealed record HouseholdSplitFrom(
    DateOnly On, DateTimeOffset Recorded, string Unit, string? Standard, Guid Parent, string ParentCode, ListStatus Status)
    : ListEvent(On, Recorded, Unit, Standard);

public sealed record MembersJoined(DateOnly On, DateTimeOffset Recorded, int Count, int Under16, MemberChange Change) : HouseholdEvent(On, Recorded);

public sealed record MembersLeft(DateOnly On, DateTimeOffset Recorded, int Count, int Under16, MemberChange Change, Guid? To) : HouseholdEvent(On, Recorded);

public sealed record HeadChanged(DateOnly On, DateTimeOffset Recorded, Guid HeadId, Sex? HeadSex, MemberChange? Change) : HouseholdEvent(On, Recorded);

public sealed record MovedWithin(DateOnly On, DateTimeOffset Recorded, string Unit, string From, string? Hamlet) : ListEvent(On, Recorded, Unit, null);

/// <param name="ScoreA">Income points (B1 on the forms of 2016).</param>
/// <param name="ScoreB">Deprivation points (B2 on the forms of 2016).</param>
/// <param name="Deprivations">Indicator codes of the standard.</param>
public sealed record Assessed(
    DateOnly On, DateTimeOffset Recorded, string Standard, string? Form, Area? Area, decimal? ScoreA, decimal? ScoreB,
    IReadOnlyList<string> Deprivations, IReadOnlyList<string> Causes, IReadOnlyList<string> Needs) : HouseholdEvent(On, Recorded);

/// <summary>The decision of the commune's chairman (Decision 24/2021, Art. 3): it constitutes the class.</summary>
public sealed record ClassDecided(
    DateOnly On, DateTimeOffset Recorded, string Standard, PovertyClass Class, string? DecisionNumber) : HouseholdEvent(On, Recorded);

public sealed record ListedPoor(DateOnly On, DateTimeOffset Recorded, string Unit, string? Standard, EntryCause Cause)
    : ListEvent(On, Recorded, Unit, Standard);

public sealed record ExitRequested(DateOnly On, DateTimeOffset Recorded, Guid? WordingId) : HouseholdEvent(On, Recorded);

public sealed record ExitRequestWithdrawn(DateOnly On, DateTimeOffset Recorded, Guid? ReasonId) : HouseholdEvent(On, Recorded);

/// <param name="To">To near-poor or to neither; unknown where the register does not say.</param>
/// <param name="Support">The instruments received by that day, sorted and joined by +, or none.</param>
public sealed record Exited(
    DateOnly On, DateTimeOffset Recorded, string Unit, string? Standard, PovertyClass? To, bool? Voluntary, string? Support)
    : ListEvent(On, Recorded, Unit, Standard);

public sealed record ExitConfirmed(DateOnly On, DateTimeOffset Recorded, string Unit, string? Standard) : ListEvent(On, Recorded, Unit, Standard);

public sealed record ReEntered(DateOnly On, DateTimeOffset Recorded, string Unit, string? Standard, EntryCause Cause)
    : ListEvent(On, Recorded, Unit, Standard);

/// <param name="Amount">VND.</param>
public sealed record LoanGranted(DateOnly On, DateTimeOffset Recorded, Guid SupportId, decimal Amount, int? TermMonths, string? Lender, Guid? PurposeId)
    : HouseholdEvent(On, Recorded);

public sealed record TrainingJoined(DateOnly On, DateTimeOffset Recorded, Guid SupportId, string Course, string? Provider) : HouseholdEvent(On, Recorded);

public sealed record TrainingCompleted(DateOnly On, DateTimeOffset Recorded, Guid SupportId, string? Certificate) : HouseholdEvent(On, Recorded);

/// <param name="Worth">VND.</param>
public sealed record LivestockSupported(DateOnly On, DateTimeOffset Recorded, Guid SupportId, Livestock Species, int Count, decimal? Worth)
    : HouseholdEvent(On, Recorded);

public sealed record ServiceProvided(DateOnly On, DateTimeOffset Recorded, Guid SupportId, BasicService Service, DateOnly? Until) : HouseholdEvent(On, Recorded);

public sealed record VisitRecorded(DateOnly On, DateTimeOffset Recorded, Guid? NoteId) : HouseholdEvent(On, Recorded);

public sealed record MovedOut(DateOnly On, DateTimeOffset Recorded, string Unit, string? Standard) : ListEvent(On, Recorded, Unit, Standard);

public sealed record Dissolved(DateOnly On, DateTimeOffset Recorded, string Unit, string? Standard) : ListEvent(On, Recorded, Unit, Standard);

public sealed record MergedInto(DateOnly On, DateTimeOffset Recorded, string Unit, string? Standard, Guid Into, string IntoCode)
    : ListEvent(On, Recorded, Unit, Standard);

/// <param name="Fact">The version, in this household's stream, of the fact that is annulled.</param>
public sealed record FactAnnulled(DateOnly On, DateTimeOffset Recorded, int Fact, Guid? ReasonId) : HouseholdEvent(On, Recorded);

/// <summary>All that one import told of this household is withdrawn.</summary>
public sealed record ImportWithdrawn(DateOnly On, DateTimeOffset Recorded, string Import) : HouseholdEvent(On, Recorded);

// What the household asked to be done with its own data (Law 91/2025, Art. 4), and what was.

public sealed record ConsentGiven(DateOnly On, DateTimeOffset Recorded, ConsentScope Scope, ConsentForm Form, Guid? PersonId) : HouseholdEvent(On, Recorded);

public sealed record ConsentWithdrawn(DateOnly On, DateTimeOffset Recorded, ConsentScope Scope) : HouseholdEvent(On, Recorded);

public sealed record ProcessingRestricted(DateOnly On, DateTimeOffset Recorded, Guid? ReasonId) : HouseholdEvent(On, Recorded);

/// <summary>The person was answered: the restriction stays.</summary>
public sealed record RestrictionUpheld(DateOnly On, DateTimeOffset Recorded, Guid? AnswerId) : HouseholdEvent(On, Recorded);

public sealed record RestrictionLifted(DateOnly On, DateTimeOffset Recorded, Guid? AnswerId) : HouseholdEvent(On, Recorded);

/// <summary>The values, old and new, stand in the person's record.</summary>
public sealed record PersonCorrected(DateOnly On, DateTimeOffset Recorded, Guid PersonId) : HouseholdEvent(On, Recorded);

/// <summary>Whoever stores it empties the records of these persons and deletes the household's notes, in the same transaction.</summary>
public sealed record PersonalDataErased(DateOnly On, DateTimeOffset Recorded, IReadOnlyList<Guid> PersonIds) : HouseholdEvent(On, Recorded);
