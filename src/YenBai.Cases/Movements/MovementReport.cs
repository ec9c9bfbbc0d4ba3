using YenBai.Cases.ExitDurability;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Movements;

/// <summary>Along what the table is cut.</summary>
public enum MovementCut { District, Commune, Area }

/// <summary>Which movements of the list somebody wants to see. Left out, each member is the product's default.</summary>
/// <param name="Place">The id of a unit.</param>
/// <param name="Standard">Only what was judged under this standard; none for the list that was in force, whatever it was judged under.</param>
/// <param name="From">The first year: that of the first standard when left out.</param>
/// <param name="To">The last year: that of the report's day when left out.</param>
public sealed record MovementQuestion(
    DateOnly? AsOf = null, DateTimeOffset? KnownAt = null, long? Position = null, string? Place = null, string? Standard = null, int? From = null, int? To = null,
    MovementCut By = MovementCut.District)
{
    /// <summary>The question in short, for the record.</summary>
    internal string Words() => string.Join(' ', new (string Name, object? Value)[]
    {
        ("asOf", AsOf?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        ("knownAt", KnownAt is { } known ? Days.DayOf(known).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null),
        ("place", Place), ("standard", Standard), ("from", From), ("to", To), ("by", By),
    }.Where(p => p.Value is not null).Select(p => $"{p.Name}={p.Value}"));

    public static int FirstYear => PovertyStandards.All[0].AppliesFrom.Year;
}

/// <summary>The movements of one unit in one year, or of a part of its households.</summary>
/// <param name="Counts">The opening holds what the list had at the beginning of its first day.</param>
/// <param name="ListChange">By how much the opening is not the closing before, because the list itself was of another standard from then on.</param>
public readonly record struct MovementPart(MovementCounts Counts, int ListChange);

/// <summary>The movements of one unit in one year.</summary>
/// <param name="Unit">Short and without diacritics, a code for a commune; <c>all</c> for everything.</param>
/// <param name="Place">The unit that it is, where it is one.</param>
/// <param name="Counts">The opening holds what the list had at the beginning of its first day.</param>
/// <param name="ListChange">By how much the opening is not the closing before, because the list itself was of another standard from then on.</param>
public sealed record MovementRow(string Unit, Unit? Place, int Year, MovementCounts Counts, int ListChange)
{
    /// <summary>Of these, the households of ethnic minorities, as last told by the day of each count: to be relied on in a report of one year.</summary>
    public MovementPart EthnicMinority { get; init; }

    /// <summary>Of these, the households of which nothing of the kind had been told.</summary>
    public MovementPart EthnicityNotTold { get; init; }
}

/// <summary>
/// How the list of the poor changed from each year's opening to its closing. The row of the whole counts no move between two
/// places of the report, so that it is the same for every cut: other in and other out of the lines add up to more.
/// </summary>
/// <param name="AddsUp">The closing reckoned from the movements is the one counted household by household.</param>
public sealed record MovementReport(IReadOnlyList<MovementRow> Rows, bool AddsUp)
{
    public const string All = "all";

    /// <param name="covers">Whether what a household did at a place is in the report.</param>
    /// <param name="placesOn">The day whose communes give the lines their names; that of the report when left out.</param>
    public static MovementReport Of(
        LedgerSnapshot ledger, PlaceCatalog places, int from, int to, DateOnly asOf, DateTimeOffset knownAt, string? standard, MovementCut by, Func<Guid, string, bool> covers,
        DateOnly? placesOn = null)
    {
        var lines = new Dictionary<string, Line>();
        var all = new Line(null, to - from + 1);
        var cut = new UnitCut(places, by, placesOn ?? asOf);
        foreach (var move in Moves(ledger, WindowOf(from, to, asOf, knownAt, standard), cut, covers))
        {
            if (!move.IsWithinReport) all.Take(move.Transition, from);
            if (move.IsWithinLine) continue;
            if (!lines.TryGetValue(move.Line, out var line)) lines[move.Line] = line = new(cut.Of(move.Transition.Unit).Place, to - from + 1);
            line.Take(move.Transition, from);
        }

        // Each line is settled, also after one that does not balance.
        var addsUp = lines.Values.Append(all).Count(l => !l.Settle()) == 0;
        return new(
            [.. all.Rows(All, from), .. lines.Where(l => !l.Value.IsEmpty).OrderBy(l => l.Key, StringComparer.Ordinal).SelectMany(l => l.Value.Rows(l.Key, from))],
            addsUp);
    }

    /// <summary>What is behind a number of the report of one year: as many as the number says, and for a change of the list both who came and who left by it.</summary>
    public static IReadOnlyList<Transition> Behind(
        LedgerSnapshot ledger, PlaceCatalog places, int year, DateOnly asOf, DateTimeOffset knownAt, string? standard, MovementCut by, Func<Guid, string, bool> covers,
        DateOnly placesOn, string unit, MovementColumn column, EthnicMark mark)
    {
        var behind = new List<Transition>();
        var cut = new UnitCut(places, by, placesOn);
        foreach (var move in Moves(ledger, WindowOf(year, year, asOf, knownAt, standard), cut, covers))
        {
            var t = move.Transition;
            if ((unit == All ? move.IsWithinReport : move.Line != unit || move.IsWithinLine) || !mark.Holds(t)) continue;
            // The list opens with whom it holds under its new standard.
            if (column == MovementColumn.Opening && t.ByListChange && t.Movement == Movement.Exit) Forget(behind, t.Household);
            else if (column.Holds(t)) behind.Add(t);
        }
        return behind;
    }

    // Told household by household: whoever is to be forgotten was told just now.
    private static void Forget(List<Transition> behind, Guid household)
    {
        if (behind.Count > 0 && behind[^1].Household == household) behind.RemoveAt(behind.Count - 1);
    }

    private static ListWindow WindowOf(int from, int to, DateOnly asOf, DateTimeOffset knownAt, string? standard) =>
        new(new(from, 1, 1), new DateOnly(to, 12, 31) is var last && last < asOf ? last : asOf, knownAt, standard);

    /// <param name="Line">The unit of the cut in which the transition happens.</param>
    /// <param name="IsWithinLine">A move between two places of the report in the same line: the line neither gains nor loses.</param>
    /// <param name="IsWithinReport">A move between two places of the report: the whole neither gains nor loses, whatever the cut.</param>
    private readonly record struct Move(string Line, bool IsWithinLine, bool IsWithinReport, Transition Transition);

    /// <summary>The transitions that the report covers, household by household.</summary>
    private static IEnumerable<Move> Moves(LedgerSnapshot ledger, ListWindow window, UnitCut cut, Func<Guid, string, bool> covers)
    {
        // Of a list that begins later than the report does, there is nothing before.
        if (window.Through < window.From) yield break;
        var buffer = new ListFact[64];
        var transitions = new List<Transition>();
        for (var household = 0; household < ledger.Count; household++)
        {
            transitions.Clear();
            ListWalk.Walk(ledger.Of(household, ref buffer), window, transitions);
            foreach (var t in transitions)
            {
                if (!covers(t.Household, t.Unit)) continue;
                var line = cut.Of(t.Unit).Name;
                // A move to or from a place outside the report crosses its border, even within one line.
                var withinReport = t.Elsewhere is { } other && covers(t.Household, other);
                yield return new(line, withinReport && cut.Of(t.Elsewhere!).Name == line, withinReport, t);
            }
        }
    }

    /// <summary>The line of each unit, looked for once.</summary>
    private sealed class UnitCut(PlaceCatalog places, MovementCut by, DateOnly on)
    {
        private readonly PlaceNamer namer = new(places, on);
        private readonly Dictionary<string, (string Name, Unit? Place)> known = [];

        public (string Name, Unit? Place) Of(string unit)
        {
            if (!known.TryGetValue(unit, out var line)) known[unit] = line = Find(unit);
            return line;
        }

        private (string Name, Unit? Place) Find(string unit) => by switch
        {
            MovementCut.District => namer.District(unit) is { } district ? (district.AsciiName, district) : (ExitSpell.Unknown, null),
            MovementCut.Commune => namer.Commune(unit) is { } commune ? (commune.Code, commune) : (ExitSpell.Unknown, null),
            _ => (places.Get(unit)?.Area switch { Area.Urban => "urban", Area.Rural => "rural", _ => ExitSpell.Unknown }, null),
        };
    }

    /// <summary>One unit, year by year.</summary>
    private sealed class Line(Unit? place, int years)
    {
        private readonly Tally all = new(years), minority = new(years), notTold = new(years);

        public bool IsEmpty => all.IsEmpty;

        public void Take(in Transition t, int from)
        {
            all.Take(t, from);
            if (t.EthnicMinority is not { } told) notTold.Take(t, from);
            else if (told) minority.Take(t, from);
        }

        public bool Settle()
        {
            minority.Settle();
            notTold.Settle();
            return all.Settle();
        }

        public IEnumerable<MovementRow> Rows(string unit, int from)
        {
            for (var year = 0; year < years; year++)
                yield return new(unit, place, from + year, all[year].Counts, all[year].ListChange) { EthnicMinority = minority[year], EthnicityNotTold = notTold[year] };
        }
    }

    private sealed class Tally(int years)
    {
        private readonly MovementCounts[] counts = new MovementCounts[years];
        private readonly int[] listChange = new int[years];

        public MovementPart this[int year] => new(counts[year], listChange[year]);

        public bool IsEmpty => counts.All(c => c == default) && listChange.All(n => n == 0);

        public void Take(in Transition t, int from)
        {
            if (t.Movement == Movement.Opening) counts[0].Count(t);
            else if (t.Movement == Movement.Closing) counts[^1].Count(t);
            else if (t.ByListChange) listChange[t.On.Year - from] += t.Movement == Movement.Exit ? -1 : 1;
            else counts[t.On.Year - from].Count(t);
        }

        /// <summary>Carries the closings on; whether they lead to the one that was counted.</summary>
        public bool Settle()
        {
            for (var year = 0; year < years; year++)
            {
                counts[year].Opening += listChange[year] + (year == 0 ? 0 : counts[year - 1].Closing);
                if (year < years - 1) counts[year].Closing = counts[year].Reckoned;
            }
            return counts[^1].Balances;
        }
    }
}
