using System.Text.Json.Serialization;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Households;

/// <summary>The class of a household under one standard (Decree 07/2021, Art. 3).</summary>
[JsonConverter(typeof(SnakeCase<PovertyClass>))]
public enum PovertyClass { Poor, NearPoor, NotPoor }

/// <summary>Where a household stands towards the list of the poor (durability contract, R4).</summary>
[JsonConverter(typeof(SnakeCase<ListStatus>))]
public enum ListStatus { Unknown, Poor, Out, Gone }

/// <summary>Why a household came onto the list.</summary>
[JsonConverter(typeof(SnakeCase<EntryCause>))]
public enum EntryCause { Unknown, Deterioration, StandardChange, Correction }

/// <summary>What an older register brought along: everything, or only the households that were still on it.</summary>
[JsonConverter(typeof(SnakeCase<TakenOverHistory>))]
public enum TakenOverHistory { SurvivorsOnly, Complete }

[JsonConverter(typeof(SnakeCase<Sex>))]
public enum Sex { Female, Male }

/// <summary>The five basic services of Plan 19-KH/TU.</summary>
[JsonConverter(typeof(SnakeCase<BasicService>))]
public enum BasicService { HealthInsurance, Education, Housing, WaterSanitation, Information }

[JsonConverter(typeof(SnakeCase<Livestock>))]
public enum Livestock { Buffalo, Cattle, Pig, Goat, Poultry, Other }

/// <summary>Who signs the decision, by office.</summary>
[JsonConverter(typeof(SnakeCase<Signatory>))]
public enum Signatory { Chairman, ViceChairman }

/// <summary>What a household has to bear (grounds of newly arising poverty, Circular 17/2016).</summary>
[JsonConverter(typeof(SnakeCase<ShockKind>))]
public enum ShockKind { Disaster, Pollution, Accident, Illness, LossOfAssets, CropFailure, LivestockDisease, Crime, DeathOfEarner, MoreDependants, Other }

/// <summary>A savings-and-credit group of the policy bank, or one that raises or grows together.</summary>
[JsonConverter(typeof(SnakeCase<GroupKind>))]
public enum GroupKind { SavingsAndCredit, Production }

[JsonConverter(typeof(SnakeCase<CommendedBy>))]
public enum CommendedBy { Commune, District, Province, Other }

[JsonConverter(typeof(SnakeCase<ComplaintAbout>))]
public enum ComplaintAbout { Class, Support, Other }

[JsonConverter(typeof(SnakeCase<VisitPurpose>))]
public enum VisitPurpose { FollowUp, Condition, Confirmation, Assessment, Suggested }

/// <summary>Why a visit that was suggested is not needed.</summary>
[JsonConverter(typeof(SnakeCase<DeclineGround>))]
public enum DeclineGround { InTouch, DoingWell, Away, DoesNotWant, InputsWrong, Other }

/// <summary>One step of a household's own plan.</summary>
/// <param name="Cause">The cause of poverty that it addresses: a code of the form.</param>
/// <param name="Instrument">The support that is wanted for it.</param>
/// <param name="Owner">The staff code of who sees to it.</param>
/// <param name="GoalId">The note that says what shall be reached.</param>
public sealed record PlanStep(string? Cause, string? Instrument, string? Owner, DateOnly By, Guid? GoalId);

/// <summary>Why members joined or left.</summary>
[JsonConverter(typeof(SnakeCase<MemberChange>))]
public enum MemberChange { Birth, Marriage, Return, Death, Departure, Split, Other }

/// <summary>What statistics need of the household, frozen on each fact of the list as a coarse value.</summary>
public sealed record Coarse(Sex? HeadSex = null, bool? Merit = null, bool? EthnicMinority = null, int? Under16 = null)
{
    public static readonly Coarse Unknown = new();
}

/// <summary>Where a fact stands in the register that it was taken from.</summary>
/// <param name="Id">The register's own number of the fact; unique within the household.</param>
/// <param name="Seq">Its position there: facts of one day are told in this order; none where a register keeps none, and they are told as they came.</param>
/// <param name="Digest">A digest of what the row says (never of personal data): the same again is the same fact.</param>
public sealed record RegisterRow(string Id, long? Seq, string Digest);
