using System.Runtime.InteropServices;

namespace YenBai.Cases.Import;

/// <summary>The rows of one household, in the order of the file.</summary>
public readonly record struct HouseholdGroup(string Code, List<SourceRow> Rows);

/// <summary>
/// Brings the rows of a file together by household without holding the file. A file that has them together already is
/// read straight through; another one is first parted into smaller files by household.
/// </summary>
internal sealed class HouseholdGroups : IDisposable
{
    private const int RowsAPart = 100_000;

    private readonly SourceFile file;
    private readonly int column;
    private readonly List<FileStream> parts = [];

    public int Rows { get; }
    private bool Together { get; } = true;

    /// <summary>Reads the file once: how many rows it has, and whether households stand together.</summary>
    public HouseholdGroups(SourceFile file, int column, CancellationToken cancellation)
    {
        (this.file, this.column) = (file, column);
        // Two codes that collide only cost the parting of the file.
        var seen = new HashSet<ulong>();
        var last = "";
        foreach (var row in file.Rows())
        {
            Rows++;
            if (Rows % 1000 == 0) cancellation.ThrowIfCancellationRequested();
            var code = row.Values[column] ?? "";
            if (code == last) continue;
            if (Together && !seen.Add(Fnv.Of(code))) Together = false;
            last = code;
        }
    }

    public IEnumerable<HouseholdGroup> Read()
    {
        if (Together) return Gather(file.Rows());
        return Parts().SelectMany(part => GatherAll(part.Select(Decode)));
    }

    private IEnumerable<HouseholdGroup> Gather(IEnumerable<SourceRow> rows)
    {
        var group = new HouseholdGroup("", []);
        foreach (var row in rows)
        {
            var code = row.Values[column] ?? "";
            if (group.Rows.Count > 0 && code != group.Code)
            {
                yield return group;
                group = new(code, []);
            }
            else if (group.Rows.Count == 0)
            {
                group = new(code, group.Rows);
            }
            group.Rows.Add(row);
        }
        if (group.Rows.Count > 0) yield return group;
    }

    private IEnumerable<HouseholdGroup> GatherAll(IEnumerable<SourceRow> rows)
    {
        var groups = new Dictionary<string, List<SourceRow>>(StringComparer.Ordinal);
        foreach (var row in rows) (CollectionsMarshal.GetValueRefOrAddDefault(groups, row.Values[column] ?? "", out _) ??= []).Add(row);
        return groups.Select(g => new HouseholdGroup(g.Key, g.Value));
    }

    private IEnumerable<IEnumerable<byte[]>> Parts()
    {
        var count = Rows / RowsAPart + 1;
        for (var i = 0; i < count; i++) parts.Add(OpenNameless());
        foreach (var row in file.Rows())
        {
            var bytes = Encode(row);
            var part = parts[(int)(Fnv.Of(row.Values[column] ?? "") % (ulong)count)];
            part.Write(BitConverter.GetBytes(bytes.Length));
            part.Write(bytes);
        }
        return parts.Select(ReadPart);
    }

    /// <summary>The file has no name any more when the first row goes into it: a kill leaves no personal data behind.</summary>
    private static FileStream OpenNameless()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 1 << 16,
        });
        File.Delete(path);
        return stream;
    }

    private static IEnumerable<byte[]> ReadPart(FileStream part)
    {
        part.Position = 0;
        using var reader = new BinaryReader(part, System.Text.Encoding.UTF8, leaveOpen: true);
        while (part.Position < part.Length) yield return reader.ReadBytes(reader.ReadInt32());
    }

    private static byte[] Encode(SourceRow row)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(row.Line);
        writer.Write(row.Wrong ?? "");
        foreach (var value in row.Values) writer.Write(value ?? "");
        return memory.ToArray();
    }

    private SourceRow Decode(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var (line, wrong) = (reader.ReadInt32(), reader.ReadString());
        var values = new string?[file.Header.Count];
        for (var i = 0; i < values.Length; i++) values[i] = reader.ReadString() is { Length: > 0 } text ? text : null;
        return new(line, values, wrong.Length > 0 ? wrong : null);
    }

    public void Dispose()
    {
        foreach (var part in parts) part.Dispose();
    }
}
