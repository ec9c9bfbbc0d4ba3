using System.Globalization;
using System.Text;

namespace YenBai.Cases.Erasure;

/// <summary>An erasure as it must be done again on a store that does not know of it: ids alone, no names.</summary>
public sealed record ErasureEntry(Guid Household, IReadOnlyList<Guid> People, DateTimeOffset At);

/// <summary>
/// Every erasure, in a file beside the store (<c>household,people,at</c>): a backup is older than what was erased
/// since, so whoever restores one must erase again. Lines are only ever appended, each on the disk before the erasure
/// is answered.
/// </summary>
public sealed class ErasureList(string path)
{
    private const string Header = "household,people,at";

    private readonly Lock gate = new();

    public string Path { get; } = path;

    public IReadOnlyList<ErasureEntry> Read()
    {
        lock (gate) return ReadWhole();
    }

    /// <summary>The list as it was copied from elsewhere: a copy that ends in the middle would leave somebody readable.</summary>
    /// <exception cref="InvalidDataException">It is no list of erasures, or not the whole of one.</exception>
    public IReadOnlyList<ErasureEntry> ReadWholly()
    {
        var text = File.ReadAllText(Path);
        if (!text.StartsWith(Header, StringComparison.Ordinal)) throw new InvalidDataException($"{Path} is no list of erasures: its first line is not “{Header}”.");
        if (!text.EndsWith('\n')) throw new InvalidDataException($"The list of erasures {Path} ends in the middle of a line: copy it again, or remove that line if it is so in the original.");
        return Read();
    }

    /// <summary>Adds the erasure unless it is there.</summary>
    public void Add(ErasureEntry erasure)
    {
        lock (gate)
        {
            if (ReadWhole().Any(e => e.Household == erasure.Household && e.At == erasure.At)) return;
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(Path, options);
            // A line that a kill left half written was never answered: the new one takes its place.
            file.SetLength(EndOfWholeLines(file));
            file.Seek(0, SeekOrigin.End);
            if (file.Length == 0) file.Write(Encoding.UTF8.GetBytes(Header + "\n"));
            file.Write(Encoding.UTF8.GetBytes($"{erasure.Household},{string.Join(';', erasure.People)},{erasure.At.UtcDateTime:O}\n"));
            file.Flush(flushToDisk: true);
        }
    }

    private List<ErasureEntry> ReadWhole()
    {
        if (!File.Exists(Path)) return [];
        var text = File.ReadAllText(Path);
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        return [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line != Header).Select(Parse)];
    }

    private ErasureEntry Parse(string line)
    {
        var cells = line.Split(',');
        if (cells.Length == 3 && Guid.TryParse(cells[0], out var household)
            && DateTimeOffset.TryParse(cells[2], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && cells[1].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => (Is: Guid.TryParse(p, out var id), Id: id)).ToList() is var people && people.TrueForAll(p => p.Is))
            return new(household, [.. people.Select(p => p.Id)], at);
        throw new InvalidDataException($"The list of erasures {Path} is damaged at “{line}”. Mend it before the store is used: what it names must stay erased.");
    }

    private static long EndOfWholeLines(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Seek(end - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n') return end;
        }
        return 0;
    }
}
