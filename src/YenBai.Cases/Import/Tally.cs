namespace YenBai.Cases.Import;

/// <summary>Counts rows while an import runs, from several writers at once.</summary>
internal sealed class Tally(long rows, IProgress<ImportProgress>? progress, TimeProvider clock, long started)
{
    public const int MostShown = 20;
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly List<Problem> problems = [];
    private readonly List<Problem> remarks = [];
    private long taken, unchanged, ignored, refused, households, events;
    private long reported = clock.GetTimestamp();

    public void Take(IReadOnlyList<HouseholdChange> batch, IReadOnlySet<Guid> corrected)
    {
        lock (gate)
        {
            foreach (var change in batch)
            {
                // A row that only corrected a person is taken: something of it is new.
                var better = corrected.Contains(change.Before.Id) && change.Taken == 0 && change.Unchanged > 0 ? 1 : 0;
                taken += change.Taken + better;
                unchanged += change.Unchanged - better;
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

    public void Remark(IReadOnlyList<Problem> what)
    {
        if (what.Count == 0) return;
        lock (gate) remarks.AddRange(what.Take(MostShown - remarks.Count));
    }

    public ImportResult Result(string id, FileKind kind, string? rejects, TimeSpan stored, TimeSpan complete) =>
        new(id, kind, rows, taken, unchanged, ignored, refused, households, events, problems, remarks, rejects, stored, complete);

    private void Report()
    {
        if (progress is null || clock.GetElapsedTime(reported) < BetweenReports) return;
        reported = clock.GetTimestamp();
        var done = taken + unchanged + ignored + refused;
        var rate = done / Math.Max(0.001, clock.GetElapsedTime(started).TotalSeconds);
        progress.Report(new("storing", done, rows, rate, rate > 0 ? TimeSpan.FromSeconds((rows - done) / rate) : null));
    }
}
