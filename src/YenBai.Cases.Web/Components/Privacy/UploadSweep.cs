using YenBai.Cases.Erasure;
using YenBai.Cases.Import;
using YenBai.Cases.Privacy;
using YenBai.Cases.Web.Components.Import;

namespace YenBai.Cases.Web.Components.Privacy;

/// <summary>
/// Removes uploaded files that are older than the retention schedule has them, and those that mention somebody whose
/// data were erased: right after the erasure, and again at every start and every day for whatever was in use or came since.
/// </summary>
public sealed class UploadSweep(ImportFolders folders, ImportDesk desk, Erasing erasing, ErasureList erasures, TimeProvider clock, ILogger<UploadSweep> log) : BackgroundService
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public override Task StartAsync(CancellationToken cancellation)
    {
        erasing.Afterwards = erased => Task.Run(() => Remove(upload => Mentions(upload, [erased.Household], erased.AreIn)), CancellationToken.None);
        return base.StartAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            Sweep();
            await Task.Delay(Day, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Sweep()
    {
        var oldest = clock.GetUtcNow() - RetentionSchedule.Uploads;
        var gone = erasures.Read().Select(e => e.Household).ToHashSet();
        Remove(upload => ImportFolders.TakenAt(upload) < oldest || (gone.Count > 0 && Mentions(upload, gone, _ => false)));
    }

    private void Remove(Func<string, bool> wanted)
    {
        foreach (var upload in folders.All())
        {
            if (desk.Current?.Upload == upload) continue;
            try
            {
                if (!wanted(upload)) continue;
                folders.Remove(upload);
                desk.Forget(upload);
            }
            catch (IOException e)
            {
                // It is being written: the next sweep looks at it.
                log.LogInformation(e, "Upload {Upload} could not be looked at", upload);
            }
        }
    }

    private bool Mentions(string upload, HashSet<Guid> households, Func<string, bool> named) =>
        folders.FilesOf(upload).Any(path => named(Path.GetFileName(path)) || FileMentions(path, households, named));

    private static bool FileMentions(string path, HashSet<Guid> households, Func<string, bool> named)
    {
        try
        {
            var file = new SourceFile(path);
            var code = Math.Max(file.Column("household_code"), file.Column("household"));
            // What stands on another sheet, or below the list, is not read by an import; it is there all the same.
            return file.HasOtherSheets || file.AllRows().Any(row =>
                (code >= 0 && row.Values[code] is { } household && Ids.OfHousehold(household).Any(households.Contains)) || Array.Exists(row.Values, v => v is not null && named(v)));
        }
        catch (Exception e) when (e is not IOException)
        {
            // What cannot be read cannot be imported either, and might mention anybody.
            return true;
        }
    }
}
