using System.Text.Json.Serialization;
using Npgsql;
using Weasel.Postgresql.Tables;
using YenBai.Cases.Calendar;
using YenBai.Cases.Households;
using YenBai.Cases.Storage;

namespace YenBai.Cases.Access;

/// <summary>What was read.</summary>
[JsonConverter(typeof(SnakeCase<ReadKind>))]
public enum ReadKind : short { Opened = 1, Exported, SearchedByIdNumber, ReportedToPerson, OpenedAttachment, ListedBehind, Asked = 20 }

/// <summary>One reading: who, when, what, from where.</summary>
/// <param name="Household">None for a list that was exported and for a search that found nobody.</param>
/// <param name="Detail">Of an export the view and the number of rows; of a search the last digits. Never a name or a whole number.</param>
/// <param name="From">The address that they asked from.</param>
public sealed record ReadEntry(
    DateTimeOffset At, string User, ReadKind What, Sight Sight, Guid? Household, string? Code, string? Detail, string? From);

/// <summary>Which readings to show.</summary>
public sealed record ReadFilter(string? User = null, ReadKind? What = null, Guid? Household = null, DateOnly? Since = null, DateOnly? Through = null);

/// <summary>
/// Who read whose data. Written before anything is shown, never changed, and no part of the events: reading changes
/// nothing about a household.
/// </summary>
public sealed class ReadLog(NpgsqlDataSource source, TimeProvider clock)
{
    public const string Name = CasesStore.Schema + ".reading";

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
            return table;
        }
    }

    public async Task AddAsync(Actor who, ReadKind what, Sight sight, Guid? household, string? detail, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"insert into {Name} (id, at, actor, what, sight, household, detail, asked_from) values ($1, $2, $3, $4, $5, $6, $7, $8)");
        var now = clock.Now();
        command.Parameters.Add(new() { Value = Guid.CreateVersion7(now) });
        command.Parameters.Add(new() { Value = now.UtcDateTime });
        command.Parameters.Add(new() { Value = who.Name });
        command.Parameters.Add(new() { Value = (short)what });
        command.Parameters.Add(new() { Value = (short)sight });
        command.Parameters.Add(new() { Value = (object?)household ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = (object?)detail ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Varchar });
        command.Parameters.Add(new() { Value = (object?)who.From ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Varchar });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Everyone who read one household, newest first. What its people may see of themselves.</summary>
    public Task<IReadOnlyList<ReadEntry>> OfHouseholdAsync(Guid household, CancellationToken cancellation) => ReadAsync(new(Household: household), int.MaxValue, 0, cancellation);

    /// <summary>For whoever may read what was done; newest first.</summary>
    /// <returns>Nothing for anybody else.</returns>
    public async Task<IReadOnlyList<ReadEntry>> FindAsync(Actor who, ReadFilter filter, int most, int skip, CancellationToken cancellation) =>
        who.MayInProvince(Operation.ReadAudit) ? await ReadAsync(filter, most, skip, cancellation) : [];

    private async Task<IReadOnlyList<ReadEntry>> ReadAsync(ReadFilter filter, int most, int skip, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand();
        List<string> where = [];
        void And(string condition, object value)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
            where.Add($"{condition} ${command.Parameters.Count}");
        }
        if (filter.User is { } user) And("actor =", user);
        if (filter.What is { } what) And("what =", (short)what);
        if (filter.Household is { } household) And("household =", household);
        if (filter.Since is { } since) And("at >=", Days.StartOf(since).UtcDateTime);
        if (filter.Through is { } through) And("at <", Days.StartOf(through.AddDays(1)).UtcDateTime);
        command.CommandText = $"""
            select r.at, r.actor, r.what, r.sight, r.household, s.data ->> 'code', r.detail, r.asked_from
            from (select * from {Name} {(where.Count == 0 ? "" : "where " + string.Join(" and ", where))} order by at desc, id desc limit {most} offset {skip}) r
            left join {CasesStore.Schema}.mt_doc_household s on s.id = r.household order by r.at desc, r.id desc
            """;
        var entries = new List<ReadEntry>();
        await using var r = await command.ExecuteReaderAsync(cancellation);
        while (await r.ReadAsync(cancellation))
            entries.Add(new(
                r.GetFieldValue<DateTimeOffset>(0), r.GetString(1), (ReadKind)r.GetInt16(2), (Sight)r.GetInt16(3), r.IsDBNull(4) ? null : r.GetGuid(4),
                r.IsDBNull(5) ? null : r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6), r.IsDBNull(7) ? null : r.GetString(7)));
        return entries;
    }
}
