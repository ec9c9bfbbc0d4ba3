using System.Text.Json.Serialization;
using YenBai.Cases.Places;
using YenBai.Cases.Support;

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
    IReadOnlyList<string> Deprivations, IReadOnlyList<string> Causes, IReadOnlyList<string> Needs) : HouseholdEvent(On, Recorded)
{
    /// <summary>What was answered on the form, by item; the points were computed from it. None where an officer entered the totals.</summary>
    public IReadOnlyDictionary<string, string>? Answers { get; init; }
}

/// <summary>The hamlet's meeting on what the scores propose (Decision 24/2021, Art. 3): at least half of those present must agree, else the survey is done again.</summary>
/// <param name="Proposed">The class that was put to the meeting.</param>
/// <param name="Minutes">The number of the minutes.</param>
public sealed record MeetingHeld(
    DateOnly On, DateTimeOffset Recorded, string Standard, PovertyClass Proposed, int Present, int Agreed, string? Minutes) : HouseholdEvent(On, Recorded);

/// <summary>The decision of the commune's chairman (Decision 24/2021, Art. 3): it constitutes the class.</summary>
public sealed record ClassDecided(
    DateOnly On, DateTimeOffset Recorded, string Standard, PovertyClass Class, string? DecisionNumber) : HouseholdEvent(On, Recorded)
{
    public Signatory? Signatory { get; init; }
}

public sealed record ListedPoor(DateOnly On, DateTimeOffset Recorded, string Unit, string? Standard, EntryCause Cause)
    : ListEvent(On, Recorded, Unit, Standard);

public sealed record ExitRequested(DateOnly On, DateTimeOffset Recorded, Guid? WordingId) : HouseholdEvent(On, Recorded)
{
    /// <summary>Who witnessed it.</summary>
    public Guid? WitnessId { get; init; }

    /// <summary>The help that the household says it received so far.</summary>
    public Guid? HelpId { get; init; }

    /// <summary>What the last scores proposed on that day, under the standard of the list.</summary>
    public PovertyClass? ScoresSaid { get; init; }
}

public sealed record ExitRequestWithdrawn(DateOnly On, DateTimeOffset Recorded, Guid? ReasonId) : HouseholdEvent(On, Recorded);

/// <param name="To">To near-poor or to neither; unknown where the register does not say.</param>
/// <param name="Support">The instruments received by that day, sorted and joined by +, or none.</param>
public sealed record Exited(
    DateOnly On, DateTimeOffset Recorded, string Unit, string? Standard, PovertyClass? To, bool? Voluntary, string? Support)
    : ListEvent(On, Recorded, Unit, Standard)
{
    /// <summary>What the last scores proposed: poor marks an exit against the scores.</summary>
    public PovertyClass? ScoresSaid { get; init; }
}

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

public sealed record JobPlaced(DateOnly On, DateTimeOffset Recorded, Guid SupportId, JobKind Kind) : HouseholdEvent(On, Recorded);

/// <param name="Proceeds">VND, of animals sold.</param>
public sealed record LivestockChanged(DateOnly On, DateTimeOffset Recorded, Guid SupportId, LivestockChange Change, int Count, decimal? Proceeds)
    : HouseholdEvent(On, Recorded);

public sealed record LivestockPassedOn(DateOnly On, DateTimeOffset Recorded, Guid SupportId, int Count, Guid To, string ToCode) : HouseholdEvent(On, Recorded);

/// <summary>What the lender's ledger says; the lender keeps it, we keep what it said and when.</summary>
/// <param name="Balance">VND still owed.</param>
/// <param name="Overdue">VND of it past its day.</param>
public sealed record LoanStatusReported(DateOnly On, DateTimeOffset Recorded, Guid SupportId, decimal Balance, decimal Overdue, int DaysOverdue)
    : HouseholdEvent(On, Recorded);

// Support under conditions and for a time, from the wish to the end.

public sealed record SupportAsked(DateOnly On, DateTimeOffset Recorded, string Instrument) : HouseholdEvent(On, Recorded);

public sealed record SupportRefused(DateOnly On, DateTimeOffset Recorded, string Instrument, RefusalGround Ground, Guid? ReasonId) : HouseholdEvent(On, Recorded);

/// <param name="Amount">VND; the funding adds up to it.</param>
/// <param name="End">Last day.</param>
/// <param name="Sponsor">The code of the sponsoring agency.</param>
/// <param name="PersonId">Who of the household it is for, where it is for one (training: once a person).</param>
public sealed record SupportAgreed(
    DateOnly On, DateTimeOffset Recorded, Guid SupportId, string Instrument, decimal Amount, IReadOnlyList<Funding> Funding, DateOnly Start, DateOnly End,
    string? Sponsor, Guid? PersonId, IReadOnlyList<ConditionTerms> Conditions) : HouseholdEvent(On, Recorded);

public sealed record SupportSuspended(DateOnly On, DateTimeOffset Recorded, Guid SupportId, Guid? ReasonId) : HouseholdEvent(On, Recorded);

public sealed record SupportResumed(DateOnly On, DateTimeOffset Recorded, Guid SupportId) : HouseholdEvent(On, Recorded);

/// <param name="Days">By how many days: days add up in any order, dates would not.</param>
public sealed record SupportExtended(DateOnly On, DateTimeOffset Recorded, Guid SupportId, int Days, Guid? ReasonId) : HouseholdEvent(On, Recorded);

public sealed record SupportEnded(DateOnly On, DateTimeOffset Recorded, Guid SupportId, SupportOutcome Outcome, Guid? ReasonId) : HouseholdEvent(On, Recorded);

/// <summary>The household or its sponsor handed evidence in; until somebody verifies it the condition is not met.</summary>
public sealed record EvidenceHandedIn(
    DateOnly On, DateTimeOffset Recorded, Guid SupportId, Guid ConditionId, IReadOnlyList<Guid> Attachments, Guid? NoteId) : HouseholdEvent(On, Recorded);

/// <summary>Verified by who recorded it. On is the day on which it was fulfilled: past the due day it is met late.</summary>
public sealed record ConditionMet(
    DateOnly On, DateTimeOffset Recorded, Guid SupportId, Guid ConditionId, IReadOnlyList<Guid> Attachments, Guid? NoteId) : HouseholdEvent(On, Recorded);

/// <param name="Due">The due day that passed.</param>
public sealed record ConditionMissed(DateOnly On, DateTimeOffset Recorded, Guid SupportId, Guid ConditionId, DateOnly Due) : HouseholdEvent(On, Recorded);

public sealed record ConditionWaived(DateOnly On, DateTimeOffset Recorded, Guid SupportId, Guid ConditionId, Guid? ReasonId) : HouseholdEvent(On, Recorded);

/// <param name="Owner">The staff code of who sees to it from now on.</param>
public sealed record ConditionReassigned(DateOnly On, DateTimeOffset Recorded, Guid SupportId, Guid ConditionId, string Owner) : HouseholdEvent(On, Recorded);

// Sponsors.

/// <param name="From">The agency that handed the household over.</param>
public sealed record SponsorAssigned(DateOnly On, DateTimeOffset Recorded, string Sponsor, string? From) : HouseholdEvent(On, Recorded);

public sealed record SponsorReleased(DateOnly On, DateTimeOffset Recorded, string Sponsor, Guid? ReasonId) : HouseholdEvent(On, Recorded);

/// <param name="Amount">VND.</param>
/// <param name="By">The day by which it shall be delivered.</param>
public sealed record PledgeMade(
    DateOnly On, DateTimeOffset Recorded, Guid PledgeId, string Sponsor, string Instrument, decimal Amount, DateOnly By, Guid? WhatId) : HouseholdEvent(On, Recorded);

public sealed record PledgeDelivered(DateOnly On, DateTimeOffset Recorded, Guid PledgeId, decimal Amount) : HouseholdEvent(On, Recorded);

public sealed record PledgeVerified(DateOnly On, DateTimeOffset Recorded, Guid PledgeId, Guid? NoteId) : HouseholdEvent(On, Recorded);

// The household's own plan, who stands by it, and what befalls it.

public sealed record HouseholdPlanSet(DateOnly On, DateTimeOffset Recorded, IReadOnlyList<PlanStep> Steps) : HouseholdEvent(On, Recorded);

public sealed record WorkerAssigned(DateOnly On, DateTimeOffset Recorded, string Worker) : HouseholdEvent(On, Recorded);

/// <param name="Group">The group's code.</param>
public sealed record GroupJoined(DateOnly On, DateTimeOffset Recorded, GroupKind Kind, string Group) : HouseholdEvent(On, Recorded);

public sealed record GroupLeft(DateOnly On, DateTimeOffset Recorded, GroupKind Kind, string Group) : HouseholdEvent(On, Recorded);

/// <summary>Grounds of newly arising poverty (Circular 17/2016).</summary>
public sealed record ShockReported(DateOnly On, DateTimeOffset Recorded, ShockKind Kind, Guid? NoteId) : HouseholdEvent(On, Recorded);

/// <param name="Award">What was awarded, where it is more than words.</param>
public sealed record Commended(DateOnly On, DateTimeOffset Recorded, CommendedBy By, string? DecisionNumber, Guid? AwardId) : HouseholdEvent(On, Recorded);

public sealed record ComplaintLodged(DateOnly On, DateTimeOffset Recorded, Guid ComplaintId, ComplaintAbout About, Guid? WordingId) : HouseholdEvent(On, Recorded);

public sealed record ComplaintAnswered(DateOnly On, DateTimeOffset Recorded, Guid ComplaintId, bool Upheld, Guid? AnswerId) : HouseholdEvent(On, Recorded);

/// <param name="Day">The day on which somebody means to go.</param>
public sealed record VisitPlanned(DateOnly On, DateTimeOffset Recorded, DateOnly Day, string? Owner, VisitPurpose Purpose) : HouseholdEvent(On, Recorded);

public sealed record VisitRecorded(DateOnly On, DateTimeOffset Recorded, Guid? NoteId) : HouseholdEvent(On, Recorded);

/// <summary>A visit was suggested, and somebody decided that it is not needed. That it was suggested is written down nowhere.</summary>
public sealed record VisitSuggestionDeclined(DateOnly On, DateTimeOffset Recorded, DeclineGround Ground, Guid? ReasonId) : HouseholdEvent(On, Recorded);

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
