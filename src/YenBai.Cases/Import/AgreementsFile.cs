using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;

namespace YenBai.Cases.Import;

/// <summary>Agreements: a row a condition, or one for an agreement without. What the first row of an agreement says the others repeat or leave out.</summary>
internal sealed class AgreementsFile(SourceFile file, PlaceCatalog places, StandardBook standards, DateOnly today) : SupportFile(file, places, standards, today)
{
    private readonly int id = file.Column("agreement_id"), agreedOn = file.Column("agreed_on"), instrument = file.Column("instrument"), amount = file.Column("amount"),
        funding = file.Column("funding"), start = file.Column("start"), end = file.Column("end"), sponsor = file.Column("sponsor"), number = file.Column("condition_no"),
        kind = file.Column("condition_kind"), title = file.Column("condition_title"), due = file.Column("condition_due"), evidence = file.Column("evidence"),
        afterMiss = file.Column("after_miss"), owner = file.Column("owner");

    protected override string IdColumn => "agreement_id";

    /// <summary>An agreement as its rows put it together.</summary>
    private sealed class Draft
    {
        public readonly List<SourceRow> Rows = [];
        public readonly SortedDictionary<int, (AskedCondition Asked, SourceRow Row)> Conditions = [];
        public DateOnly? On, Start, End;
        public string? Instrument, Sponsor;
        public decimal? Amount;
        public IReadOnlyList<Funding>? Funding;
    }

    protected override IEnumerable<Told> ReadAll(IReadOnlyList<SourceRow> rows, Household before, List<Problem> problems)
    {
        var drafts = new Dictionary<string, Draft>();
        foreach (var row in rows)
        {
            Read.MoveTo(row);
            var agreement = Read.Needed(id, "agreement_id");
            if (!drafts.TryGetValue(agreement, out var draft)) drafts[agreement] = draft = new();
            draft.Rows.Add(row);
            Add(draft, row);
            problems.AddRange(Read.Problems);
        }
        if (problems.Count > 0) return [];
        foreach (var draft in drafts.Values) Check(draft, problems);
        return problems.Count > 0 ? [] : drafts.Select(d => ToldBy(d.Key, d.Value));
    }

    private void Add(Draft draft, SourceRow row)
    {
        draft.On = Same(draft.On, Read.Day(agreedOn), agreedOn);
        draft.Instrument = Same(draft.Instrument, Read.Text(instrument) is { } told ? Choices.Instrument(told) : null, instrument);
        draft.Amount = Same(draft.Amount, Read.Dong(amount), amount);
        draft.Start = Same(draft.Start, Read.Day(start, mayLieAhead: true), start);
        draft.End = Same(draft.End, Read.Day(end, mayLieAhead: true), end);
        draft.Sponsor = Same(draft.Sponsor, Read.Text(sponsor), sponsor);
        var shares = ReadFunding();
        if (draft.Funding is null || shares?.SequenceEqual(draft.Funding) != false) draft.Funding ??= shares;
        else Read.Refuse(funding, "agreement_differs_in_file", draft.Rows[0].Line);
        if (new[] { number, kind, title, due, evidence, afterMiss, owner }.Any(c => c >= 0 && row.Values[c] is not null)) AddCondition(draft, row);

        T Same<T>(T before, T now, int column)
        {
            if (now is not null && before is not null && !now.Equals(before)) Read.Refuse(column, "agreement_differs_in_file", draft.Rows[0].Line);
            return before is null ? now : before;
        }
    }

    private void AddCondition(Draft draft, SourceRow row)
    {
        var no = (int?)Read.Whole(number, 1, AgreeSupport.MostConditions, needed: true, "condition_no");
        var asked = new AskedCondition(
            Read.Text(kind) is { } told ? Choices.Condition(told) : null, Read.Text(title), Read.Text(owner), Read.Day(due, mayLieAhead: true), null,
            Read.Choice(evidence, Choices.EvidenceKinds), Read.Choice(afterMiss, Choices.AfterMisses));
        if (no is not { } n || draft.Conditions.TryAdd(n, (asked, row)) || draft.Conditions[n].Asked == asked) return;
        Read.Refuse(number, "condition_differs_in_file", draft.Conditions[n].Row.Line);
    }

    private IReadOnlyList<Funding>? ReadFunding()
    {
        if (Read.Text(funding, 400) is not { } text) return null;
        List<Funding> shares = [];
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split(':', StringSplitOptions.TrimEntries) is [var source, var sum] && NumberText.TryWhole(sum, out var dong)
                && Choices.FundingSources.TryGetValue(VietnameseText.Fold(source).Replace(' ', '_'), out var from)) shares.Add(new(from, dong));
            else Read.Refuse(funding, "not_a_funding", string.Join(", ", Choices.FundingSources.Keys));
        }
        return shares;
    }

    private void Check(Draft draft, List<Problem> problems)
    {
        foreach (var (column, said) in new[] { ("agreed_on", draft.On is not null), ("instrument", draft.Instrument is not null), ("start", draft.Start is not null), ("end", draft.End is not null) })
            if (!said) problems.Add(At(draft.Rows[0], column, "missing"));
        // Later files name a condition by its number: it is its place in the agreement.
        var expected = 0;
        foreach (var (no, (_, row)) in draft.Conditions)
            if (no != ++expected)
            {
                problems.Add(At(row, "condition_no", "condition_numbers_have_gaps", expected));
                return;
            }
    }

    private static Told ToldBy(string agreement, Draft draft)
    {
        var shares = draft.Funding ?? [];
        var conditions = draft.Conditions.Values.Select(c => c.Asked).ToList();
        // What costs nothing, or only what was funded, need not say so twice.
        var command = new AgreeSupport(
            draft.On!.Value, draft.Instrument!, draft.Amount ?? shares.Sum(f => f.Amount), shares, draft.Start!.Value, draft.End!.Value, draft.Sponsor, null, conditions);
        var digest = DigestOf([
            command.On, command.Instrument, command.Amount, command.Start, command.End, command.Sponsor, .. shares.SelectMany(f => new object[] { f.Source, f.Amount }),
            .. conditions.SelectMany(c => new object?[] { c.Kind, c.Owner, c.Due, c.Evidence, c.AfterMiss ?? AfterMiss.Remind }),
        ]);
        // For whom of the household it is these lists do not say, and so nobody of it is asked for.
        return new(draft.Rows, AgreementRow(agreement), command.On, digest, (household, occasion) => command.Decide(household, occasion))
        {
            RowOf = i => draft.Conditions.Values.ElementAt(i).Row,
        };
    }

    protected override string ColumnOf(string field) => field switch
    {
        "on" => "agreed_on",
        "person" => "instrument",
        "kind" or "title" or "due" => $"condition_{field}",
        "conditions" => "condition_no",
        _ => field,
    };
}
