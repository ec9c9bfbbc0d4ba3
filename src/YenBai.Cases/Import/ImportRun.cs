using Marten;

namespace YenBai.Cases.Import;

/// <summary>One import as it went.</summary>
/// <param name="State">running, finished, stopped or failed; one that still runs after a restart was killed.</param>
public sealed record ImportRun(
    string Id, string File, FileKind Kind, DateOnly? On, bool DryRun, string By, DateTimeOffset Started, DateTimeOffset? Finished, string State,
    long Rows, long Taken, long Unchanged, long Ignored, long Refused, string? Rejects,
    string? Upload = null);

/// <summary>Keeps the record of an import.</summary>
internal sealed class ImportLog(IDocumentStore store, TimeProvider clock, string id, SourceFile file, ImportOptions options, string by)
{
    private ImportRun run = new(
        id, Path.GetFileName(file.Path), file.Kind, options.On, options.DryRun, by, clock.GetUtcNow(), null, "running", 0, 0, 0, 0, 0, null, options.Upload);

    public Task StartAsync(CancellationToken cancellation) => SaveAsync(cancellation);

    public Task EndAsync(ImportResult? result, string state)
    {
        run = run with { Finished = clock.GetUtcNow(), State = state };
        if (result is not null)
            run = run with
            {
                Rows = result.Rows,
                Taken = result.Taken,
                Unchanged = result.Unchanged,
                Ignored = result.Ignored,
                Refused = result.Refused,
                Rejects = result.Rejects is null ? null : Path.GetFileName(result.Rejects),
            };
        return SaveAsync(CancellationToken.None);
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        session.Store(run);
        await session.SaveChangesAsync(cancellation);
    }
}
