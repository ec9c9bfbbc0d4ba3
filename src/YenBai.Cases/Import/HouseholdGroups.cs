using System.Runtime.InteropServices;

namespace YenBai.Cases.Import;

/// <summary>The rows of one household, in the order of the file.</summary>
/// <param name="TooMany">There are more rows than a household may have. They come in several groups and are never held together.</param>
public readonly record struct HouseholdGroup(string Code, List<SourceRow> Rows, bool TooMany = false)
{
    private const int CharactersOfARow = 8192;

    /// <summary>How many rows a row counts for: a long one for several, so that a limit on rows is one on memory.</summary>
    public static int WeightOf(SourceRow row)
    {
        long characters = 0;
        foreach (var value in row.Values) characters += value?.Length ?? 0;
        return 1 + (int)(characters / CharactersOfARow);
    }
}

/// <summary>
/// Brings the rows of a file together by household without holding the file. A file that has them together already is
/// read straight through; another one is first parted into smaller files by household. No more rows of one household are
/// held than <see cref="MostRows"/>, whatever the file says.
/// </summary>
internal sealed class HouseholdGroups : IDisposable
{
    /// <summary>
    /// The most rows of one household in one file. A household of a register has a row; forty years of monthly loan statements are 480.
    /// A decision folds the household's facts for each row, so that this also bounds the time for one household.
    /// </summary>
    public const int MostRows = 500;

    private const int RowsAPart = 100_000;
    private const int RowsBetweenLooks = 500;

    private readonly SourceFile file;
    private readonly int column;
    private readonly CancellationToken cancellation;
    private readonly List<FileStream> parts = [];
    private readonly HashSet<ulong> tooMany = [];

    private long weight;

    public int Rows { get; }
    private bool Together { get; } = true;

    /// <summary>Reads the file once: how many rows it has, how many each household has, and whether they stand together.</summary>
    public HouseholdGroups(SourceFile file, int column, CancellationToken cancellation)
    {
        (this.file, this.column, this.cancellation) = (file, column, cancellation);
        // Two codes that collide only cost the parting of the file.
        var counts = new Dictionary<ulong, int>();
        var last = "";
        var run = 0;
        foreach (var row in All())
        {
            Rows++;
            var code = KeyOf(row);
            if (run == 0 || code != last)
            {
                Count(last, run);
                if (Together && counts.ContainsKey(Fnv.Of(code))) Together = false;
                (last, run) = (code, 0);
            }
            run += HouseholdGroup.WeightOf(row);
        }
        Count(last, run);

        void Count(string code, int of)
        {
            if (of == 0) return;
            weight += of;
            var key = Fnv.Of(code);
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
            count += of;
            if (count > MostRows) tooMany.Add(key);
        }
    }

    public IEnumerable<HouseholdGroup> Read() => Together ? Gather(All()) : Pieces().Concat(Parts().SelectMany(part => GatherAll(part.Select(Decode))));

    /// <summary>The household that a row is of, however its code is written.</summary>
    private string KeyOf(SourceRow row) => row.Values[column] is { } code ? HouseholdCode.Key(code) : "";

    private string CodeOf(SourceRow row) => row.Values[column] is { } code ? HouseholdCode.Clean(code) : "";

    private IEnumerable<SourceRow> All()
    {
        var read = 0;
        foreach (var row in file.Rows())
        {
            if (++read % RowsBetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    private IEnumerable<HouseholdGroup> Gather(IEnumerable<SourceRow> rows)
    {
        HouseholdGroup? group = null;
        var last = "";
        var held = 0;
        foreach (var row in rows)
        {
            var key = KeyOf(row);
            var more = HouseholdGroup.WeightOf(row);
            if (group is { } full && (key != last || held + more > MostRows))
            {
                yield return full;
                (group, held) = (null, 0);
            }
            held += more;
            last = key;
            group ??= new(CodeOf(row), [], tooMany.Count > 0 && tooMany.Contains(Fnv.Of(key)));
            group.Value.Rows.Add(row);
        }
        if (group is { } rest) yield return rest;
    }

    private IEnumerable<HouseholdGroup> GatherAll(IEnumerable<SourceRow> rows)
    {
        var groups = new Dictionary<string, List<SourceRow>>(StringComparer.Ordinal);
        foreach (var row in rows) (CollectionsMarshal.GetValueRefOrAddDefault(groups, KeyOf(row), out _) ??= []).Add(row);
        return groups.Select(g => new HouseholdGroup(CodeOf(g.Value[0]), g.Value));
    }

    /// <summary>The rows of households that have too many, as they stand in the file.</summary>
    private IEnumerable<HouseholdGroup> Pieces() => tooMany.Count == 0 ? [] : Gather(All().Where(row => tooMany.Contains(Fnv.Of(KeyOf(row)))));

    private IEnumerable<IEnumerable<byte[]>> Parts()
    {
        var count = (int)(weight / RowsAPart) + 1;
        for (var i = 0; i < count; i++) parts.Add(OpenNameless());
        foreach (var row in All())
        {
            var key = Fnv.Of(KeyOf(row));
            if (tooMany.Contains(key)) continue;
            var bytes = Encode(row);
            var part = parts[(int)(key % (ulong)count)];
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
