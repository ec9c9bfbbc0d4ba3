using System.Buffers.Binary;
using System.Data;
using System.Runtime.InteropServices;
using Npgsql;
using YenBai.Cases.Households;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Ledger;

/// <summary>
/// The facts of some positions of the store, column by column as PostgreSQL sends them: a million rows one by one would take
/// three times as long.
/// </summary>
internal sealed class LedgerBlock
{
    /// <summary>Positions in a block: some thirty megabytes at most.</summary>
    private const long Width = 250_000;

    private const int AtOnce = 2;

    private static readonly DateOnly FirstDay = new(2000, 1, 1);
    private static readonly DateTimeOffset FirstInstant = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Small numbers side by side in one, each with four bits and raised by one, so that nought is none.
    private static readonly string[] Small = ["kind", "class", "cause", "history", "head_sex", "voluntary::int", "merit::int", "ethnic_minority::int"];
    private static readonly string Marks = $"((coalesce(under16 + 1, 0)::bigint << 32) | {string.Join(" | ", Small.Select((column, i) => $"(coalesce({column} + 1, 0)::bigint << {4 * i})"))})";

    private static readonly string Select = $"""
        select string_agg(uuid_send(household), ''), string_agg(int4send(version), ''), string_agg(int8send(sequence), ''), string_agg(date_send(on_day), ''),
            string_agg(timestamptz_send(recorded), ''), string_agg(int8send(coalesce(row_seq, {long.MinValue})), ''), string_agg(int4send(coalesce(reference, 0)), ''),
            string_agg(int8send({Marks}), ''),
            string_agg(concat_ws(E'\t', coalesce(unit, ''), coalesce(standard, ''), coalesce(support, ''), coalesce(import, '')), E'\n')
        from {LedgerTable.Name} where sequence > $1 and sequence <= $2
        """;

    private readonly byte[] households, versions, sequences, days, recorded, rowSeqs, references, marks;
    private readonly Texts[] texts;

    private LedgerBlock(byte[][] columns, string text)
    {
        (households, versions, sequences, days, recorded, rowSeqs, references, marks) = (columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6], columns[7]);
        texts = new Texts[versions.Length / sizeof(int)];
        var known = new Dictionary<string, Texts>();
        var find = known.GetAlternateLookup<ReadOnlySpan<char>>();
        var row = 0;
        foreach (var line in text.AsSpan().Split('\n'))
        {
            ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(find, text.AsSpan(line), out _);
            texts[row++] = found ??= Texts.Of(text[line]);
        }
    }

    /// <summary>The rows that came after one position and not after another, households in no particular order. A text stands in memory once a block.</summary>
    public static async Task<ListFact[]> ReadAsync(NpgsqlDataSource source, long after, long through, CancellationToken cancellation)
    {
        var blocks = new LedgerBlock?[(through - after + Width - 1) / Width];
        await Parallel.ForAsync(0, blocks.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (i, stop) =>
            blocks[i] = await ReadBlockAsync(source, after + (i * Width), Math.Min(through, after + ((i + 1) * Width)), stop));
        var rows = new ListFact[blocks.Sum(b => b?.texts.Length ?? 0)];
        var count = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            if (blocks[i] is not { } block) continue;
            block.CopyTo(rows.AsSpan(count));
            count += block.texts.Length;
            blocks[i] = null;
        }
        return rows;
    }

    /// <returns>None where no fact lies there.</returns>
    private static async Task<LedgerBlock?> ReadBlockAsync(NpgsqlDataSource source, long after, long through, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(Select);
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = through });
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        await reader.ReadAsync(cancellation);
        if (await reader.IsDBNullAsync(0, cancellation)) return null;
        var columns = new byte[8][];
        for (var i = 0; i < columns.Length; i++) columns[i] = await reader.GetFieldValueAsync<byte[]>(i, cancellation);
        return new(columns, await reader.GetFieldValueAsync<string>(columns.Length, cancellation));
    }

    private void CopyTo(Span<ListFact> rows)
    {
        for (var i = 0; i < texts.Length; i++)
        {
            var (small, text) = (Long(marks, i), texts[i]);
            var rowSeq = Long(rowSeqs, i);
            var reference = Int(references, i);
            rows[i] = new(
                new(households.AsSpan(i * 16, 16), bigEndian: true), Int(versions, i), Long(sequences, i), FirstDay.AddDays(Int(days, i)),
                FirstInstant.AddTicks(Long(recorded, i) * TimeSpan.TicksPerMicrosecond), rowSeq == long.MinValue ? null : rowSeq,
                (FactKind)Mark(small, 0)!, text.Unit, text.Standard, (PovertyClass?)Mark(small, 1), (EntryCause?)Mark(small, 2), IsSet(small, 5), text.Support,
                (TakenOverHistory?)Mark(small, 3), text.Import, reference == 0 ? null : reference, (Sex?)Mark(small, 4), IsSet(small, 6), IsSet(small, 7),
                small >> 32 is var under16 && under16 == 0 ? null : (int)under16 - 1);
        }
    }

    private static int Int(byte[] column, int row) => BinaryPrimitives.ReadInt32BigEndian(column.AsSpan(row * sizeof(int)));

    private static long Long(byte[] column, int row) => BinaryPrimitives.ReadInt64BigEndian(column.AsSpan(row * sizeof(long)));

    private static int? Mark(long marks, int place) => ((int)(marks >> (4 * place)) & 15) is var mark && mark == 0 ? null : mark - 1;

    private static bool? IsSet(long marks, int place) => Mark(marks, place) is { } mark ? mark == 1 : null;

    /// <summary>The texts of a row, which many rows share.</summary>
    private sealed record Texts(string? Unit, string? Standard, string? Support, string? Import)
    {
        public static Texts Of(string line)
        {
            var words = line.Split('\t');
            return new(Word(0), Word(1), Word(2), Word(3));

            string? Word(int i) => words[i].Length == 0 ? null : words[i];
        }
    }
}
