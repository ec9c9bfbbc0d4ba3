
namespace YenBai.Cases.Households;

/// <summary>
/// Free text that stands in events themselves and may name somebody: a lender, a course, a number of minutes, a name that was entered for
/// a staff code. Events are not changed. From an erasure on a household is read without it, wherever it is read: pages, API, exports,
/// searches and read models are all made of these facts. What statistics count stays.
/// </summary>
internal static class ErasedText
{
    /// <summary>The facts as they may be read: those that were there when personal data were erased, without their free text.</summary>
    public static IReadOnlyList<Fact> Without(IReadOnlyList<Fact> facts)
    {
        if (LastErasure(facts) is not { } erasure) return facts;
        var recorded = erasure.Event.Recorded;
        // In a restored store an erasure is replayed after newer facts: those were not what was erased.
        return [.. facts.Select(f => f.Version < erasure.Version && f.Event.Recorded <= recorded ? Without(f) : f)];
    }

    private static Fact? LastErasure(IReadOnlyList<Fact> facts)
    {
        for (var i = facts.Count - 1; i >= 0; i--)
            if (facts[i].Event is PersonalDataErased) return facts[i];
        return null;
    }

    private static Fact Without(Fact fact) => Without(fact.Event) is var plain && ReferenceEquals(plain, fact.Event) ? fact : fact with { Event = plain };

    private static HouseholdEvent Without(HouseholdEvent e) => e switch
    {
        ClassDecided { DecisionNumber: not null } x => x with { DecisionNumber = null },
        MeetingHeld { Minutes: not null } x => x with { Minutes = null },
        Commended { DecisionNumber: not null } x => x with { DecisionNumber = null },
        LoanGranted { Lender: not null } x => x with { Lender = null },
        TrainingJoined x => x with { Course = "", Provider = null },
        TrainingCompleted { Certificate: not null } x => x with { Certificate = null },
        GroupJoined x => x with { Group = "" },
        GroupLeft x => x with { Group = "" },
        WorkerAssigned x when !IsStaffCode(x.Worker) => x with { Worker = "" },
        ConditionReassigned x when !IsStaffCode(x.Owner) => x with { Owner = "" },
        VisitPlanned { Owner: { } owner } x when !IsStaffCode(owner) => x with { Owner = null },
        SupportAgreed x when x.Conditions.Any(c => c.Owner is { } owner && !IsStaffCode(owner)) =>
            x with { Conditions = [.. x.Conditions.Select(c => c.Owner is { } owner && !IsStaffCode(owner) ? c with { Owner = null } : c)] },
        HouseholdPlanSet x when x.Steps.Any(s => s.Owner is { } owner && !IsStaffCode(owner)) =>
            x with { Steps = [.. x.Steps.Select(s => s.Owner is { } owner && !IsStaffCode(owner) ? s with { Owner = null } : s)] },
        _ => e,
    };

    /// <summary>
    /// What looks like a code and not like somebody's name: Latin letters with a digit or a sign among them. Since staff codes are checked
    /// against the accounts this is for what was entered before; a code that looks like a name goes with the names.
    /// </summary>
    private static bool IsStaffCode(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && text.Any(c => !char.IsAsciiLetter(c));
}
