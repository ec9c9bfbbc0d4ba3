using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Support;

/// <summary>A condition as people put it. With <paramref name="EveryMonths"/> it comes again, from its due day to the agreement's end.</summary>
/// <param name="Kind">A code of the list of conditions; <c>other</c> needs a title.</param>
public sealed record AskedCondition(
    string? Kind, string? Title, string? Owner, DateOnly? Due, int? EveryMonths = null, Evidence? Evidence = null, AfterMiss? AfterMiss = null);

/// <summary>Support is agreed with the household: conditional and for a time (Plan 19-KH/TU).</summary>
/// <param name="Amount">VND; the funding adds up to it.</param>
/// <param name="Person">For whom of the household, where the instrument is given once a person.</param>
/// <param name="ForDisabled">The person is disabled: a higher ceiling may apply. It is asked for that alone and kept nowhere.</param>
[Command("agree-support", Operation.AgreeOnSupport, RestrictionGround.Shares)]
public sealed record AgreeSupport(
    DateOnly On, string Instrument, decimal Amount, IReadOnlyList<Funding>? Funding, DateOnly Start, DateOnly End, string? Sponsor, Guid? Person,
    IReadOnlyList<AskedCondition>? Conditions, bool ForDisabled = false) : HouseholdCommand(On)
{
    public const int MostConditions = 200;

    internal override bool NeedsPeople => Person is not null || Instruments.Find(Instrument) is { OncePerPerson: true };

    internal override IEnumerable<(string Field, string Code)> StaffCodes => (Conditions ?? []).Index().Where(c => c.Item?.Owner is not null).Select(c => ($"conditions[{c.Index}].owner", c.Item.Owner!));

    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (Instruments.Find(Instrument) is not { } instrument) return new Refusal("unknown_instrument", "instrument", Instrument);
        if (occasion.Binding(WrongTerm(instrument)) is { } wrongTerm) return wrongTerm;
        var eligibility = Eligibility.Of(instrument, then, On, ForDisabled);
        if (WrongMoney() is { } wrongMoney) return wrongMoney;
        if (occasion.Binding(OverCeiling(eligibility.Terms)) is { } overCeiling) return overCeiling;
        if (occasion.Binding(OwnShareTooSmall(instrument)) is { } ownShareTooSmall) return ownShareTooSmall;
        if (TooLong(Sponsor, "sponsor", 60) is { } tooLong) return tooLong;
        if (occasion.Binding(NotEligible(instrument, eligibility)) is { } notEligible) return notEligible;
        if (WrongPerson(instrument, household, occasion) is { } wrongPerson) return wrongPerson;

        var support = occasion.Id("support");
        List<ConditionTerms> terms = [];
        List<Note> titles = [];
        foreach (var (asked, i) in (Conditions ?? []).Select((c, i) => (c, i)))
        {
            if (Wrong(asked, $"conditions[{i}]") is { } wrong) return wrong;
            var title = NoteFor(asked.Title, $"condition-{i}", household, occasion);
            if (title is not null) titles.Add(title);
            var kind = Instruments.FindCondition(asked.Kind ?? "other")!;
            foreach (var due in DuesOf(asked))
            {
                if (terms.Count == MostConditions) return new Refusal("too_many_conditions", "conditions", MostConditions);
                terms.Add(new(Ids.Named(support, $"condition-{terms.Count + 1}"), kind.Code, title?.Id, Given(asked.Owner), due, asked.Evidence ?? kind.Evidence, asked.AfterMiss ?? Households.AfterMiss.Remind));
            }
        }
        return Decision.Accept(new SupportAgreed(On, occasion.Now, support, instrument.Code, Amount, Funding ?? [], Start, End, Given(Sponsor), Person, terms)).Keeping([.. titles]);
    }

    private Refusal? WrongTerm(Instrument instrument)
    {
        if (End < Start) return new("ends_before_it_starts", "end", End, Start);
        var latest = Start.AddMonths(instrument.LongestMonths);
        return End > latest ? new("longer_than_allowed", "end", instrument.LongestMonths, latest) : null;
    }

    private Refusal? WrongMoney()
    {
        if (Amount is < 0 or > 10_000_000_000m) return new("out_of_range", "amount", 0, 10_000_000_000m);
        var funding = Funding ?? [];
        if (funding.Any(f => f.Amount < 0)) return new("out_of_range", "funding", 0, 10_000_000_000m);
        var sum = funding.Sum(f => f.Amount);
        return sum != Amount ? new("funding_does_not_add_up", "funding", sum, Amount) : null;
    }

    private Refusal? OverCeiling(GrantTerms? terms) => terms?.Ceiling is { } ceiling && Amount > ceiling ? new("over_ceiling", "amount", ceiling) : null;

    private Refusal? OwnShareTooSmall(Instrument instrument)
    {
        var own = (Funding ?? []).Where(f => f.Source == FundingSource.OwnShare).Sum(f => f.Amount);
        return instrument.OwnSharePercent is { } percent && own * 100 < percent * Amount ? new("own_share_too_small", "funding", percent, own) : null;
    }

    /// <summary>All that speaks against it is told: who mends one thing shall not come back for the next.</summary>
    private static Refusal? NotEligible(Instrument instrument, Eligibility eligibility) =>
        eligibility.Eligible ? null : new("not_eligible", "instrument", [instrument.Code, .. eligibility.Against.Select(g => g.Written)]);

    private Refusal? WrongPerson(Instrument instrument, Household household, Occasion occasion)
    {
        if (Person is { } person && OfThisHousehold(person, occasion).Refusal is { } wrong) return wrong;
        if (!instrument.OncePerPerson) return null;
        if (Person is null) return occasion.People.Any(p => p.Erased is null) ? new("required", "person") : null;
        // Whatever the day: once is once.
        return household.Latest().Agreements.Values.FirstOrDefault(a => a.Terms.PersonId == Person && a.Terms.Instrument == Instrument) is { } earlier
            ? new("once_per_person", "person", earlier.Start)
            : null;
    }

    private Refusal? Wrong(AskedCondition asked, string field)
    {
        if (asked.Kind is not null && Instruments.FindCondition(asked.Kind) is null) return new("unknown_condition_kind", $"{field}.kind", asked.Kind);
        if (asked.Kind is null or "other" && string.IsNullOrWhiteSpace(asked.Title)) return new("required", $"{field}.title");
        if ((TooLong(asked.Title, $"{field}.title", 200) ?? TooLong(asked.Owner, $"{field}.owner", 60)) is { } tooLong) return tooLong;
        if (asked.EveryMonths is < 1 or > 24) return new("out_of_range", $"{field}.everyMonths", 1, 24);
        if (asked.Due is not { } due) return new("required", $"{field}.due");
        return due < Start || due > End ? new("due_outside_support", $"{field}.due", due, Start, End) : null;
    }

    private IEnumerable<DateOnly> DuesOf(AskedCondition asked)
    {
        var first = asked.Due!.Value;
        if (asked.EveryMonths is not { } months) return [first];
        return Enumerable.Range(0, MostConditions + 1).Select(i => first.AddMonths(i * months)).TakeWhile(due => due <= End);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
