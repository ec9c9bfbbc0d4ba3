using System.Globalization;
using Marten;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Records;

namespace YenBai.Cases.Import;

/// <summary>Files of a few rows that tell of no household: the days of reviews, the totals of units, sponsoring agencies.</summary>
internal sealed class SmallFiles(IDocumentStore store, SourceFile file, PlaceCatalog places, DateOnly today, Reasons reasons)
{
    private IEnumerable<string> Columns => file.Kind switch
    {
        FileKind.Reviews => ["review"],
        FileKind.Sponsors => ["sponsor_code", "sponsor_name", "kind", "office"],
        _ => ["unit_code", "on", "households", "source"],
    };

    public async Task<ImportResult> RunAsync(string id, ImportOptions options, CancellationToken cancellation)
    {
        // A column is read once its name was asked for.
        foreach (var name in Columns) _ = file.Column(name);
        var read = new RowReader(file, places, today);
        using var rejects = new Rejects(file, reasons.Text);
        var problems = new List<Problem>();
        long rows = 0, taken = 0, unchanged = 0, refused = 0;
        await using var session = store.LightweightSession();
        var told = new Dictionary<string, object>();
        var last = file.Kind == FileKind.Reviews ? (await session.QueryAsync<long>($"select coalesce(max(sequence), 0) from {Ledger.LedgerTable.Name}", cancellation))[0] : 0;

        foreach (var row in file.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            rows++;
            read.MoveTo(row);
            var (key, document) = file.Kind switch { FileKind.Reviews => ReviewOf(read), FileKind.Sponsors => SponsorOf(read), _ => TotalOf(read) };
            if (read.Problems.Count == 0 && told.TryGetValue(key, out var twice) && !twice.Equals(document))
                read.Refuse("", null, "row_contradicts_another");
            if (read.Problems.Count > 0)
            {
                refused++;
                problems.AddRange(read.Problems.Take(Tally.MostShown - problems.Count));
                if (!options.DryRun) rejects.Add([row], [.. read.Problems]);
                continue;
            }
            told[key] = document!;
            object? stored = document switch
            {
                Review => await session.LoadAsync<Review>(key, cancellation),
                Sponsor => await session.LoadAsync<Sponsor>(key, cancellation),
                _ => await session.LoadAsync<UnitTotal>(key, cancellation),
            };
            if (document!.Equals(stored is Review known ? known with { Since = 0 } : stored)) unchanged++;
            else
            {
                taken++;
                session.StoreObjects([document is Review review ? review with { Since = last } : document]);
            }
        }
        if (rows == 0) throw new UnreadableFileException("no_rows");
        if (!options.DryRun) await session.SaveChangesAsync(cancellation);
        rejects.Complete();
        return new ImportResult(id, file.Kind, rows, taken, unchanged, 0, refused, 0, 0, problems, [], rejects.Path, TimeSpan.Zero, TimeSpan.Zero) { UnreadHeadings = file.UnreadHeadings };
    }

    private (string, object?) ReviewOf(RowReader read)
    {
        // The day of a coming review is known beforehand.
        var on = read.Day(file.Column("review"), needed: true, "review", mayLieAhead: true);
        return on is { } day ? (Review.Of(day).Id, Review.Of(day)) : ("", null);
    }

    private (string, object?) SponsorOf(RowReader read)
    {
        var code = read.Needed(file.Column("sponsor_code"), "sponsor_code", Sponsor.LongestCode);
        var name = read.Needed(file.Column("sponsor_name"), "sponsor_name", 200);
        var kind = read.Choice(file.Column("kind"), Choices.SponsorKinds) ?? SponsorKind.Agency;
        var office = read.Text(file.Column("office"));
        return read.Problems.Count > 0 ? ("", null) : (code, new Sponsor(code, name, kind, office));
    }

    private (string, object?) TotalOf(RowReader read)
    {
        var on = read.Day(file.Column("on"), needed: true, "on");
        var unit = on is { } day ? read.Place(file.Column("unit_code"), day) : null;
        if (unit is null && read.Problems.Count == 0) read.Refuse("unit_code", null, "missing");
        var households = read.Whole(file.Column("households"), 1, 100_000_000);
        if (households is null && read.Problems.Count == 0) read.Refuse("households", null, "missing");
        var source = read.Text(file.Column("source"), 400);
        if (read.Problems.Count > 0) return ("", null);
        var total = UnitTotal.Of(unit!.Id, on!.Value, households!.Value, source);
        return (total.Id, total);
    }
}
