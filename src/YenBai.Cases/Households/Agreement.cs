
namespace YenBai.Cases.Households;

/// <summary>A time in which the clock of an agreement stands still.</summary>
/// <param name="To">The day on which it goes on; none while it stands still.</param>
public sealed record Suspension(DateOnly From, DateOnly? To);

/// <summary>
/// A support agreement as its facts tell it. Its end and the due days of its conditions are sums of days (agreed, extended,
/// suspended), so that they come out the same in whatever order the facts were told or learnt.
/// </summary>
public sealed class Agreement(SupportAgreed terms)
{
    private readonly List<Suspension> suspensions = [];
    private readonly Dictionary<Guid, AgreedCondition> conditions = terms.Conditions.ToDictionary(c => c.Id, c => new AgreedCondition(c));
    private int extendedBy;
    private SupportEnded? ended;

    public SupportAgreed Terms => terms;
    public Guid Id => terms.SupportId;
    public DateOnly Start => terms.Start;

    /// <summary>
    /// How it ended. A lapse that a late fact contradicts is none: the last day turned out to be another one (an extension, a
    /// suspension, one that was annulled), or all was done in time.
    /// </summary>
    public SupportEnded? Ended => ended is { Outcome: SupportOutcome.Lapsed } lapse && (lapse.On != DayAfter(EndOn(lapse.On)) || IsDoneBy(EndOn(lapse.On))) ? null : ended;
    public int ExtendedBy => extendedBy;
    public IReadOnlyList<Suspension> Suspensions => suspensions;
    public IReadOnlyCollection<AgreedCondition> Conditions => conditions.Values;
    public DateOnly? SuspendedSince => suspensions is [.., { To: null, From: var since }] ? since : null;

    public AgreedCondition? Find(Guid condition) => conditions.GetValueOrDefault(condition);

    /// <summary>Its last day as it looks on a day: while the clock stands still the end moves along.</summary>
    public DateOnly EndOn(DateOnly day) => terms.End.AddDays(extendedBy + suspensions.Sum(s => LengthBy(s, day)));

    /// <summary>A due day as it looks on a day. A suspension moves what was not yet past when it began.</summary>
    public DateOnly DueOn(AgreedCondition condition, DateOnly day)
    {
        var due = condition.Terms.Due;
        foreach (var s in suspensions)
            if (s.From <= due) due = due.AddDays(LengthBy(s, day));
        return due;
    }

    public SupportState StateOn(DateOnly day) => this switch
    {
        { Ended.Outcome: SupportOutcome.Completed } => SupportState.Completed,
        { Ended.Outcome: SupportOutcome.EndedEarly } => SupportState.EndedEarly,
        { Ended.Outcome: SupportOutcome.Lapsed } => SupportState.Lapsed,
        { SuspendedSince: not null } => SupportState.Suspended,
        _ => day < Start ? SupportState.Agreed : SupportState.Active,
    };

    /// <summary>Unverified is not met; and a miss counts only while the due day that it names is past.</summary>
    public ConditionState StateOf(AgreedCondition condition) => condition switch
    {
        { Waived: not null } => ConditionState.Waived,
        { Met: { } met } => met.On <= DueOn(condition, met.On) ? ConditionState.Met : ConditionState.MetLate,
        { Missed: { } missed } when DueOn(condition, missed.On) < missed.On => ConditionState.Missed,
        { HandedIn: not null } => ConditionState.HandedIn,
        _ => ConditionState.Due,
    };

    public bool IsSettled(AgreedCondition condition) => StateOf(condition) is ConditionState.Met or ConditionState.MetLate or ConditionState.Waived;

    /// <summary>Whether each of its conditions was met or waived by a day.</summary>
    public bool IsDoneBy(DateOnly day) => conditions.Count > 0 && conditions.Values.All(c => (c.Met?.On ?? c.Waived?.On) <= day);

    /// <summary>On which day it is told that a day passed. Of an agreement that was written down late, none before it was made.</summary>
    public DateOnly DayAfter(DateOnly last) => last < terms.On ? terms.On : last.AddDays(1);

    private static int LengthBy(Suspension s, DateOnly day)
    {
        var to = s.To is { } ended && ended < day ? ended : day;
        return Math.Max(0, to.DayNumber - s.From.DayNumber);
    }

    /// <summary>
    /// Support under conditions ends with the household that agreed to it: where it was dissolved or merged, nobody is left to meet
    /// them. A household that moved away still is one, and its support is settled with it.
    /// </summary>
    internal void EndWith(HouseholdEvent gone)
    {
        if (Ended is null && EndOn(gone.On) >= gone.On) ended = new(gone.On, gone.Recorded, Id, SupportOutcome.EndedEarly, null);
    }

    internal void Apply(HouseholdEvent e)
    {
        switch (e)
        {
            case SupportSuspended when SuspendedSince is null:
                suspensions.Add(new(e.On, null));
                break;
            case SupportResumed when SuspendedSince is { } since:
                suspensions[^1] = new(since, e.On);
                break;
            case SupportExtended x:
                extendedBy += x.Days;
                break;
            case SupportEnded x:
                if (Ended is null) ended = x;
                break;
            case ConditionMet x when Find(x.ConditionId) is { } c:
                c.Met ??= x;
                break;
            case ConditionMissed x when Find(x.ConditionId) is { } c:
                c.Missed = x;
                break;
            case ConditionWaived x when Find(x.ConditionId) is { } c:
                c.Waived ??= x;
                break;
            case EvidenceHandedIn x when Find(x.ConditionId) is { } c:
                c.HandedIn = x;
                break;
            case ConditionReassigned x when Find(x.ConditionId) is { } c:
                c.Owner = x.Owner.Length == 0 ? null : x.Owner;
                break;
        }
    }
}

/// <summary>A condition of an agreement with what happened to it.</summary>
public sealed class AgreedCondition(ConditionTerms terms)
{
    public ConditionTerms Terms => terms;
    public Guid Id => terms.Id;
    public string? Owner { get; internal set; } = terms.Owner;
    public EvidenceHandedIn? HandedIn { get; internal set; }
    public ConditionMet? Met { get; internal set; }
    public ConditionMissed? Missed { get; internal set; }
    public ConditionWaived? Waived { get; internal set; }
}
