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
    private readonly string directory = Path.Combine(Path.GetTempPath(), "yenbai-import-" + Guid.NewGuid().ToString("N"));

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
        Directory.CreateDirectory(directory);
        var count = Rows / RowsAPart + 1;
        var writers = Enumerable.Range(0, count).Select(i => new BinaryWriter(File.Create(Path.Combine(directory, i.ToString(System.Globalization.CultureInfo.InvariantCulture))))).ToArray();
        try
        {
            foreach (var row in file.Rows())
            {
                var bytes = Encode(row);
                var writer = writers[Fnv.Of(row.Values[column] ?? "") % (ulong)count];
                writer.Write(bytes.Length);
                writer.Write(bytes);
            }
        }
        finally
        {
            foreach (var writer in writers) writer.Dispose();
        }
        for (var i = 0; i < count; i++) yield return ReadPart(Path.Combine(directory, i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static IEnumerable<byte[]> ReadPart(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        while (reader.BaseStream.Position < reader.BaseStream.Length) yield return reader.ReadBytes(reader.ReadInt32());
    }

    private static byte[] Encode(SourceRow row)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(row.Line);
        writer.Write(row.Damaged);
        foreach (var value in row.Values) writer.Write(value ?? "");
        return memory.ToArray();
    }

    private SourceRow Decode(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var (line, damaged) = (reader.ReadInt32(), reader.ReadBoolean());
        var values = new string?[file.Header.Count];
        for (var i = 0; i < values.Length; i++) values[i] = reader.ReadString() is { Length: > 0 } text ? text : null;
        return new(line, values, damaged);
    }

    public void Dispose()
    {
        if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
    }
}
