using YenBai.Cases.Registering;
using YenBai.Cases.Web.Postgres;

namespace YenBai.Cases.Web.Components.Import;

/// <summary>Where uploaded files lie: a folder an upload below the data directory. Its name is ours, never the browser's.</summary>
public sealed class ImportFolders(IConfiguration configuration, TimeProvider clock)
{
    private const string RejectsEnding = ".rejects.csv", RemarksEnding = ".remarks.csv";
    private const int LongestName = 100;

    // The refused rows go back under the name, and Windows opens a device for these whatever their ending.
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. "123456789¹²³".SelectMany(n => new[] { "COM" + n, "LPT" + n })], StringComparer.OrdinalIgnoreCase);

    private readonly string root = Path.Combine(DataDirectory.Of(configuration), "imports");

    /// <summary>A new folder with the path for a file that the browser calls so.</summary>
    public (string Id, string Path) New(string? fileName)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        var folder = Directory.CreateDirectory(Path.Combine(root, id));
        if (!OperatingSystem.IsWindows()) folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return (id, Path.Combine(folder.FullName, SafeName(fileName)));
    }

    public void Remove(string id)
    {
        if (FolderOf(id) is { } folder) Directory.Delete(folder, recursive: true);
    }

    /// <summary>The uploads there are.</summary>
    public IReadOnlyList<string> All() => Directory.Exists(root) ? [.. Directory.EnumerateDirectories(root).Select(d => Path.GetFileName(d)!).Where(d => FolderOf(d) is not null)] : [];

    /// <summary>When an upload came: its id says so.</summary>
    public static DateTimeOffset TakenAt(string id) => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(id[..12], 16));

    public IReadOnlyList<string> FilesOf(string id) => FolderOf(id) is { } folder ? Directory.GetFiles(folder) : [];

    /// <summary>The file of an upload; none where there is no such upload.</summary>
    public string? FileOf(string? id) => Find(id, path => !path.EndsWith(RejectsEnding, StringComparison.Ordinal) && !path.EndsWith(RemarksEnding, StringComparison.Ordinal));

    /// <summary>The refused rows of an upload; none where nothing was refused.</summary>
    public string? RejectsOf(string? id) => FileOf(id) is { } file && File.Exists(file + RejectsEnding) ? file + RejectsEnding : null;

    /// <summary>The rows of an upload that a remark is about; none where there is no remark.</summary>
    public string? RemarksOf(string? id) => FileOf(id) is { } file && File.Exists(file + RemarksEnding) ? file + RemarksEnding : null;

    /// <summary>The bare name, with nothing in it that a file system could read as something else.</summary>
    public static string SafeName(string? name)
    {
        var bare = (name ?? "").Replace('\\', '/').Split('/')[^1].Normalize();
        var safe = new string([.. bare.Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ' ' or '(' or ')' ? c : '_')]).Trim(' ', '.');
        while (System.Text.Encoding.UTF8.GetByteCount(safe) > LongestName * 2 || safe.Length > LongestName) safe = safe[1..];
        foreach (var ending in (ReadOnlySpan<string>)[RejectsEnding, RemarksEnding])
            if (safe.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) safe = safe[..^ending.Length] + ".csv";
        return safe.Length == 0 ? "tep.csv" : Devices.Contains(safe.Split('.')[0].TrimEnd()) ? "_" + safe : safe;
    }

    // Only what a guid can be is looked for, so no path can be made of it.
    private string? FolderOf(string? id) =>
        Guid.TryParseExact(id, "N", out var guid) && Path.Combine(root, guid.ToString("N")) is var folder && Directory.Exists(folder) ? folder : null;

    private string? Find(string? id, Func<string, bool> wanted) => FolderOf(id) is { } folder ? Directory.EnumerateFiles(folder).FirstOrDefault(wanted) : null;
}
