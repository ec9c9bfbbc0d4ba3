using System.Collections.Concurrent;
using YenBai.Cases.Access;
using YenBai.Cases.Import;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Web.Components.Import;

/// <param name="Rows">None where the file could not be read to its end.</param>
public sealed record FileLook(string Name, long Size, FileKind? Kind, long? Rows, UnreadableFileException? Wrong);

/// <summary>
/// Runs imports of uploaded files, one at a time, whether or not anybody watches. An import that the end of the process
/// breaks off is gone on with by starting it again: what was stored is then unchanged.
/// </summary>
public sealed class ImportDesk(Importer importer, ImportFolders folders, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<ImportDesk> log)
{
    private const int MostKept = 50;

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, ImportJob> latest = [];
    private readonly ConcurrentDictionary<string, Task<FileLook>> looks = [];

    /// <summary>The one that runs, if one does.</summary>
    public ImportJob? Current { get; private set; }

    /// <summary>Something about a job has changed. Raised by the task that runs it.</summary>
    public event Action? Changed;

    /// <summary>The newest job of an upload.</summary>
    public ImportJob? LatestOf(string upload) => latest.GetValueOrDefault(upload);

    /// <summary>Nothing is known any more of an upload whose files are gone.</summary>
    public void Forget(string upload)
    {
        latest.TryRemove(upload, out _);
        looks.TryRemove(upload, out _);
    }

    /// <summary>What a file is, by its header, and how many rows it has.</summary>
    public Task<FileLook>? LookAt(string upload) =>
        folders.FileOf(upload) is { } path ? looks.GetOrAdd(upload, _ => Task.Run(() => Look(path))) : null;

    /// <summary>False while another import runs, or where there is no such upload.</summary>
    public bool TryStart(Actor who, string upload, ImportOptions options)
    {
        if (folders.FileOf(upload) is not { } path) return false;
        ImportJob job;
        lock (gate)
        {
            if (Current is not null) return false;
            Current = job = new ImportJob(upload, Path.GetFileName(path), options with { Upload = upload }, clock.GetUtcNow());
            if (latest.Count >= MostKept) latest.TryRemove(latest.Values.MinBy(j => j.Started)!.Upload, out _);
            latest[upload] = job;
        }
        _ = Task.Run(() => RunAsync(who, job, path));
        Raise();
        return true;
    }

    public void Stop(string upload)
    {
        if (Current is { } job && job.Upload == upload) job.Stop();
        Raise();
    }

    private async Task RunAsync(Actor who, ImportJob job, string path)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(job.Cancellation, lifetime.ApplicationStopping);
            job.Result = await importer.RunAsync(who, path, job.Options, new Watch<ImportProgress>(p => { job.Progress = p; Raise(); }), either.Token);
            job.State = JobState.Finished;
        }
        catch (OperationCanceledException)
        {
            job.State = JobState.Stopped;
        }
        catch (Exception e)
        {
            job.Refused = UnreadableFileException.Of(e);
            job.State = JobState.Failed;
            if (e is not UnreadableFileException) log.LogError(e, "Import of upload {Upload} failed", job.Upload);
        }
        finally
        {
            lock (gate) Current = null;
            Raise();
        }
    }

    // Nobody who watches may bring down what is watched.
    private void Raise()
    {
        foreach (var watcher in Changed?.GetInvocationList() ?? [])
        {
            try
            {
                ((Action)watcher)();
            }
            catch (Exception e)
            {
                log.LogDebug(e, "A page that watches an import is gone");
            }
        }
    }

    private FileLook Look(string path)
    {
        var (name, size) = (Path.GetFileName(path), new FileInfo(path).Length);
        try
        {
            var file = new SourceFile(path);
            var rows = file.Rows().LongCount();
            return rows == 0 ? throw new UnreadableFileException("no_rows") : new(name, size, file.Kind, rows, null);
        }
        catch (UnreadableFileException e)
        {
            return new(name, size, null, null, e);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "An uploaded file could not be read");
            return new(name, size, null, null, UnreadableFileException.Of(e) ?? new UnreadableFileException("unreadable"));
        }
    }

    /// <summary>Reports at once and in order.</summary>
    private sealed class Watch<T>(Action<T> see) : IProgress<T>
    {
        public void Report(T value) => see(value);
    }
}
