using FsCheck;
using FsCheck.Fluent;

namespace YenBai.Cases.Durability.Tests;

/// <summary>Random observations with ties, late entries, competing ends and shared households.</summary>
public sealed record Cohort(Observation[] Rows)
{
    public Observation[] Shuffled => [.. Rows.OrderBy(row => (row.Time * 31 + row.Entry * 7 + row.Cluster * 13 + (int)row.End) % 17).Reverse()];

    public override string ToString() => string.Join(", ", Rows.Select(row => $"({row.Entry},{row.Time}] {row.End} #{row.Cluster}"));
}

/// <summary>The same without ties and late entries, for what holds only then.</summary>
public sealed record TieFreeCohort(Observation[] Rows);

/// <summary>Random facts about some households, at most one a household and day.</summary>
public sealed record FactStream(SpellFact[] Facts);

public static class Cohorts
{
    public static Arbitrary<Cohort> Any() => Arb.From(
        Rows.NonEmptyListOf().Select(rows => new Cohort([.. rows])),
        cohort => cohort.Rows.Length < 2 ? [] : Enumerable.Range(0, cohort.Rows.Length).Select(i => new Cohort([.. cohort.Rows.Where((_, j) => j != i)])));

    public static Arbitrary<TieFreeCohort> TieFree() => Arb.From(
        from size in Gen.Choose(20, 60)
        from times in Gen.Shuffle(Enumerable.Range(1, size))
        from ends in Gen.Elements(EndKind.Censored, EndKind.ReEntry, EndKind.ReEntry).ArrayOf(size)
        select new TieFreeCohort([.. times.Zip(ends, (time, end) => new Observation(time, end))]));

    public static Arbitrary<FactStream> Facts() => Arb.From(
        from days in Gen.Choose(0, 3000).ArrayOf(60)
        from lags in Gen.Choose(0, 400).ArrayOf(60)
        from kinds in Gen.Elements(FactKind.Enter, FactKind.Enter, FactKind.Exit, FactKind.Exit, FactKind.Confirm, FactKind.MoveOut,
            FactKind.Dissolve, FactKind.Void, FactKind.Transfer, FactKind.Import).ArrayOf(60)
        from causes in Gen.Elements(EnterCause.Deterioration, EnterCause.Deterioration, EnterCause.StandardChange, EnterCause.Correction).ArrayOf(60)
        from households in Gen.Choose(0, 9).ArrayOf(60)
        from districts in Gen.Elements("Trạm Tấu", "Văn Yên", "Lục Yên").ArrayOf(60)
        select new FactStream([.. Enumerable.Range(0, 60).Select(i => new SpellFact(
            i, $"H{households[i]}", i, Epoch.AddDays(days[i]), new DateTimeOffset(Epoch.AddDays(days[i] + lags[i]).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            kinds[i], districts[i], "2016-2020", i % 2 == 0, "loan", causes[i],
            i % 3 == 0 ? ImportHistory.SurvivorsOnly : ImportHistory.Complete, kinds[i] == FactKind.Void ? i / 2 : null))]));

    public static readonly DateOnly Epoch = new(2012, 1, 1);

    static Gen<Observation> Rows =>
        from entry in Gen.Frequency((3, Gen.Constant(Observation.NoEntry)), (1, Gen.Choose(0, 8)))
        from length in Gen.Choose(1, 12)
        from end in Gen.Frequency((4, Gen.Constant(EndKind.ReEntry)), (3, Gen.Constant(EndKind.Censored)), (1, Gen.Constant(EndKind.MovedOut)), (1, Gen.Constant(EndKind.Dissolved)))
        from cluster in Gen.Choose(-1, 6)
        select new Observation(Math.Max(0, entry) + length, end, entry, cluster);
}
