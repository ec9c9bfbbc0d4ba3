using YenBai.Cases.RowLevel;

namespace YenBai.Cases.Tests.RowLevel;

/// <summary>What is published occurs at least five times; what cannot be hidden among others is withheld.</summary>
public sealed class KAnonymityFacts
{
    private static readonly Func<(string Place, int Year), (string, int?)>[] Ladder = [r => (r.Place, r.Year), r => (r.Place, null), r => ("", null)];

    [Fact]
    public void A_row_keeps_the_finest_value_that_enough_others_share()
    {
        var rows = Repeat(("A", 2020), 5).Concat(Repeat(("A", 2021), 3)).Concat(Repeat(("A", 2022), 2)).Concat(Repeat(("B", 2020), 4)).ToList();

        var (published, withheld) = KAnonymity.Publish(rows, Ladder);

        published.GroupBy(p => p.Shown).ToDictionary(g => g.Key, g => g.Count()).ShouldBe(new Dictionary<(string, int?), int> { [("A", 2020)] = 5, [("A", null)] = 5 }, ignoreOrder: true);
        withheld.ShouldBe(4);
    }

    [Fact]
    public void Whatever_the_rows_each_published_value_is_of_five_and_none_is_lost()
    {
        var random = new Random(11);
        for (var run = 0; run < 300; run++)
        {
            var rows = Enumerable.Range(0, random.Next(0, 120)).Select(_ => (((char)('A' + random.Next(4))).ToString(), 2015 + random.Next(8))).ToList();
            var (published, withheld) = KAnonymity.Publish(rows, Ladder);
            published.GroupBy(p => p.Shown).ShouldAllBe(g => g.Count() >= KAnonymity.K);
            (published.Count + withheld).ShouldBe(rows.Count);
            withheld.ShouldBeLessThan(KAnonymity.K);
        }
    }

    [Theory]
    [InlineData(0, 0), InlineData(1, 0), InlineData(2, 0), InlineData(3, 5), InlineData(4, 5), InlineData(5, 5), InlineData(7, 5), InlineData(8, 10), InlineData(102, 100)]
    public void A_total_is_a_multiple_of_five(long count, long rounded) => KAnonymity.Rounded(count).ShouldBe(rounded);

    private static IEnumerable<T> Repeat<T>(T row, int count) => Enumerable.Repeat(row, count);
}
