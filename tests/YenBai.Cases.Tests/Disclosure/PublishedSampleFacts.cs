using YenBai.Cases.Disclosure;

namespace YenBai.Cases.Tests.Disclosure;

/// <summary>What a rounded register discloses of the register behind it.</summary>
public sealed class PublishedSampleFacts
{
    private static RecordCells Record(Random dice, params string[] cells) => new((uint)dice.NextInt64(1L << 32), cells);

    private static int Published(IReadOnlyList<int> chosen, IReadOnlyList<RecordCells> all, Func<string, bool> cell) =>
        chosen.Count(c => cell(all[c].Cells[0])) * CellRounding.Base;

    /// <summary>A register with a cell of a given size among others of random size.</summary>
    private static List<RecordCells> Register(Random dice, int size)
    {
        var all = new List<RecordCells>();
        void Many(int count, string fine, string coarse)
        {
            for (var i = 0; i < count; i++) all.Add(Record(dice, fine, coarse));
        }
        Many(size, "target", "near");
        for (var c = 0; c < 4; c++) Many(dice.Next(0, 14), $"near {c}", "near");
        for (var c = 0; c < 4; c++) Many(dice.Next(0, 14), $"far {c}", "far");
        return all;
    }

    [Fact]
    public void Every_published_count_of_a_cell_fits_at_least_five_true_counts()
    {
        var dice = new Random(1);
        var truths = new Dictionary<int, HashSet<int>>();
        for (var run = 0; run < 30_000; run++)
        {
            var all = Register(dice, dice.Next(0, 20));
            var size = all.Count(r => r.Cells[0] == "target");
            var published = Published(PublishedSample.Choose(all), all, c => c == "target");
            (truths.TryGetValue(published, out var of) ? of : truths[published] = []).Add(size);
        }

        truths[0].ShouldBe([0, 1, 2, 3, 4], ignoreOrder: true);
        truths[5].Count.ShouldBeGreaterThanOrEqualTo(9);
        foreach (var (published, of) in truths.Where(t => t.Key <= 15)) (of.Max() - of.Min()).ShouldBeGreaterThanOrEqualTo(4, $"{published}");
    }

    [Fact]
    public void The_whole_less_its_parts_is_never_between_one_and_four()
    {
        var dice = new Random(2);
        for (var run = 0; run < 2_000; run++)
        {
            var all = Register(dice, dice.Next(1, 5));
            var chosen = PublishedSample.Choose(all);
            var rest = chosen.Count * CellRounding.Base - Published(chosen, all, c => c != "target");
            (rest % 5).ShouldBe(0);
        }
    }

    [Fact]
    public void One_household_more_changes_no_published_count_by_less_than_five()
    {
        var dice = new Random(3);
        var changes = new Dictionary<int, int>();
        for (var run = 0; run < 4_000; run++)
        {
            var all = Register(dice, dice.Next(0, 12));
            var more = all.Append(Record(dice, "target", "near")).ToList();
            var change = Published(PublishedSample.Choose(more), more, c => c == "target") - Published(PublishedSample.Choose(all), all, c => c == "target");
            (change % 5).ShouldBe(0);
            changes[change] = changes.GetValueOrDefault(change) + 1;
        }
        // Mostly nothing is to be seen, and what is to be seen may have been more than one household, or fewer.
        changes[0].ShouldBeGreaterThan(2_000);
        changes.Keys.ShouldContain(5);
        changes.Keys.ShouldContain(-5);
    }

    [Fact]
    public void The_mean_over_many_keys_is_the_true_count()
    {
        var dice = new Random(4);
        foreach (var size in new[] { 2, 7, 13 })
        {
            var sum = 0.0;
            const int Runs = 20_000;
            for (var run = 0; run < Runs; run++)
            {
                var all = Enumerable.Range(0, size).Select(_ => Record(dice, "target", "near")).Concat(Enumerable.Range(0, 9).Select(_ => Record(dice, "near 1", "near"))).ToList();
                sum += Published(PublishedSample.Choose(all), all, c => c == "target");
            }
            (sum / Runs).ShouldBe(size, 0.1);
        }
    }

    [Fact]
    public void The_order_of_the_households_does_not_matter_and_nobody_is_chosen_twice()
    {
        var dice = new Random(5);
        var all = Register(dice, 11).ToArray();
        var keys = PublishedSample.Choose(all).Select(c => all[c].Key).ToHashSet();
        dice.Shuffle(all);

        var again = PublishedSample.Choose(all);
        again.Select(c => all[c].Key).ShouldBe(keys, ignoreOrder: true);
        again.Distinct().Count().ShouldBe(again.Count);
    }

    /// <summary>An attacker who sees the answer again after each of many additions: the chosen ones stay, so there are few new draws.</summary>
    [Fact]
    public void The_choice_hardly_changes_when_a_household_comes()
    {
        var dice = new Random(6);
        var all = Enumerable.Range(0, 200).Select(_ => Record(dice, "cell", "near")).ToList();
        var seen = new HashSet<uint>();
        for (var i = 0; i < 20; i++)
        {
            seen.UnionWith(PublishedSample.Choose(all).Select(c => all[c].Key));
            all.Add(Record(dice, "cell", "near"));
        }
        seen.Count.ShouldBeLessThan(60);
    }
}
