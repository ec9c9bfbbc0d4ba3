namespace YenBai.Cases.Disclosure;

/// <summary>A household for the purpose of rounding.</summary>
/// <param name="Key">Its record key.</param>
/// <param name="Cells">The cells that it belongs to, the finest first, each part of the next.</param>
public readonly record struct RecordCells(uint Key, IReadOnlyList<string> Cells);

/// <summary>
/// Rounds a register to multiples of five: in every cell some households are chosen, and each chosen household stands for five.
/// Whatever is counted on the chosen ones is then rounded, and all such counts add up.
/// </summary>
/// <remarks>
/// A cell with fewer members than five is joined with its like in the next coarser cell. A published count of a cell is off by at
/// most four from the true one where it was rounded by itself, so that 0 stands for 0 to 4 and 5 for 1 to 9.
/// Members with the smallest keys are chosen: the choice hardly changes when a household comes or goes, so that answers over
/// time do not supply new draws of the same cell.
/// </remarks>
public static class PublishedSample
{
    /// <returns>The places of the chosen households in the list, in ascending order.</returns>
    public static IReadOnlyList<int> Choose(IReadOnlyList<RecordCells> households)
    {
        var chosen = new List<int>(households.Count / CellRounding.Base + 1);
        var waiting = Enumerable.Range(0, households.Count).ToList();
        for (var level = 0; waiting.Count > 0; level++)
        {
            var isLast = level == households[waiting[0]].Cells.Count;
            var left = new List<int>();
            foreach (var cell in waiting.GroupBy(h => isLast ? "" : households[h].Cells[level], StringComparer.Ordinal))
            {
                var members = cell.ToList();
                if (members.Count < CellRounding.Base && !isLast)
                {
                    left.AddRange(members);
                    continue;
                }
                var key = CellRounding.KeyOf(members.Select(h => households[h].Key));
                var count = CellRounding.Round(members.Count, key) / CellRounding.Base;
                chosen.AddRange(members.OrderBy(h => households[h].Key).ThenBy(h => h).Take(count));
            }
            waiting = left;
        }
        chosen.Sort();
        return chosen;
    }
}
