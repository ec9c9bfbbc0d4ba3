using Npgsql;
using YenBai.Cases.Web.Postgres;

namespace YenBai.Cases.Web.Hosting;

/// <summary>The whole store in one file, with PostgreSQL's own pg_dump, readable by later versions.</summary>
public static class Backup
{
    /// <summary>Under its name there is a whole backup or none; it holds personal data, so only its owner may read it.</summary>
    public static async Task SaveAsync(StoreAccess access, string file, CancellationToken cancellation)
    {
        var whole = Path.GetFullPath(file);
        if (Directory.Exists(whole)) throw new ArgumentException($"{whole} is a directory.");
        await using var written = new WholeFile(whole);
        // Privileges name roles that another server need not have; a restore grants them anew.
        await PostgresProgram.RunAsync("pg_dump", access.RequiredOwner, ["--format=custom", "--no-owner", "--no-privileges", "--file", written.Partial], "cases-backup", cancellation);
        written.Complete();
    }
}

/// <summary>A file that comes into being whole, readable by its owner alone.</summary>
internal sealed class WholeFile : IAsyncDisposable
{
    private readonly string path;

    public WholeFile(string path)
    {
        this.path = Path.GetFullPath(path);
        // What a kill left behind: its mode may be another, and it is nobody's any more.
        File.Delete(Partial);
        Open(FileMode.CreateNew).Dispose();
    }

    /// <summary>Where it is written until it is whole.</summary>
    public string Partial => path + ".partial";

    public FileStream Open() => Open(FileMode.Truncate);

    private FileStream Open(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(Partial, options);
    }

    public void Complete()
    {
        using (var file = new FileStream(Partial, FileMode.Open, FileAccess.Write)) file.Flush(flushToDisk: true);
        File.Move(Partial, path, overwrite: true);
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(Partial);
        return ValueTask.CompletedTask;
    }
}
