using YenBai.Cases.Households;

namespace YenBai.Cases.Import;

/// <summary>What becomes of each household of a file, within the limits that keep time and memory in proportion to its rows.</summary>
/// <param name="key">The heading of the column with the household's code.</param>
/// <param name="rejects">None in a trial.</param>
internal sealed class ImportDecisions(IHouseholdFile rows, string key, Tally tally, Rejects? rejects, TimeProvider clock)
{
    private const int HouseholdsAtOnce = 250, RowsAtOnce = 10_000;

    /// <summary>
    /// The most facts that imports may bring a household to. Every view of a household folds all of its facts; one that lived through
    /// forty years of reviews, support and visits has some hundreds.
    /// </summary>
    public const int MostFacts = 5000;

    private readonly Lock gate = new();

    /// <returns>Nothing when the household is refused; the writers come back to it when the household has changed meanwhile.</returns>
    public HouseholdChange? Decide(HouseholdGroup group, Household existing, KnownPeople people)
    {
        lock (gate)
        {
            var change = Within(group, existing, people);
            if (change.Problems.Count == 0) return change;
            tally.Refuse(group.Rows.Count, change.Problems);
            rejects?.Add(group.Rows, change.Problems);
            return null;
        }
    }

    private HouseholdChange Within(HouseholdGroup group, Household existing, KnownPeople people)
    {
        // Rows without a code are no household: each of them is refused for that.
        if (group is { TooMany: true, Code.Length: > 0 }) return Refused(group, existing, "household_too_many_rows", HouseholdGroups.MostRows);
        var change = rows.Decide(group, existing, people, clock.Now());
        return change is { Problems.Count: 0, Events.Count: > 0 } && existing.Facts.Count + change.Events.Count > MostFacts
            ? Refused(group, existing, "household_too_many_facts", MostFacts)
            : change;
    }

    private HouseholdChange Refused(HouseholdGroup group, Household existing, string reason, int most)
    {
        object?[] data = [most];
        var code = SourceFile.Shown(group.Code);
        return HouseholdChange.Refused(existing, [.. group.Rows.Select(r => new Problem(r.Line, key, code, reason, data))]);
    }

    /// <summary>As many households as are decided and written at once: bounded by their rows, too.</summary>
    public static IEnumerable<List<HouseholdGroup>> Batches(IEnumerable<HouseholdGroup> groups)
    {
        List<HouseholdGroup> batch = [];
        long held = 0;
        foreach (var group in groups)
        {
            var more = group.Rows.Sum(r => (long)HouseholdGroup.WeightOf(r));
            if (batch.Count == HouseholdsAtOnce || (batch.Count > 0 && held + more > RowsAtOnce))
            {
                yield return batch;
                (batch, held) = ([], 0);
            }
            batch.Add(group);
            held += more;
        }
        if (batch.Count > 0) yield return batch;
    }
}
