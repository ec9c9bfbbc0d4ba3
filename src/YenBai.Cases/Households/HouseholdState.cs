using System.Text.Json.Serialization;
using YenBai.Cases.Places;

namespace YenBai.Cases.Households;

/// <summary>The class of the household under one standard.</summary>
public sealed record ClassUnder(PovertyClass Class, DateOnly Since, string? DecisionNumber);

/// <summary>What a contradictory register told and the list had to ignore (contract R5, R6, R8).</summary>
[JsonConverter(typeof(SnakeCase<Ignored>))]
public enum Ignored { DuplicateExit, ExitAfterGone, DuplicateEnter, ConfirmIgnored }

/// <summary>Support that the household took.</summary>
/// <param name="Instrument">Its family: loan, training, livestock, service and so on.</param>
/// <param name="On">From when; of an agreement its first day.</param>
public sealed record SupportTaken(Guid Id, string Instrument, DateOnly On, DateOnly? Completed);

/// <summary>A household that asked for an instrument.</summary>
/// <param name="Refused">The refusal that answered it; none while it waits or when it was served.</param>
/// <param name="Served">When it was agreed or given.</param>
public sealed record Wish(string Instrument, DateOnly Asked, SupportRefused? Refused, DateOnly? Served);

/// <summary>A review under way: what the scores propose and whether the meeting consents, not decided yet.</summary>
public sealed record OpenReview(Assessed? Assessment, MeetingHeld? Meeting);

/// <summary>What a sponsor promised and what came of it.</summary>
public sealed record Pledge(PledgeMade Made, PledgeDelivered? Delivered, PledgeVerified? Verified);

/// <summary>
/// What a household is on a day, folded from its facts in the order of telling. The rules R4 to R8 of the durability
/// contract live here and nowhere else in the domain.
/// </summary>
public sealed class HouseholdState
{
    private readonly Dictionary<string, ClassUnder> classes = [];
    private readonly List<SupportTaken> supports = [];
    private readonly Dictionary<int, Ignored> ignored = [];
    private readonly List<DateOnly> exits = [];
    private readonly Dictionary<ConsentScope, Consent> consents = [];
    private readonly Dictionary<Guid, Agreement> agreements = [];
    private readonly Dictionary<string, Assessed> assessments = [];
    private readonly Dictionary<string, MeetingHeld> meetings = [];
    private readonly Dictionary<string, OpenReview> reviews = [];
    private readonly List<Wish> wishes = [];
    private readonly Dictionary<Guid, Pledge> pledges = [];
    private readonly HashSet<(GroupKind, string)> groups = [];
    private readonly Dictionary<Guid, ComplaintLodged> complaints = [];
    private readonly Dictionary<Guid, LoanStatusReported> loanStatus = [];

    public HouseholdRegistered? Registration { get; private set; }
    public string Unit { get; private set; } = "";
    public string? Hamlet { get; private set; }
    public Guid? HeadId { get; private set; }
    public int? Members { get; private set; }
    public Area? Area { get; private set; }
    public Coarse Then { get; private set; } = Coarse.Unknown;

    public ListStatus Status { get; private set; }
    public DateOnly? StatusSince { get; private set; }
    public int Exits => exits.Count;
    public DateOnly? LastExit => exits.Count == 0 ? null : exits[^1];
    public DateOnly? LastConfirmed { get; private set; }

    /// <summary>When it was judged to be neither poor nor near-poor, after having been one of them; none while it is one.</summary>
    public DateOnly? LeftPoverty { get; private set; }
    public HouseholdEvent? GoneBy { get; private set; }
    public TakenOverHistory? TakenOver { get; private set; }

    /// <summary>The household's own request to leave the list, while it stands undecided.</summary>
    public ExitRequested? ExitRequest { get; private set; }
    public Assessed? LastAssessment { get; private set; }
    public DateOnly? LastVisit { get; private set; }
    public VisitPlanned? PlannedVisit { get; private set; }

    /// <summary>The staff code of who follows the household.</summary>
    public string? Worker { get; private set; }
    public SponsorAssigned? Sponsor { get; private set; }
    public HouseholdPlanSet? Plan { get; private set; }
    public Commended? Commended { get; private set; }
    public Fact? LastFact { get; private set; }

    /// <summary>What the household agrees to. A withdrawal ends it from its day on and undoes nothing that was done before.</summary>
    public IReadOnlyDictionary<ConsentScope, Consent> Consents => consents;

    /// <summary>The household's request that its data be processed no further, while it stands.</summary>
    public Restriction? Restriction { get; private set; }

    public IReadOnlyDictionary<string, ClassUnder> Classes => classes;
    public IReadOnlyList<SupportTaken> Supports => supports;
    public IReadOnlyDictionary<int, Ignored> IgnoredFacts => ignored;
    public IReadOnlyDictionary<Guid, Agreement> Agreements => agreements;

    /// <summary>The last assessment under each standard: in autumn 2021 a household was reviewed under two.</summary>
    public IReadOnlyDictionary<string, Assessed> Assessments => assessments;

    /// <summary>The last meeting under each standard.</summary>
    public IReadOnlyDictionary<string, MeetingHeld> Meetings => meetings;

    /// <summary>What was found and consented to under each standard since the last decision under it.</summary>
    public IReadOnlyDictionary<string, OpenReview> OpenReviews => reviews;
    public IReadOnlyList<Wish> Wishes => wishes;
    public IReadOnlyDictionary<Guid, Pledge> Pledges => pledges;
    public IReadOnlySet<(GroupKind Kind, string Group)> Groups => groups;

    /// <summary>Complaints that nobody has answered.</summary>
    public IReadOnlyDictionary<Guid, ComplaintLodged> Complaints => complaints;

    /// <summary>What the lender last said of each loan.</summary>
    public IReadOnlyDictionary<Guid, LoanStatusReported> LoanStatus => loanStatus;
    public bool Known => Registration is not null;

    /// <summary>The class that counts on a day: under the standard then in force, else under the last one judged.</summary>
    public (string Standard, ClassUnder Class)? ClassOn(DateOnly day)
    {
        var inForce = PovertyStandards.InForce(day).Code;
        if (classes.TryGetValue(inForce, out var c)) return (inForce, c);
        return classes.Count == 0 ? null : classes.MaxBy(e => (e.Value.Since, e.Key)) is var last ? (last.Key, last.Value) : null;
    }

    /// <summary>The kinds of support received by a day, sorted and joined by +, or none.</summary>
    public string SupportMix(DateOnly by)
    {
        var mix = string.Join('+', supports.Where(s => s.On <= by).Select(s => s.Instrument).Distinct().Order(StringComparer.Ordinal));
        return mix.Length == 0 ? "none" : mix;
    }

    internal static HouseholdState Fold(List<Fact> facts)
    {
        var state = new HouseholdState();
        foreach (var fact in facts) state.Apply(fact);
        return state;
    }

    internal void Apply(Fact fact)
    {
        switch (fact.Event)
        {
            case HouseholdRegistered e:
                Registration = e;
                (Unit, Hamlet, HeadId, Members, Area, Then) = (e.Unit, e.Hamlet, e.HeadId, e.Members, e.Area, e.Then ?? Coarse.Unknown);
                break;
            case MembersJoined e:
                Members += e.Count;
                Then = Then with { Under16 = Then.Under16 + e.Under16 };
                break;
            case MembersLeft e:
                Members = Members is { } m ? Math.Max(0, m - e.Count) : null;
                Then = Then with { Under16 = Then.Under16 is { } u ? Math.Max(0, u - e.Under16) : null };
                break;
            case HeadChanged e:
                HeadId = e.HeadId;
                Then = Then with { HeadSex = e.HeadSex };
                break;
            case MovedWithin e:
                (Unit, Hamlet) = (e.Unit, e.Hamlet);
                break;
            case Assessed e:
                LastAssessment = e;
                assessments[e.Standard] = e;
                // Surveyed again, it must be met over again.
                reviews[e.Standard] = new(e, null);
                break;
            case MeetingHeld e:
                meetings[e.Standard] = e;
                reviews[e.Standard] = new(reviews.GetValueOrDefault(e.Standard)?.Assessment, e);
                break;
            case ClassDecided e:
                Judge(e.Standard, e.Class, e.On, e.DecisionNumber);
                // Decided otherwise, the request is answered, too.
                if (PovertyStandards.InForce(e.On).Code == e.Standard) ExitRequest = null;
                break;
            case ExitRequested e:
                ExitRequest = e;
                break;
            case ExitRequestWithdrawn:
                ExitRequest = null;
                break;
            case LoanGranted e:
                Take(e.SupportId, "loan", e.On);
                break;
            case TrainingJoined e:
                Take(e.SupportId, "training", e.On);
                break;
            case TrainingCompleted e:
                var joined = supports.FindIndex(s => s.Id == e.SupportId);
                if (joined >= 0) supports[joined] = supports[joined] with { Completed = e.On };
                break;
            case LivestockSupported e:
                Take(e.SupportId, "livestock", e.On);
                break;
            case ServiceProvided e:
                Take(e.SupportId, "service", e.On);
                break;
            case JobPlaced e:
                Take(e.SupportId, "job", e.On);
                break;
            case LoanStatusReported e:
                loanStatus[e.SupportId] = e;
                break;
            case SupportAsked e:
                if (!wishes.Exists(w => w.Instrument == e.Instrument && w is { Refused: null, Served: null })) wishes.Add(new(e.Instrument, e.On, null, null));
                break;
            case SupportRefused e:
                Answer(e.Instrument, w => w with { Refused = e });
                break;
            case SupportAgreed e:
                agreements[e.SupportId] = new Agreement(e);
                Take(e.SupportId, Instruments.FamilyOf(e.Instrument), e.Start);
                Answer(e.Instrument, w => w with { Served = e.On });
                break;
            case SupportSuspended e:
                agreements.GetValueOrDefault(e.SupportId)?.Apply(e);
                break;
            case SupportResumed e:
                agreements.GetValueOrDefault(e.SupportId)?.Apply(e);
                break;
            case SupportExtended e:
                agreements.GetValueOrDefault(e.SupportId)?.Apply(e);
                break;
            case SupportEnded e:
                agreements.GetValueOrDefault(e.SupportId)?.Apply(e);
                break;
            case EvidenceHandedIn e:
                agreements.GetValueOrDefault(e.SupportId)?.Apply(e);
                break;
            case ConditionMet e:
                agreements.GetValueOrDefault(e.SupportId)?.Apply(e);
                break;
            case ConditionMissed e:
                agreements.GetValueOrDefault(e.SupportId)?.Apply(e);
                break;
            case ConditionWaived e:
                agreements.GetValueOrDefault(e.SupportId)?.Apply(e);
                break;
            case ConditionReassigned e:
                agreements.GetValueOrDefault(e.SupportId)?.Apply(e);
                break;
            case SponsorAssigned e:
                Sponsor = e;
                break;
            case SponsorReleased e:
                if (Sponsor?.Sponsor == e.Sponsor) Sponsor = null;
                break;
            case PledgeMade e:
                pledges[e.PledgeId] = new(e, null, null);
                break;
            case PledgeDelivered e:
                if (pledges.TryGetValue(e.PledgeId, out var made)) pledges[e.PledgeId] = made with { Delivered = e };
                break;
            case PledgeVerified e:
                if (pledges.TryGetValue(e.PledgeId, out var delivered)) pledges[e.PledgeId] = delivered with { Verified = e };
                break;
            case HouseholdPlanSet e:
                Plan = e;
                break;
            case WorkerAssigned e:
                Worker = e.Worker.Length == 0 ? null : e.Worker;
                break;
            case GroupJoined e:
                groups.Add((e.Kind, e.Group));
                break;
            case GroupLeft e:
                groups.Remove((e.Kind, e.Group));
                break;
            case Commended e:
                Commended = e;
                break;
            case ComplaintLodged e:
                complaints[e.ComplaintId] = e;
                break;
            case ComplaintAnswered e:
                complaints.Remove(e.ComplaintId);
                break;
            case VisitPlanned e:
                PlannedVisit = e;
                break;
            case VisitRecorded e:
                LastVisit = e.On;
                PlannedVisit = null;
                break;
            case ConsentGiven e:
                consents[e.Scope] = new(e.On, e.Form, e.PersonId);
                break;
            case ConsentWithdrawn e:
                consents.Remove(e.Scope);
                break;
            case ProcessingRestricted e:
                Restriction ??= new(e.On, e.Recorded, Answered: false);
                break;
            case RestrictionUpheld:
                Restriction = Restriction is null ? null : Restriction with { Answered = true };
                break;
            case RestrictionLifted:
                Restriction = null;
                break;
            case HouseholdTakenOver e:
                TakenOver = e.History;
                if (Status == ListStatus.Out) LastConfirmed = e.On;
                break;
            case HouseholdSplitFrom e:
                (Status, StatusSince) = (e.Status, e.On);
                if (e.Status == ListStatus.Poor) Judge(e.Standard, PovertyClass.Poor, e.On, null);
                if (e.Status == ListStatus.Out)
                {
                    exits.Add(e.On);
                    LastConfirmed = e.On;
                }
                break;
            case ListedPoor e:
                Enter(fact, e.Cause, e.Standard);
                break;
            case ReEntered e:
                Enter(fact, e.Cause, e.Standard);
                break;
            case Exited e:
                Exit(fact, e);
                break;
            case ExitConfirmed e:
                if (Status == ListStatus.Out) LastConfirmed = e.On;
                else ignored[fact.Version] = Ignored.ConfirmIgnored;
                break;
            case MovedOut or Dissolved or MergedInto:
                if (Status != ListStatus.Gone) (Status, StatusSince, GoneBy) = (ListStatus.Gone, fact.Event.On, fact.Event);
                if (fact.Event is not MovedOut)
                    foreach (var agreement in agreements.Values) agreement.EndWith(fact.Event);
                break;
        }
        LastFact = fact;
    }

    /// <summary>What was given under an agreement is one support with it.</summary>
    private void Take(Guid id, string family, DateOnly on)
    {
        if (!supports.Exists(s => s.Id == id)) supports.Add(new(id, family, on, null));
    }

    private void Answer(string instrument, Func<Wish, Wish> how)
    {
        var open = wishes.FindIndex(w => w.Instrument == instrument && w is { Refused: null, Served: null });
        if (open >= 0) wishes[open] = how(wishes[open]);
    }

    private void Enter(Fact fact, EntryCause cause, string? standard)
    {
        if (Status == ListStatus.Poor)
        {
            ignored[fact.Version] = Ignored.DuplicateEnter;
            // The list itself may have changed its standard: no movement, but a class under the new one.
            Judge(standard, PovertyClass.Poor, fact.Event.On, null);
            return;
        }
        if (Status == ListStatus.Out && cause == EntryCause.Correction) exits.RemoveAt(exits.Count - 1);
        (Status, StatusSince, GoneBy) = (ListStatus.Poor, fact.Event.On, null);
        Judge(standard, PovertyClass.Poor, fact.Event.On, null);
    }

    private void Exit(Fact fact, Exited e)
    {
        if (Status is ListStatus.Out or ListStatus.Gone)
        {
            ignored[fact.Version] = Status == ListStatus.Out ? Ignored.DuplicateExit : Ignored.ExitAfterGone;
            return;
        }
        (Status, StatusSince, LastConfirmed, ExitRequest) = (ListStatus.Out, e.On, e.On, null);
        exits.Add(e.On);
        Judge(e.Standard, e.To ?? PovertyClass.NotPoor, e.On, null);
    }

    private void Judge(string? standard, PovertyClass @class, DateOnly on, string? decisionNumber)
    {
        var code = standard ?? PovertyStandards.InForce(on).Code;
        reviews.Remove(code);
        classes.TryGetValue(code, out var before);
        if (@class != PovertyClass.NotPoor) LeftPoverty = null;
        else if (before is { Class: not PovertyClass.NotPoor }) LeftPoverty = on;
        if (before is not null && before.Class == @class)
            classes[code] = before with { DecisionNumber = decisionNumber ?? before.DecisionNumber };
        else
            classes[code] = new(@class, on, decisionNumber ?? (before?.Since == on ? before.DecisionNumber : null));
    }
}
