using YenBai.Cases.Plan;
using static YenBai.Cases.Tests.Plan.ARegister;

namespace YenBai.Cases.Tests.Plan;

/// <summary>What somebody who may not learn who anybody is can make of a plan that they may see.</summary>
public class WithheldFiguresFacts
{
    private const int Least = 5;

    private static readonly Measure[] Measures = [Measure.NetReductionHouseholds, Measure.NetReductionPoints, Measure.EndRatePercent, Measure.VoluntaryExits, Measure.MeritHouseholds];

    private static AnnualPlan PlanOf(params string[] places) => Plans.Find(2021)! with
    {
        Targets = [.. places.SelectMany(p => Measures.Select(m => new PlanTarget(Id(p), m, Comparator.AtLeast, 10, "Chủ tịch", "19-KH/TU")))],
    };

    private sealed record Story(int Opening, int Exits, int Voluntary, int Entries, int Merit);

    private static void Tell(ARegister register, string place, Story story)
    {
        for (var i = 0; i < story.Opening; i++)
        {
            register.Enter($"{place}-{i}", "2018-12-15", place, merit: i >= story.Exits && i < story.Exits + story.Merit);
            if (i < story.Exits) register.Exit($"{place}-{i}", "2021-06-01", place, voluntary: i < story.Voluntary);
        }
        for (var i = 0; i < story.Entries; i++) register.Enter($"{place}-new{i}", "2021-07-01", place, merit: false);
    }

    [Fact]
    public void A_small_figure_takes_the_next_smallest_with_it_lest_the_total_tell_it()
    {
        var register = new ARegister();
        Tell(register, City, new(30, 10, 3, 0, 0));
        Tell(register, NghiaLo, new(40, 20, 9, 0, 0));
        Tell(register, VanYen, new(50, 30, 20, 0, 0));
        var shown = register.Progress(plan: PlanOf(Province, City, NghiaLo, VanYen)).Suppressed();

        foreach (var withheld in new[] { City, NghiaLo })
            shown.In(withheld, Measure.VoluntaryExits).ShouldSatisfyAllConditions(
                r => r.Actual.ShouldBe((Figure)Missing.Suppressed), r => r.Gap.ShouldBeNull(), r => r.Met.ShouldBeNull(), r => r.Remaining.ShouldBeNull());
        shown.In(VanYen, Measure.VoluntaryExits).Actual.ShouldBe((Figure)20);
        shown.In(Province, Measure.VoluntaryExits).Actual.ShouldBe((Figure)32);
    }

    [Fact]
    public void A_rate_and_a_reduction_that_lead_to_a_small_count_go_with_it()
    {
        var register = new ARegister().Total(City, "2020-12-31", 500).Total(City, "2021-12-31", 500);
        // Twenty were poor and three still are; of these no figure may tell.
        Tell(register, City, new(20, 17, 0, 0, 0));
        var shown = register.Progress(plan: PlanOf(City)).Suppressed();

        foreach (var measure in new[] { Measure.NetReductionHouseholds, Measure.NetReductionPoints, Measure.EndRatePercent })
            shown.In(City, measure).Actual.ShouldBe((Figure)Missing.Suppressed);
        shown.In(City, Measure.VoluntaryExits).Actual.ShouldBe((Figure)0);
    }

    [Fact]
    public void What_lies_in_no_district_is_withheld_like_a_district()
    {
        var register = new ARegister();
        Tell(register, Province, new(2, 0, 0, 0, 0));
        Tell(register, City, new(30, 10, 10, 0, 0));
        Tell(register, NghiaLo, new(40, 10, 10, 0, 0));
        var shown = register.Progress(plan: PlanOf(Province, City, NghiaLo)).Suppressed();

        // Province less districts would be two households known by the province alone.
        shown.In(City, Measure.NetReductionHouseholds).Actual.ShouldBe((Figure)Missing.Suppressed);
        shown.In(NghiaLo, Measure.NetReductionHouseholds).Actual.ShouldBe((Figure)10);
    }

    [Fact]
    public void Nothing_that_the_figures_are_made_of_comes_along()
    {
        var register = new ARegister();
        Tell(register, City, new(30, 10, 8, 0, 6));
        var shown = register.Progress(plan: PlanOf(Province, City)).Suppressed();

        shown.Units.ShouldBeEmpty();
        shown.Rows.ShouldAllBe(r => r.Arithmetic == null);
        shown.HouseholdsBehind(Component.VoluntaryExits, Id(City)).ShouldBeEmpty();
        shown.Layout.Select(u => (u.Unit.Id, u.ParentId)).ShouldBe([(Id(Province), null), (Id(City), Id(Province))]);
    }

    [Fact]
    public void A_district_asked_for_by_itself_shows_what_the_whole_plan_shows_of_it()
    {
        var register = new ARegister();
        Tell(register, City, new(30, 10, 3, 0, 0));
        Tell(register, NghiaLo, new(40, 20, 9, 0, 0));
        var plan = PlanOf(Province, City, NghiaLo);
        var whole = register.Progress(plan: plan);

        register.Progress(plan: plan, place: NghiaLo).Suppressed().In(NghiaLo, Measure.VoluntaryExits).Actual.Value.ShouldBe(9);
        register.Progress(plan: plan, place: NghiaLo).Suppressed(whole).In(NghiaLo, Measure.VoluntaryExits).Actual.ShouldBe((Figure)Missing.Suppressed);
        // A commune is no part of the plan: nobody has looked what its figures would tell beside the others.
        register.Progress(plan: plan, place: "04324").Suppressed(whole).Rows.ShouldAllBe(r => r.Actual.Value == null);
    }

    [Fact]
    public void Whether_those_not_told_could_fill_a_gap_is_not_told_exactly()
    {
        ARegister Register(int notTold) => new ARegister()
            .Many(9, (r, h) => r.Enter(h, "2018-12-15", City).Exit(h, "2021-06-01", City, voluntary: true), "yes")
            .Many(notTold, (r, h) => r.Enter(h, "2018-12-15", City).Exit(h, "2021-06-01", City, voluntary: null), "untold");
        var plan = PlanOf(City) with { Targets = [new(Id(City), Measure.VoluntaryExits, Comparator.AtLeast, 20, "", "")] };

        // Two cannot fill a gap of eleven, twelve could: in full the answers differ.
        Register(2).Progress(plan: plan).In(City, Measure.VoluntaryExits).Met.ShouldBe(false);
        Register(2).Progress(plan: plan).Suppressed().In(City, Measure.VoluntaryExits).Met.ShouldBeNull();
        Register(12).Progress(plan: plan).Suppressed().In(City, Measure.VoluntaryExits).Met.ShouldBeNull();
        Register(0).Progress(plan: plan).Suppressed().In(City, Measure.VoluntaryExits).Met.ShouldBe(false);
    }

    /// <summary>
    /// The attack: of small random plans every world is tried in which the shown figures are as shown. No count that is not
    /// shown may come out within fewer than five of each other.
    /// </summary>
    [Fact]
    public void No_withheld_count_can_be_confined_to_fewer_than_five()
    {
        var (attacked, withheld) = (0, 0);
        for (var seed = 0; seed < 80; seed++)
        {
            var random = new Random(seed);
            string[] districts = [City, NghiaLo, VanYen];
            var (register, most) = (new ARegister(), random.Next(2) == 0 ? 5 : 9);
            foreach (var place in districts.Append(Province))
            {
                var opening = place == Province && random.Next(2) == 0 ? 0 : random.Next(most);
                var exits = random.Next(opening + 1);
                Tell(register, place, new(opening, exits, random.Next(exits + 1), random.Next(4), random.Next(opening - exits + 1)));
                if (place != Province) register.Total(place, "2020-12-01", 1000);
            }
            register.Total(Province, "2020-12-01", 9000);

            var plan = PlanOf([Province, .. districts]);
            var full = register.Progress(plan: plan);
            var attack = new Attack(full, full.Suppressed());
            foreach (var (unit, what, width) in attack.Run())
            {
                attacked++;
                if (width > 0) withheld++;
                (width == 0 || width >= Least).ShouldBeTrue($"seed {seed}: {what} of {unit} lies within {width}");
            }
        }
        attacked.ShouldBeGreaterThan(0);
        withheld.ShouldBeGreaterThan(200);
    }

    /// <summary>Knows the totals and the shape of the tables, and of them what is shown.</summary>
    private sealed class Attack
    {
        private readonly List<UnitArithmetic> parts;
        private readonly PlanProgress shown;
        private readonly UnitArithmetic root;

        public Attack(PlanProgress full, PlanProgress shown)
        {
            this.shown = shown;
            root = full.Units.Single(u => u.ParentId is null);
            // The districts, and last what lies in none of them.
            parts = [.. full.Units.Where(u => u.ParentId is not null), root];
        }

        /// <summary>Each count with how far apart its least and its greatest possible value are; nought for one that is shown.</summary>
        public IEnumerable<(string Unit, string What, long Width)> Run()
        {
            var openings = Worlds(u => Known(u, Measure.EndRatePercent) && Known(u, Measure.NetReductionHouseholds), u => u.Counts.Opening, root.InNoChild.Opening);
            var closings = Worlds(u => Known(u, Measure.EndRatePercent), u => u.Counts.Closing, root.InNoChild.Closing);
            var voluntary = Worlds(u => Known(u, Measure.VoluntaryExits), u => u.Counts.VoluntaryExits, root.InNoChild.VoluntaryExits);
            var ownMerit = root.MeritHouseholds - parts.SkipLast(1).Sum(u => u.MeritHouseholds);
            var merits = Worlds(u => Known(u, Measure.MeritHouseholds), u => u.MeritHouseholds, ownMerit);
            // No more have a person of merit than are poor.
            if ((long)merits.Count * closings.Count < 2_000_000)
            {
                merits = [.. merits.Where(m => closings.Exists(c => Within(m, c)))];
                closings = [.. closings.Where(c => merits.Exists(m => Within(m, c)))];
            }

            return Widths("opening", openings, root.InNoChild.Opening).Concat(Widths("closing", closings, root.InNoChild.Closing))
                .Concat(Widths("voluntary", voluntary, root.InNoChild.VoluntaryExits)).Concat(Widths("merit", merits, ownMerit));
        }

        private static bool Within(int[] few, int[] many)
        {
            for (var i = 0; i < few.Length; i++)
                if (few[i] > many[i]) return false;
            return true;
        }

        private bool Known(UnitArithmetic unit, Measure measure) => shown.Row(unit.Unit.Id, measure)!.Actual.Value is not null;

        /// <summary>A shown nought or large part is no leak; a part beside the districts that is none is known to be none.</summary>
        private IEnumerable<(string, string, long)> Widths(string what, List<int[]> worlds, int own)
        {
            for (var i = 0; i < parts.Count; i++)
            {
                var (least, greatest) = (worlds.Min(w => w[i]), worlds.Max(w => w[i]));
                // What is left over when all else is shown is a figure like another, and shown if it is not small.
                var last = i == parts.Count - 1;
                if (last && (own is 0 or >= Least)) continue;
                var known = !last && what switch
                {
                    "opening" or "closing" => Known(parts[i], Measure.EndRatePercent),
                    "voluntary" => Known(parts[i], Measure.VoluntaryExits),
                    _ => Known(parts[i], Measure.MeritHouseholds),
                };
                if (known && least == greatest && least is > 0 and < Least) yield return (parts[i].Unit.Name, what, 1);
                else yield return (parts[i].Unit.Name, what, known ? 0 : Math.Max(1, greatest - least));
            }
        }

        private List<int[]> Worlds(Func<UnitArithmetic, bool> known, Func<UnitArithmetic, int> count, int own)
        {
            const int Beyond = 6;
            var total = count(root);
            var most = known(root) ? total : total + Beyond;
            var worlds = new List<int[]>();
            var world = new int[parts.Count];
            Fill(0, 0);
            return worlds;

            void Fill(int at, int sum)
            {
                if (sum > most) return;
                if (at == parts.Count)
                {
                    if (!known(root) || sum == total) worlds.Add([.. world]);
                    return;
                }
                var (from, to) = at == parts.Count - 1
                    ? own == 0 ? (0, 0) : known(root) ? (total - sum, total - sum) : (0, most - sum)
                    : known(parts[at]) ? (count(parts[at]), count(parts[at])) : (0, most - sum);
                for (var n = Math.Max(0, from); n <= to; n++)
                {
                    world[at] = n;
                    Fill(at + 1, sum + n);
                }
            }
        }
    }
}
