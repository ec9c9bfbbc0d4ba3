namespace YenBai.Cases.Import;

/// <summary>Counts rows while an import runs, from several writers at once.</summary>
/// <param name="remarked">The file with all remarks; none in a trial.</param>
internal sealed class Tally(long rows, IProgress<ImportProgress>? progress, TimeProvider clock, long started, Rejects? remarked = null)
{
    public const int MostShown = 20;
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly List<Problem> problems = [];
    private readonly List<Problem> remarks = [];
    private readonly SortedDictionary<string, long> kinds = new(StringComparer.Ordinal);
    private long taken, unchanged, ignored, refused, households, events;
    private long reported = clock.GetTimestamp();

    public void Take(IReadOnlyList<HouseholdChange> batch)
    {
        lock (gate)
        {
            foreach (var change in batch)
            {
                taken += change.Taken;
                unchanged += change.Unchanged;
                ignored += change.Ignored;
                events += change.Events.Count;
                households++;
            }
            Report();
        }
    }

    public void Refuse(int refusedRows, IReadOnlyList<Problem> why)
    {
        lock (gate)
        {
            refused += refusedRows;
            problems.AddRange(why.Take(MostShown - problems.Count));
            Report();
        }
    }

    /// <summary>Keeps the first, and counts each by its kind.</summary>
    public void Remark(IReadOnlyList<SourceRow> rows, IReadOnlyList<Problem> what)
    {
        if (what.Count == 0) return;
        lock (gate)
        {
            remarks.AddRange(what.Take(MostShown - remarks.Count));
            foreach (var remark in what) kinds[remark.Reason] = kinds.GetValueOrDefault(remark.Reason) + 1;
            remarked?.Add(rows, what);
        }
    }

    public ImportResult Result(string id, FileKind kind, string? rejects, TimeSpan stored, TimeSpan complete) =>
        new(id, kind, rows, taken, unchanged, ignored, refused, households, events, problems, remarks, rejects, stored, complete) { RemarkKinds = kinds, RemarksFile = remarked?.Path };

    private void Report()
    {
        if (progress is null || clock.GetElapsedTime(reported) < BetweenReports) return;
        reported = clock.GetTimestamp();
        var done = taken + unchanged + ignored + refused;
        var rate = done / Math.Max(0.001, clock.GetElapsedTime(started).TotalSeconds);
        progress.Report(new("storing", done, rows, rate, rate > 0 ? TimeSpan.FromSeconds((rows - done) / rate) : null));
    }
}
