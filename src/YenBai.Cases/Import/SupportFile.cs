using System.Globalization;
using System.Text.RegularExpressions;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Import;

/// <summary>One fact that the rows of a file tell.</summary>
/// <param name="Rows">The first one first.</param>
/// <param name="Id">Its number in the register, and what it is: the numbers of different files are no one series.</param>
/// <param name="Digest">A digest of what the rows say, free text left out: it may name people.</param>
internal sealed record Told(IReadOnlyList<SourceRow> Rows, string Id, DateOnly On, string Digest, Func<Household, Occasion, Decision> Decide)
{
    /// <summary>The row of its n-th part, where it has parts.</summary>
    public Func<int, SourceRow>? RowOf { get; init; }
}

/// <summary>
/// A list about support that households have. Its rows are decided as if somebody had entered them, one after the other;
/// only where a register tells that a rule of ours was broken is it taken, and remarked.
/// </summary>
internal abstract partial class SupportFile(SourceFile file, PlaceCatalog places, StandardBook standards, DateOnly today) : IHouseholdFile
{
    /// <summary>What registers truly have though we should not have allowed it. What contradicts itself is not among it.</summary>
    private static readonly HashSet<string> Excusable = ["not_eligible", "over_ceiling", "own_share_too_small", "longer_than_allowed", "evidence_required"];

    protected RowReader Read { get; } = new(file, places, today);

    public int KeyColumn { get; } = file.Column("household_code");

    /// <summary>What the rows of a household tell; what cannot be read goes to the problems.</summary>
    protected abstract IEnumerable<Told> ReadAll(IReadOnlyList<SourceRow> rows, Household before, List<Problem> problems);

    /// <summary>The column by which people know a row.</summary>
    protected abstract string IdColumn { get; }

    /// <summary>The column that a command's field was read from.</summary>
    protected abstract string ColumnOf(string field);

    public HouseholdChange Decide(HouseholdGroup group, Household before, DateTimeOffset now)
    {
        List<Problem> problems = [];
        if (group.Code.Length == 0) problems.AddRange(group.Rows.Select(r => At(r, "household_code", "missing")));
        else if (!before.Latest().Known) problems.AddRange(group.Rows.Select(r => At(r, "household_code", "unknown_household")));
        if (problems.Count > 0) return HouseholdChange.Refused(before, problems);

        var told = ReadAll(group.Rows, before, problems).ToList();
        if (problems.Count > 0) return HouseholdChange.Refused(before, problems);
        var known = HistoryFile.Standing(before).Select(f => f.Event).Where(e => e.Row is not null).GroupBy(e => e.Row!.Id).ToDictionary(g => g.Key, g => g.Last());
        var first = new Dictionary<string, Told>();
        foreach (var t in told)
        {
            if (!first.TryAdd(t.Id, t) && first[t.Id].Digest != t.Digest)
                problems.Add(At(t.Rows[0], IdColumn, "fact_differs_in_file", first[t.Id].Rows[0].Line));
            if (known.TryGetValue(t.Id, out var stored) && stored.Row!.Digest != t.Digest)
                problems.Add(At(t.Rows[0], IdColumn, "fact_differs_from_stored", stored.On));
        }
        if (problems.Count > 0) return HouseholdChange.Refused(before, problems);
        return Tell([.. first.Values.Where(t => !known.ContainsKey(t.Id)).OrderBy(t => t.On)], group.Rows.Count, before, now);
    }

    private HouseholdChange Tell(IReadOnlyList<Told> fresh, int rows, Household before, DateTimeOffset now)
    {
        List<Problem> problems = [], remarks = [];
        List<HouseholdEvent> events = [];
        List<object> records = [];
        var (household, taken) = (before, 0);
        foreach (var told in fresh)
        {
            var (decision, broken) = DecideAsTold(told, household, new(Ids.Named(before.Id, told.Id), now, places, standards));
            remarks.AddRange(broken.Select(r => About(told, r)));
            if (decision.Refusal is { } refusal)
            {
                problems.Add(About(told, refusal));
                continue;
            }
            // What is known already though nobody told it in a file is known.
            if (decision.Events is not [var e]) continue;
            e = e with { Row = new(told.Id, null, told.Digest) };
            events.Add(e);
            records.AddRange(decision.Records);
            household = household.With(new Fact(household.Version + 1, Guid.Empty, e, null));
            taken += told.Rows.Count;
        }
        return problems.Count > 0 ? HouseholdChange.Refused(before, problems) : new(before, events, null, [], taken, rows - taken, 0, remarks) { Records = records };
    }

    private static (Decision Decision, IReadOnlyList<Refusal> Broken) DecideAsTold(Told told, Household household, Occasion occasion)
    {
        List<Refusal> broken = [];
        while (true)
        {
            var decision = told.Decide(household, occasion);
            if (decision.Refusal is not { } refusal || !Excusable.Contains(refusal.Code)) return (decision, broken);
            broken.Add(refusal);
            occasion = occasion with { Excused = [.. broken.Select(r => r.Code)] };
        }
    }

    private Problem About(Told told, Refusal refusal)
    {
        // A field of a part is written parts[n].field.
        var part = refusal.Field is { } f && Part().Match(f) is { Success: true } m ? (Number: int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture), Field: m.Groups[2].Value) : default;
        var column = refusal.Field is null ? "household_code" : ColumnOf(part.Field ?? refusal.Field);
        return At(part.Field is null ? told.Rows[0] : told.RowOf!(part.Number), column, refusal.Code == "required" ? "missing" : refusal.Code, refusal.Data);
    }

    [GeneratedRegex(@"\[(\d+)\]\.(\w+)$")]
    private static partial Regex Part();

    protected Problem At(SourceRow row, string column, string reason, params object?[] data)
    {
        var i = file.Column(column);
        return i < 0 ? new(row.Line, column, null, reason, data) : new(row.Line, file.Header[i], row.Values[i] is { } value ? SourceFile.Shown(value) : null, reason, data);
    }

    protected static string DigestOf(params IEnumerable<object?> says) =>
        Fnv.Of(string.Join('\n', says.Select(s => s switch
        {
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            decimal amount => amount.ToString("0.##", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => s as string,
        }))).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The number under which the agreement of a file is a fact of its household.</summary>
    protected static string AgreementRow(string agreement) => $"agreement:{agreement}";

    /// <summary>The support that a file means: by the number that its agreement had in a file, or, for one agreed here, by its id.</summary>
    protected static Guid SupportOf(Household household, string reference)
    {
        var told = Ids.Named(Ids.Named(household.Id, AgreementRow(reference)), "support");
        return Guid.TryParse(reference, out var id) && !household.Latest().Agreements.ContainsKey(told) ? id : told;
    }
}
