namespace YenBai.Cases.Durability.Tests;

/// <summary>What the reference files of disclosure have no case for.</summary>
public class FlowDisclosureTests
{
    static readonly int[] Signs = [-1, 1, 1];
    static readonly DisclosureRule Rule = DisclosureRule.Report;

    static int[,] RandomFlows(Random random)
    {
        var flows = new int[random.Next(2, 5), Signs.Length];
        for (var r = 0; r < flows.GetLength(0); r++)
            for (var c = 0; c < Signs.Length; c++) flows[r, c] = random.Next(3) == 0 ? random.Next(5) : random.Next(40);
        return flows;
    }

    [Fact]
    public void Withheld_flows_can_not_be_confined_though_the_net_changes_are_known()
    {
        var random = new Random(11);
        for (var i = 0; i < 300; i++)
        {
            var flows = RandomFlows(random);
            var table = Suppression.ApplyToFlows(flows, Rule, Signs);
            if (!table.IsSafe) continue;
            var audit = SuppressionAudit.Of(flows, table, Signs);
            foreach (var (row, column) in table.Withheld)
            {
                column.ShouldBeLessThan(table.Columns, "the net change is known anyway");
                var (lowest, highest) = audit.Range(row, column);
                (highest is null || highest - lowest >= Rule.MinimumCount).ShouldBeTrue($"{i}: {row},{column} lies in {lowest}..{highest}");
            }

            for (var r = 0; r < table.Rows; r++)
                for (var c = 0; c < table.Columns; c++)
                    if (Rule.IsSmall(flows[r, c])) table[r, c].Reason.ShouldBe(Reason.Suppressed);
        }
    }

    [Fact]
    public void The_audit_of_flows_finds_what_trying_all_tables_finds()
    {
        // Two units that gained 3 and 6, of 9 newly poor in all and no exits: with the net changes known nothing is hidden by withholding the gains.
        int[,] flows = { { 0, 3, 20 }, { 0, 6, 20 } };
        var table = Suppression.ApplyToFlows(flows, Rule, Signs);
        var audit = SuppressionAudit.Of(flows, table, Signs);
        table.Status(0, 1).ShouldBe(CellStatus.Primary);
        foreach (var (row, column) in table.Withheld.Where(cell => cell.Row < 2))
        {
            var possible = new List<int>();
            foreach (var x in Tables(flows, table)) possible.Add(x[row, column]);
            var (lowest, highest) = audit.Range(row, column);
            lowest.ShouldBe(possible.Min());
            if (highest is { } most) most.ShouldBe(possible.Max());
            else possible.Max().ShouldBeGreaterThan(30);
        }
    }

    /// <summary>All tables up to 40 that agree with what is published and with the net changes.</summary>
    static IEnumerable<int[,]> Tables(int[,] flows, SuppressedTable table)
    {
        const int most = 40;
        int[] Choices(int row, int column) => table.Status(row, column) == CellStatus.Published ? [flows[row, column]] : [.. Enumerable.Range(0, most + 1)];
        bool Fits(int a, int b, int column) => table.Status(2, column) != CellStatus.Published || a + b == flows[0, column] + flows[1, column];
        int Net(int row) => flows[row, 1] + flows[row, 2] - flows[row, 0];
        foreach (var a in Choices(0, 0))
            foreach (var b in Choices(0, 1))
                foreach (var c in Choices(0, 2))
                {
                    if (b + c - a != Net(0)) continue;
                    foreach (var d in Choices(1, 0))
                        foreach (var e in Choices(1, 1))
                            foreach (var f in Choices(1, 2))
                                if (e + f - d == Net(1) && Fits(a, d, 0) && Fits(b, e, 1) && Fits(c, f, 2)) yield return new[,] { { a, b, c }, { d, e, f } };
                }
    }

    [Fact]
    public void Late_entrants_come_under_observation_by_fives_as_well()
    {
        Observation[] rows =
        [
            .. Enumerable.Range(0, 20).Select(i => new Observation(10 + i, EndKind.Censored, 0)),
            .. Enumerable.Range(0, 7).Select(i => new Observation(40, EndKind.ReEntry, 5)),
        ];
        var points = PublishableCurve.Stepped(rows, 5);
        points[0].AtRisk.ShouldBe(25);
        points[^1].ShouldBe(new SteppedPoint(40, 5, 5, 0, 0));
        points.ShouldAllBe(point => point.AtRisk % 5 == 0 && point.Events % 5 == 0 && point.Censored % 5 == 0);
    }

    [Fact]
    public void A_publishable_curve_ends_where_few_are_left()
    {
        Observation[] rows = [.. Enumerable.Range(0, 40).Select(i => new Observation(1 + i / 5, EndKind.ReEntry, 0))];
        var whole = KaplanMeier.Fit(rows);
        var curve = PublishableCurve.WhileEnough(whole, Rule);
        curve.Steps.ShouldBe(whole.Steps[..5], "the next step would be a rate over fifteen");
        curve.Quantile(.5).Value.Value.ShouldBe(4);
    }
}
