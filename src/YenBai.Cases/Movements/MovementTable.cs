using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;

namespace YenBai.Cases.Movements;

/// <summary>Two years of the movement table beside each other, as somebody may know them.</summary>
/// <param name="Question">What was asked, with the days and the position that were meant.</param>
/// <param name="Beside">The second year, earlier or later; none for one alone.</param>
/// <param name="Whole">Everything first, then its parts.</param>
/// <param name="AddsUp">In every line of both years the movements lead to the closing that was counted, and the lines to their sum.</param>
/// <param name="FollowsOn">Of two years that follow each other: the later opens with whom the earlier closed, the change of the list left aside.</param>
/// <param name="Change">Where the list became one of another standard between or at the end of these years.</param>
public sealed record MovementTable(
    MovementQuestion Question, int Year, int? Beside, bool Identifies, IReadOnlyList<MovementLine> Lines, bool AddsUp, bool? FollowsOn, StandardChange? Change)
{
    public MovementLine Whole => Lines[0];

    public IEnumerable<int> Years => Beside is { } beside ? [Year, beside] : [Year];

    /// <summary>The last day of a year, or the report's day where that is earlier.</summary>
    public DateOnly Through(int year) => new DateOnly(year, 12, 31) is var last && last < Question.AsOf!.Value ? last : Question.AsOf!.Value;

    /// <summary>The last year that is over on a day.</summary>
    public static int YearOf(DateOnly asOf) => Math.Max(MovementQuestion.FirstYear, asOf.AddDays(1).Year > asOf.Year ? asOf.Year : asOf.Year - 1);

    /// <summary>The day whose places the lines are: those of the report's year.</summary>
    public static DateOnly PlacesOn(int year, DateOnly asOf) => new DateOnly(year, 12, 31) is var last && last < asOf ? last : asOf;
}

/// <summary>A unit with what it has in each year of the table, the first year first.</summary>
/// <param name="Unit">Short and without diacritics, a code for a commune; <see cref="MovementReport.All"/> for everything.</param>
public sealed record MovementLine(string Unit, Unit? Place, IReadOnlyList<MovementOfYear> Years);

/// <summary>What a unit has in one year.</summary>
/// <param name="OpeningOf">All households of the unit at the opening, poor or not; none where nobody told.</param>
/// <param name="ClosingOf">The same at the closing.</param>
public sealed record MovementOfYear(MovementRow Row, HouseholdTotal? OpeningOf, HouseholdTotal? ClosingOf)
{
    public MovementPart Part(EthnicMark mark) => mark switch
    {
        EthnicMark.Minority => Row.EthnicMinority,
        EthnicMark.NotTold => Row.EthnicityNotTold,
        _ => new(Row.Counts, Row.ListChange),
    };

    public int this[MovementColumn column, EthnicMark mark] => Part(mark).Of(column);

    /// <summary>The total that a column's rate is taken of: for the opening that of its day, for all else that of the closing.</summary>
    public HouseholdTotal? Of(MovementColumn column) => column == MovementColumn.Opening ? OpeningOf : ClosingOf;
}

/// <summary>One list gives way to another. Judged by both standards at one review, a register has two counts of the same day.</summary>
/// <param name="On">The day of that review; none where nobody was judged by the new standard before it applied.</param>
public sealed record StandardChange(PovertyStandard Before, PovertyStandard After, DateOnly? On, int ByTheOld, int ByTheNew)
{
    internal static StandardChange? Of(LedgerSnapshot ledger, IEnumerable<int> years, DateOnly asOf, DateTimeOffset knownAt, Func<Guid, string, bool> covers)
    {
        var after = PovertyStandards.All.Skip(1).LastOrDefault(s => years.Any(y => s.AppliesFrom.Year == y || s.AppliesFrom.Year == y + 1) && s.AppliesFrom <= asOf);
        if (after is null) return null;
        var before = PovertyStandards.InForce(after.AppliesFrom.AddDays(-1));

        DateOnly? review = null;
        var buffer = new ListFact[64];
        for (var household = 0; household < ledger.Count; household++)
            foreach (ref readonly var fact in ListWalk.Visible(ledger.Of(household, ref buffer), after.AppliesFrom.AddDays(-1), knownAt))
                if (fact.Kind == Households.FactKind.Enter && fact.Standard == after.Code && !(fact.On <= review)) review = fact.On;
        if (review is not { } on) return new(before, after, null, 0, 0);

        int Listed(PovertyStandard standard)
        {
            var (count, transitions) = (0, new List<Transition>());
            for (var household = 0; household < ledger.Count; household++)
            {
                transitions.Clear();
                ListWalk.Walk(ledger.Of(household, ref buffer), new(on, on, knownAt, standard.Code), transitions);
                count += transitions.Count(t => t.Movement == Movement.Closing && covers(t.Household, t.Unit));
            }
            return count;
        }
        return new(before, after, on, Listed(before), Listed(after));
    }
}
