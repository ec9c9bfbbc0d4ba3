using System.Text.Json.Serialization;

namespace YenBai.Cases.Households;

/// <summary>Whose money it is.</summary>
[JsonConverter(typeof(SnakeCase<FundingSource>))]
public enum FundingSource { State, Province, PolicyBank, Enterprise, Donor, Programme, Sponsor, OwnShare }

/// <summary>What must be shown for a condition to count as met.</summary>
[JsonConverter(typeof(SnakeCase<Evidence>))]
public enum Evidence { None, Note, Photo, Scan }

/// <summary>What the agreement says shall follow when a condition is missed. It is proposed to the manager; a person decides.</summary>
[JsonConverter(typeof(SnakeCase<AfterMiss>))]
public enum AfterMiss { Remind, Suspend, End, Repay }

[JsonConverter(typeof(SnakeCase<SupportOutcome>))]
public enum SupportOutcome { Completed, EndedEarly, Lapsed }

[JsonConverter(typeof(SnakeCase<SupportState>))]
public enum SupportState { Agreed, Active, Suspended, Completed, EndedEarly, Lapsed }

[JsonConverter(typeof(SnakeCase<ConditionState>))]
public enum ConditionState { Due, HandedIn, Met, MetLate, Missed, Waived }

[JsonConverter(typeof(SnakeCase<RefusalGround>))]
public enum RefusalGround { NotEligible, NoFunds, AlreadyReceived, NotNeeded, Other }

[JsonConverter(typeof(SnakeCase<LivestockChange>))]
public enum LivestockChange { Born, Died, Sold }

[JsonConverter(typeof(SnakeCase<JobKind>))]
public enum JobKind { Local, OtherProvince, Abroad }

/// <param name="Amount">VND.</param>
public sealed record Funding(FundingSource Source, decimal Amount);

/// <summary>A condition as it was agreed.</summary>
/// <param name="Kind">What is to be done: a code of the list of conditions.</param>
/// <param name="TitleId">The note with its own words, where the list's do not do.</param>
/// <param name="Owner">The staff code of who sees to it; none: whoever the household is assigned to.</param>
/// <param name="Due">Last day.</param>
public sealed record ConditionTerms(Guid Id, string Kind, Guid? TitleId, string? Owner, DateOnly Due, Evidence Evidence, AfterMiss AfterMiss);
