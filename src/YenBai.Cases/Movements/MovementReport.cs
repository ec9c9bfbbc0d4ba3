using YenBai.Cases.Calendar;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

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
    public static int FirstYear => PovertyStandards.All[0].AppliesFrom.Year;
}

/// <summary>The movements of one unit in one year.</summary>
/// <param name="Unit">Short and without diacritics, a code for a commune; <c>all</c> for everything.</param>
/// <param name="Place">The unit that it is, where it is one.</param>
/// <param name="Counts">The opening holds what the list had at the beginning of its first day.</param>
/// <param name="ListChange">By how much the opening is not the closing before, because the list itself was of another standard from then on.</param>
public sealed record MovementRow(string Unit, Unit? Place, int Year, MovementCounts Counts, int ListChange);

/// <summary>How the list went from each year's opening to its closing.</summary>
/// <param name="AddsUp">The closing reckoned from the movements is the one counted household by household.</param>
public sealed record MovementReport(IReadOnlyList<MovementRow> Rows, bool AddsUp)
{
    public const string All = "all";

    /// <param name="covers">Whether what a household did at a place is in the report.</param>
    public static MovementReport Of(
        LedgerSnapshot ledger, PlaceCatalog places, int from, int to, DateOnly asOf, DateTimeOffset knownAt, string? standard, MovementCut by, Func<Guid, string, bool> covers)
    {
        var through = new DateOnly(to, 12, 31) is var last && last < asOf ? last : asOf;
        var window = new ListWindow(new(from, 1, 1), through, knownAt, standard);
        var namer = new PlaceNamer(places, asOf);
        var lines = new Dictionary<string, Line>();
        var lineOf = new Dictionary<string, Line>();
        Line Of(string unit)
        {
            if (lineOf.TryGetValue(unit, out var line)) return line;
            var (name, place) = Cut(unit, by, namer, places);
            if (!lines.TryGetValue(name, out line)) lines[name] = line = new(place, to - from + 1);
            return lineOf[unit] = line;
        }

        var buffer = new ListFact[64];
        var transitions = new List<Transition>();
        // Of a list that begins later than the report does, there is nothing before.
        if (through >= window.From)
            for (var household = 0; household < ledger.Count; household++)
            {
                transitions.Clear();
                ListWalk.Walk(ledger.Of(household, ref buffer), window, transitions);
                foreach (var t in transitions)
                {
                    if (!covers(t.Household, t.Unit)) continue;
                    var line = Of(t.Unit);
                    if (t.Elsewhere is { } other && Of(other) == line) continue;
                    line.Take(t, from, to);
                }
            }

        var sum = new Line(null, to - from + 1);
        foreach (var line in lines.Values) sum.Add(line);
        var addsUp = lines.Values.All(l => l.Settle()) & sum.Settle();
        return new(
            [.. sum.Rows(All, from), .. lines.Where(l => !l.Value.IsEmpty).OrderBy(l => l.Key, StringComparer.Ordinal).SelectMany(l => l.Value.Rows(l.Key, from))],
            addsUp);
    }

    private static (string Name, Unit? Place) Cut(string unit, MovementCut by, PlaceNamer namer, PlaceCatalog places) => by switch
    {
        MovementCut.District => namer.District(unit) is { } district ? (district.AsciiName, district) : (ExitSpell.Unknown, null),
        MovementCut.Commune => namer.Commune(unit) is { } commune ? (commune.Code, commune) : (ExitSpell.Unknown, null),
        _ => (places.Get(unit)?.Area switch { Area.Urban => "urban", Area.Rural => "rural", _ => ExitSpell.Unknown }, null),
    };

    /// <summary>One unit, year by year.</summary>
    private sealed class Line(Unit? place, int years)
    {
        private readonly MovementCounts[] counts = new MovementCounts[years];
        private readonly int[] listChange = new int[years];

        public bool IsEmpty => counts.All(c => c == default) && listChange.All(n => n == 0);

        public void Take(in Transition t, int from, int to)
        {
            if (t.Movement == Movement.Opening) counts[0].Count(t);
            else if (t.Movement == Movement.Closing) counts[^1].Count(t);
            else if (t.On.Year > to) return;
            else if (t.ByListChange) listChange[t.On.Year - from] += t.Movement == Movement.Exit ? -1 : 1;
            else counts[t.On.Year - from].Count(t);
        }

        public void Add(Line other)
        {
            for (var year = 0; year < years; year++)
            {
                counts[year] += other.counts[year];
                listChange[year] += other.listChange[year];
            }
        }

        /// <summary>Carries the closings on; whether they lead to the one that was counted.</summary>
        public bool Settle()
        {
            var counted = counts[^1].Closing;
            for (var year = 0; year < years; year++)
            {
                counts[year].Opening += listChange[year] + (year == 0 ? 0 : counts[year - 1].Closing);
                counts[year].Closing = counts[year].Reckoned;
            }
            return counts[^1].Closing == counted;
        }

        public IEnumerable<MovementRow> Rows(string unit, int from)
        {
            for (var year = 0; year < years; year++) yield return new(unit, place, from + year, counts[year], listChange[year]);
        }
    }
}
