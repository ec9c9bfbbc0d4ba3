using YenBai.Cases.Import;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Web.Components.Import;

public enum JobState { Running, Finished, Stopped, Failed }

/// <summary>An import, or the trial of one, as it goes. Written by the one task that runs it, read by any circuit.</summary>
public sealed class ImportJob(string upload, string file, ImportOptions options, DateTimeOffset started)
{
    private readonly CancellationTokenSource stop = new();

    public string Upload { get; } = upload;
    public string File { get; } = file;
    public ImportOptions Options { get; } = options;
    public DateTimeOffset Started { get; } = started;
    public JobState State { get; internal set; } = JobState.Running;
    public ImportProgress? Progress { get; internal set; }
    public ImportResult? Result { get; internal set; }

    /// <summary>Why it failed: a reason of the importer, where it gave one.</summary>
    public UnreadableFileException? Refused { get; internal set; }

    public bool Stopping => stop.IsCancellationRequested;

    internal CancellationToken Cancellation => stop.Token;

    internal void Stop() => stop.Cancel();
}
