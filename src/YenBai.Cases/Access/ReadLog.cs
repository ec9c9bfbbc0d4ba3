using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;
using Weasel.Postgresql.Tables;
using YenBai.Cases.Households;

namespace YenBai.Cases.Access;

/// <summary>What was read. <see cref="Alarm"/> is no reading: it says that somebody read more than is ordinary.</summary>
[JsonConverter(typeof(SnakeCase<ReadKind>))]
public enum ReadKind : short { Opened = 1, Exported, SearchedByIdNumber, ReportedToPerson, OpenedAttachment, ListedBehind, Listed, Alarm, Asked = 20 }

/// <summary>One answer that was read: who, when, what, from where.</summary>
/// <param name="Household">The one that it is about; none for a list.</param>
/// <param name="Detail">The question. Never a name or a whole number.</param>
/// <param name="From">The address that they asked from.</param>
public sealed record ReadEntry(
    DateTimeOffset At, string User, ReadKind What, Sight Sight, Guid? Household, string? Code, string? Detail, string? From)
{
    /// <summary>How many households the answer names.</summary>
    public int Named { get; init; }
}

/// <summary>Which readings to show.</summary>
/// <param name="Household">Those that name it, alone or among others.</param>
/// <param name="Term">Those that searched for exactly this text.</param>
public sealed record ReadFilter(
    string? User = null, ReadKind? What = null, Guid? Household = null, DateOnly? Since = null, DateOnly? Through = null, [property: TypedText] string? Term = null);

/// <summary>
/// Who read whose data. Every answer that names households is written here, with its question and the households, before it
/// is given; an answer that cannot be recorded is not given. Rows are only added, and they are no part of the events: reading
/// changes nothing about a household.
/// </summary>
/// <remarks>
/// One row an answer. The households of a list are an array under a GIN index: an insertion appends to the index's pending
/// list, which is merged later in bulk, so that 200 households cost little more than one. The write is committed durably, as every opening is.
/// </remarks>
public sealed class ReadLog(NpgsqlDataSource source, Pseudonyms pseudonyms, TimeProvider clock)
{
    public const string Name = StoreSchema.Name + ".reading";

    internal static Table Definition
    {
        get
        {
            var table = new Table(Name);
            table.AddColumn<Guid>("id").AsPrimaryKey();
            table.AddColumn("at", "timestamptz").NotNull().AddIndex();
            table.AddColumn("actor", "varchar").NotNull().AddIndex();
            table.AddColumn("what", "smallint").NotNull();
            table.AddColumn("sight", "smallint").NotNull();
            table.AddColumn("household", "uuid").AddIndex();
            table.AddColumn("detail", "varchar");
            table.AddColumn("asked_from", "varchar");
            table.AddColumn("named", "integer");
            table.AddColumn("households", "uuid[]").AddIndex(i => i.Method = IndexMethod.gin);
            return table;
        }
    }

    /// <summary>Something of one household was read.</summary>
    /// <param name="related">Others that it names: from which it was split, into which it was merged.</param>
    public Task AddAsync(Actor who, ReadKind what, Sight sight, Guid household, Question? question, CancellationToken cancellation, IEnumerable<Guid>? related = null) =>
        WriteAsync(who, what, sight, household, [.. (related ?? []).Distinct()], question, cancellation);

    /// <summary>An answer that names households. One that names nobody is recorded where it was a search for somebody, or left the building.</summary>
    public Task AddAsync(Actor who, ReadKind what, Sight sight, IEnumerable<Guid> households, Question question, CancellationToken cancellation)
    {
        Guid[] named = [.. households.Distinct()];
        return named.Length == 0 && what is ReadKind.Listed or ReadKind.ListedBehind && !question.Searches ? Task.CompletedTask : WriteAsync(who, what, sight, null, named, question, cancellation);
    }

    private async Task WriteAsync(Actor who, ReadKind what, Sight sight, Guid? household, Guid[] households, Question? question, CancellationToken cancellation)
    {
        var detail = question is null ? null : await WriteAsync(question, cancellation);
        await using var command = source.CreateCommand($"""
            insert into {Name} (id, at, actor, what, sight, household, detail, asked_from, named, households) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            {(who.Look is null ? "" : "on conflict do nothing")}
            """);
        var now = clock.Now();
        void Add(object? value, NpgsqlDbType type) => command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        Add(who.Look is { } look ? IdWithin(look, what, household, households, detail) : Guid.CreateVersion7(now), NpgsqlDbType.Uuid);
        Add(now.UtcDateTime, NpgsqlDbType.TimestampTz);
        Add(who.Name, NpgsqlDbType.Varchar);
        Add((short)what, NpgsqlDbType.Smallint);
        Add((short)sight, NpgsqlDbType.Smallint);
        Add(household, NpgsqlDbType.Uuid);
        Add(detail, NpgsqlDbType.Varchar);
        Add(who.From, NpgsqlDbType.Varchar);
        Add(households.Length + (household is null ? 0 : 1), NpgsqlDbType.Integer);
        Add(households.Length == 0 ? null : households, NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The same answer within one look has the same id, and so one row.</summary>
    private static Guid IdWithin(Guid look, ReadKind what, Guid? household, Guid[] households, string? detail)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{(short)what}\n{household}\n{detail}\n"));
        foreach (var h in households) hash.AppendData(h.ToByteArray());
        return Ids.Named(look, Convert.ToHexString(hash.GetHashAndReset()));
    }

    /// <summary>Everyone who read one household, newest first. What its people may see of themselves.</summary>
    public Task<IReadOnlyList<ReadEntry>> OfHouseholdAsync(Guid household, CancellationToken cancellation) =>
        ReadAsync(new(Household: household), null, int.MaxValue, 0, cancellation);

    /// <summary>For those who may read what was done; newest first. That they read it is on record, too.</summary>
    /// <returns>Nothing for anybody else.</returns>
    public async Task<IReadOnlyList<ReadEntry>> FindAsync(Actor who, ReadFilter filter, int most, int skip, CancellationToken cancellation)
    {
        if (!who.MayInProvince(Operation.ReadAudit)) return [];
        var found = await ReadAsync(filter, null, most, skip, cancellation);
        await AddAsync(who, ReadKind.Listed, Sight.None, CodesIn(found), Question.Of("readings", filter, ("most", most), ("skip", skip)), cancellation);
        return found;
    }

    /// <summary>The whole record that a filter finds, as a file. It is on record before its first row.</summary>
    public async IAsyncEnumerable<ReadEntry> ExportAsync(Actor who, ReadFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        const int batch = 1000;
        if (!who.MayInProvince(Operation.ReadAudit)) yield break;
        // What comes in while it is written is not in it: the export itself for one.
        var before = clock.Now();
        List<Guid> households = [];
        await using (var command = source.CreateCommand())
        {
            command.CommandText = $"select distinct household from {Name} {await WhereAsync(command, filter, before, cancellation)} and household is not null";
            await using var r = await command.ExecuteReaderAsync(cancellation);
            while (await r.ReadAsync(cancellation)) households.Add(r.GetGuid(0));
        }
        await AddAsync(who, ReadKind.Exported, Sight.None, households, Question.Of("readings", filter), cancellation);
        for (var skip = 0; ; skip += batch)
        {
            var some = await ReadAsync(filter, before, batch, skip, cancellation);
            foreach (var entry in some) yield return entry;
            if (some.Count < batch) yield break;
        }
    }

    /// <summary>Of lists the record shows how many households they named, not which.</summary>
    private static IEnumerable<Guid> CodesIn(IEnumerable<ReadEntry> entries) => entries.Where(e => e.Code is not null).Select(e => e.Household!.Value);

    private async Task<IReadOnlyList<ReadEntry>> ReadAsync(ReadFilter filter, DateTimeOffset? before, int most, int skip, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand();
        var where = await WhereAsync(command, filter, before, cancellation);
        command.CommandText = $"""
            select r.at, r.actor, r.what, r.sight, r.household, s.data ->> 'code', r.detail, r.asked_from, coalesce(r.named, 0)
            from (select id, at, actor, what, sight, household, detail, asked_from, named from {Name} {where} order by at desc, id desc limit {most} offset {skip}) r
            left join {StoreSchema.Name}.mt_doc_household s on s.id = r.household order by r.at desc, r.id desc
            """;
        var entries = new List<ReadEntry>();
        await using var r = await command.ExecuteReaderAsync(cancellation);
        while (await r.ReadAsync(cancellation))
            entries.Add(new(
                r.GetFieldValue<DateTimeOffset>(0), r.GetString(1), (ReadKind)r.GetInt16(2), (Sight)r.GetInt16(3), r.IsDBNull(4) ? null : r.GetGuid(4),
                r.IsDBNull(5) ? null : r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6), r.IsDBNull(7) ? null : r.GetString(7))
            { Named = r.GetInt32(8) });
        return entries;
    }

    private async Task<string> WhereAsync(NpgsqlCommand command, ReadFilter filter, DateTimeOffset? before, CancellationToken cancellation)
    {
        List<string> where = ["true"];
        void And(string condition, object value)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
            where.Add(condition.Replace("?", "$" + command.Parameters.Count, StringComparison.Ordinal));
        }
        if (filter.User is { } user) And("actor = ?", user);
        if (filter.What is { } what) And("what = ?", (short)what);
        if (filter.Household is { } household) And("(household = ? or households @> array[?])", household);
        if (filter.Since is { } since) And("at >= ?", Days.StartOf(since).UtcDateTime);
        if (filter.Through is { } through) And("at < ?", Days.StartOf(through.AddDays(1)).UtcDateTime);
        if (filter.Term is { } term) And("strpos(detail, ?) > 0", Uri.EscapeDataString((await DigestAsync(cancellation))(term)));
        if (before is { } instant) And("at <= ?", instant.UtcDateTime);
        return "where " + string.Join(" and ", where);
    }

    private async Task<string> WriteAsync(Question question, CancellationToken cancellation) =>
        question.Searches ? question.Write(await DigestAsync(cancellation)) : question.Write(t => t);

    /// <summary>
    /// The same for the same text in any case, with or without marks, and of no use without the store's key. Of an identity
    /// number only the last three digits: all numbers can be tried, so that a digest would be the number.
    /// </summary>
    private async Task<Func<string, string>> DigestAsync(CancellationToken cancellation)
    {
        var key = await pseudonyms.DeriveAsync("searched text", cancellation);
        return text =>
        {
            var folded = VietnameseText.Fold(text).Trim();
            return folded.Length is 9 or 12 && folded.All(char.IsAsciiDigit)
                ? $"…{folded[^3..]}"
                : $"#{Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(folded)).AsSpan(0, 8)).ToLowerInvariant()} ({folded.Length})";
        };
    }
}
