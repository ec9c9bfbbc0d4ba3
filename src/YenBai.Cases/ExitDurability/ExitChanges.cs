using System.Text.Json.Serialization;
using YenBai.Cases.Durability;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using FactKind = YenBai.Cases.Households.FactKind;

namespace YenBai.Cases.ExitDurability;

/// <summary>What became of a spell between two states of knowledge.</summary>
[JsonConverter(typeof(SnakeCase<ExitChangeKind>))]
public enum ExitChangeKind
{
    /// <summary>An exit of which nothing was known.</summary>
    ExitLearnt,

    /// <summary>An exit that was none: annulled, corrected, withdrawn.</summary>
    ExitGone,

    /// <summary>Back on the list.</summary>
    ReturnLearnt,

    /// <summary>The return was none.</summary>
    ReturnGone,

    /// <summary>Moved away or dissolved.</summary>
    LeftLearnt,

    /// <summary>Another review confirmed that it is still out.</summary>
    Confirmed,

    /// <summary>The same spell with another end, or other values at its exit.</summary>
    Corrected,
}

/// <param name="Spell">As it is known now; where it is gone, as it was known then.</param>
/// <param name="Facts">What became known of the household in between.</param>
/// <param name="IsLate">Something that had happened already when nobody knew of it yet: the past itself looks different.</param>
/// <param name="Household">What the household is called to the reader, who may learn it.</param>
public sealed record ExitChange(ExitChangeKind Kind, ExitSpell Spell, ExitSpell? Then, IReadOnlyList<ListFact> Facts, bool IsLate, string? Household = null);

/// <param name="Late">Of them, those that had happened before the earlier of the two days.</param>
public sealed record ExitChangeCount(ExitChangeKind Kind, int Count, int Late);

public sealed record ChangedFactCount(FactKind Kind, int Count);

/// <summary>The same question, known at two instants: which spells differ, and through which facts.</summary>
public sealed record ExitChanges(ExitAnswer Then, ExitAnswer Now, IReadOnlyList<ExitChangeCount> Counts, IReadOnlyList<ChangedFactCount> Facts, IReadOnlyList<ExitChange> Rows)
{
    internal static ExitChanges Between(ExitAnswer then, ExitAnswer now, LedgerSnapshot ledger)
    {
        static (Guid, DateOnly) Key(ExitSpell s) => (s.Household, s.Spell.ExitDate);
        var (before, after) = (then.Watched.ToLookup(Key), now.Watched.ToLookup(Key));
        var changed = new List<(ExitChangeKind Kind, ExitSpell Spell, ExitSpell? Then)>();
        foreach (var spell in now.Watched)
            if (KindOf(before[Key(spell)].FirstOrDefault(), spell) is { } kind) changed.Add((kind, spell, before[Key(spell)].FirstOrDefault()));
        foreach (var spell in then.Watched)
            if (!after.Contains(Key(spell))) changed.Add((ExitChangeKind.ExitGone, spell, spell));

        var facts = FactsOf(changed.Select(c => c.Spell.Household).ToHashSet(), then.KnownAt, now, ledger);
        var since = Days.DayOf(then.KnownAt);
        var rows = changed.Select(c =>
        {
            IReadOnlyList<ListFact> told = facts.GetValueOrDefault(c.Spell.Household) ?? [];
            return new ExitChange(c.Kind, c.Spell, c.Then, told, told.Any(f => f.Kind is FactKind.Void or FactKind.Withdraw || f.On <= since));
        }).ToList();

        return new(
            then, now,
            [.. rows.GroupBy(r => r.Kind).OrderBy(g => g.Key).Select(g => new ExitChangeCount(g.Key, g.Count(), g.Count(r => r.IsLate)))],
            [.. rows.DistinctBy(r => r.Spell.Household).SelectMany(r => r.Facts).GroupBy(f => f.Kind).OrderBy(g => g.Key).Select(g => new ChangedFactCount(g.Key, g.Count() * now.Copies))],
            rows);
    }

    private static ExitChangeKind? KindOf(ExitSpell? then, ExitSpell now)
    {
        if (then is null) return ExitChangeKind.ExitLearnt;
        var (a, b) = (then.Spell, now.Spell);
        if (a.EndReason != b.EndReason)
            return a.EndReason == EndReason.Censored
                ? b.EndReason is EndReason.ReEntry or EndReason.StandardChange ? ExitChangeKind.ReturnLearnt : ExitChangeKind.LeftLearnt
                : b.EndReason == EndReason.Censored && a.EndReason is EndReason.ReEntry or EndReason.StandardChange ? ExitChangeKind.ReturnGone : ExitChangeKind.Corrected;
        if (b.EndReason == EndReason.Censored && b.LastConfirmed > a.LastConfirmed) return ExitChangeKind.Confirmed;
        var same = a.LastConfirmed == b.LastConfirmed && (b.EndReason == EndReason.Censored || a.EndDate == b.EndDate) && a.Number == b.Number && a.Entry == b.Entry
            && a.Standard == b.Standard && (then.Exit.Unit, then.Exit.Voluntary, then.Support, then.Exit.Class) == (now.Exit.Unit, now.Exit.Voluntary, now.Support, now.Exit.Class);
        return same ? null : ExitChangeKind.Corrected;
    }

    private static Dictionary<Guid, List<ListFact>> FactsOf(HashSet<Guid> households, DateTimeOffset since, ExitAnswer now, LedgerSnapshot ledger)
    {
        var told = new Dictionary<Guid, List<ListFact>>();
        var buffer = new ListFact[64];
        for (var i = 0; i < ledger.Count; i++)
        {
            var facts = ledger.Of(i, ref buffer);
            if (facts.Length == 0 || !households.Contains(facts[0].Household)) continue;
            var between = new List<ListFact>();
            foreach (ref readonly var fact in facts)
                if (fact.Recorded > since && fact.Recorded <= now.KnownAt && fact.On <= now.AsOf) between.Add(fact);
            if (between.Count > 0) told[facts[0].Household] = between;
        }
        return told;
    }
}
