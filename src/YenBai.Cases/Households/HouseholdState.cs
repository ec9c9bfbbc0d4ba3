using System.Text.Json.Serialization;
using YenBai.Cases.Places;
using YenBai.Cases.Privacy;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Households;

/// <summary>The class of the household under one standard.</summary>
public sealed record ClassUnder(PovertyClass Class, DateOnly Since, string? DecisionNumber);

/// <summary>What a contradictory register told and the list had to ignore (contract R5, R6, R8).</summary>
[JsonConverter(typeof(SnakeCase<Ignored>))]
public enum Ignored { DuplicateExit, ExitAfterGone, DuplicateEnter, ConfirmIgnored }

/// <summary>Support that the household took.</summary>
/// <param name="Instrument">loan, training, livestock or service.</param>
public sealed record SupportTaken(Guid Id, string Instrument, DateOnly On, DateOnly? Completed);

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
    public HouseholdEvent? GoneBy { get; private set; }
    public TakenOverHistory? TakenOver { get; private set; }

    /// <summary>The household's own request to leave the list, while it stands undecided.</summary>
    public ExitRequested? ExitRequest { get; private set; }
    public Assessed? LastAssessment { get; private set; }
    public DateOnly? LastVisit { get; private set; }
    public Fact? LastFact { get; private set; }

    /// <summary>What the household agrees to. A withdrawal ends it from its day on and undoes nothing that was done before.</summary>
    public IReadOnlyDictionary<ConsentScope, Consent> Consents => consents;

    /// <summary>The household's request that its data be processed no further, while it stands.</summary>
    public Restriction? Restriction { get; private set; }

    public IReadOnlyDictionary<string, ClassUnder> Classes => classes;
    public IReadOnlyList<SupportTaken> Supports => supports;
    public IReadOnlyDictionary<int, Ignored> IgnoredFacts => ignored;
    public bool Known => Registration is not null;

    /// <summary>The class that counts on a day: under the standard then in force, else under the last one judged.</summary>
    public (string Standard, ClassUnder Class)? ClassOn(DateOnly day)
    {
        var inForce = PovertyStandards.InForce(day).Code;
        if (classes.TryGetValue(inForce, out var c)) return (inForce, c);
        return classes.Count == 0 ? null : classes.MaxBy(e => (e.Value.Since, e.Key)) is var last ? (last.Key, last.Value) : null;
    }

    /// <summary>The instruments received so far, sorted and joined by +, or none.</summary>
    public string SupportMix()
    {
        var mix = string.Join('+', supports.Select(s => s.Instrument).Distinct().Order(StringComparer.Ordinal));
        return mix.Length == 0 ? "none" : mix;
    }

    internal static HouseholdState Fold(List<Fact> facts)
    {
        var state = new HouseholdState();
        foreach (var fact in facts) state.Apply(fact);
        return state;
    }

    private void Apply(Fact fact)
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
                break;
            case ClassDecided e:
                Judge(e.Standard, e.Class, e.On, e.DecisionNumber);
                break;
            case ExitRequested e:
                ExitRequest = e;
                break;
            case ExitRequestWithdrawn:
                ExitRequest = null;
                break;
            case LoanGranted e:
                supports.Add(new(e.SupportId, "loan", e.On, null));
                break;
            case TrainingJoined e:
                supports.Add(new(e.SupportId, "training", e.On, null));
                break;
            case TrainingCompleted e:
                var joined = supports.FindIndex(s => s.Id == e.SupportId);
                if (joined >= 0) supports[joined] = supports[joined] with { Completed = e.On };
                break;
            case LivestockSupported e:
                supports.Add(new(e.SupportId, "livestock", e.On, null));
                break;
            case ServiceProvided e:
                supports.Add(new(e.SupportId, "service", e.On, null));
                break;
            case VisitRecorded e:
                LastVisit = e.On;
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
                break;
        }
        LastFact = fact;
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
        if (classes.TryGetValue(code, out var before) && before.Class == @class)
            classes[code] = before with { DecisionNumber = decisionNumber ?? before.DecisionNumber };
        else
            classes[code] = new(@class, on, decisionNumber ?? (before?.Since == on ? before.DecisionNumber : null));
    }
}
