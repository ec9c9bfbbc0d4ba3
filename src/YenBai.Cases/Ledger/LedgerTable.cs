using Marten;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace YenBai.Cases.Ledger;

/// <summary>The ledger of facts: one flat row a fact of the list. Enumerations stand in it by number.</summary>
public static class LedgerTable
{
    public const string Name = StoreSchema.Name + ".ledger";

    internal static Table Definition
    {
        get
        {
            var table = new Table(Name);
            table.AddColumn<Guid>("household").AsPrimaryKey();
            table.AddColumn<int>("version").AsPrimaryKey();
            table.AddColumn("sequence", "bigint").NotNull().AddIndex();
            table.AddColumn("on_day", "date").NotNull();
            table.AddColumn("recorded", "timestamptz").NotNull();
            table.AddColumn("row_seq", "bigint");
            table.AddColumn("kind", "smallint").NotNull();
            table.AddColumn("unit", "varchar");
            table.AddColumn("standard", "varchar");
            table.AddColumn("class", "smallint");
            table.AddColumn("cause", "smallint");
            table.AddColumn("voluntary", "boolean");
            table.AddColumn("support", "varchar");
            table.AddColumn("history", "smallint");
            table.AddColumn("import", "varchar");
            table.AddColumn("reference", "integer");
            table.AddColumn("annulled_by", "integer");
            table.AddColumn("head_sex", "smallint");
            table.AddColumn("merit", "boolean");
            table.AddColumn("ethnic_minority", "boolean");
            table.AddColumn("under16", "smallint");
            return table;
        }
    }

    // One statement a batch: an array a column. Written again, a row is the same row.
    private const string Upsert = $"""
        insert into {Name} (household, version, sequence, on_day, recorded, row_seq, kind, unit, standard, class, cause, voluntary,
            support, history, import, reference, head_sex, merit, ethnic_minority, under16)
        select * from unnest(?::uuid[], ?::int[], ?::bigint[], ?::date[], ?::timestamptz[], ?::bigint[], ?::smallint[], ?::varchar[], ?::varchar[],
            ?::smallint[], ?::smallint[], ?::boolean[], ?::varchar[], ?::smallint[], ?::varchar[], ?::int[], ?::smallint[], ?::boolean[], ?::boolean[], ?::smallint[])
        on conflict (household, version) do update set
            sequence = excluded.sequence, on_day = excluded.on_day, recorded = excluded.recorded, row_seq = excluded.row_seq, kind = excluded.kind,
            unit = excluded.unit, standard = excluded.standard, class = excluded.class, cause = excluded.cause, voluntary = excluded.voluntary,
            support = excluded.support, history = excluded.history, import = excluded.import, reference = excluded.reference,
            head_sex = excluded.head_sex, merit = excluded.merit, ethnic_minority = excluded.ethnic_minority, under16 = excluded.under16
        """;

    private const string MarkAnnulled = $"""
        update {Name} as fact set annulled_by = annulment.version
        from unnest(?::uuid[], ?::int[], ?::int[]) as annulment (household, fact, version)
        where fact.household = annulment.household and fact.version = annulment.fact and fact.annulled_by is distinct from annulment.version
        """;

    private const string Annulments = $"select 1 from {Name} annulment where annulment.household = fact.household and annulment.reference = fact.version";

    /// <summary>That a row <c>fact</c> is marked as annulled by something that does not annul it.</summary>
    internal const string WronglyAnnulled = $"fact.annulled_by is not null and not exists ({Annulments} and annulment.version = fact.annulled_by)";

    /// <summary>That a row <c>fact</c> is not marked as annulled although something annuls it.</summary>
    internal const string WronglyStanding = $"fact.annulled_by is null and exists ({Annulments})";

    /// <summary>Queues the rows to be written with the session's next save.</summary>
    internal static void Write(IDocumentOperations operations, IReadOnlyList<ListFact> rows)
    {
        if (rows.Count == 0) return;
        operations.QueueSqlCommand(Upsert,
            Column(rows, r => r.Household), Column(rows, r => r.Version), Column(rows, r => r.Sequence), Column(rows, r => r.On),
            Column(rows, r => r.Recorded.ToUniversalTime()), Column(rows, r => r.RowSeq), Column(rows, r => (short)r.Kind), Column(rows, r => r.Unit!),
            Column(rows, r => r.Standard!), Column(rows, r => (short?)r.Class), Column(rows, r => (short?)r.Cause), Column(rows, r => r.Voluntary),
            Column(rows, r => r.Support!), Column(rows, r => (short?)r.History), Column(rows, r => r.Import!), Column(rows, r => r.Reference),
            Column(rows, r => (short?)r.HeadSex), Column(rows, r => r.Merit), Column(rows, r => r.EthnicMinority), Column(rows, r => (short?)r.Under16));

        var annulments = rows.Where(r => r.Reference is not null).ToList();
        if (annulments.Count > 0)
            operations.QueueSqlCommand(MarkAnnulled,
                Column(annulments, r => r.Household), Column(annulments, r => r.Reference!.Value), Column(annulments, r => r.Version));
    }

    private static object Column<T>(IReadOnlyList<ListFact> rows, Func<ListFact, T> value)
    {
        var column = new T[rows.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        return column;
    }

    private const string Select = $"""
        select household, version, sequence, on_day, recorded, row_seq, kind, unit, standard, class, cause, voluntary,
            support, history, import, reference, head_sex, merit, ethnic_minority, under16
        from {Name}
        """;

    /// <summary>The rows of some households.</summary>
    public static async Task<List<ListFact>> ReadAsync(NpgsqlDataSource source, Guid[] households, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"{Select} where household = any($1)");
        command.Parameters.Add(new() { Value = households });
        return await ReadAsync(command, cancellation);
    }

    /// <summary>
    /// What moved the list on the days up to one, as it stood at a position of the store. Annulments and withdrawals are
    /// among it whatever their day, which does not matter. Support, history and the coarse values but merit are left out:
    /// they move nothing, and reading them would take a third of the time.
    /// </summary>
    public static async Task<List<ListFact>> ReadMovesAsync(NpgsqlDataSource source, DateOnly through, long position, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select household, version, sequence, on_day, recorded, row_seq, kind, unit, standard, class, cause, voluntary,
                null::varchar, null::smallint, import, reference, null::smallint, merit, null::boolean, null::smallint
            from {Name} where sequence <= $1 and (on_day <= $2 or kind in ({(short)Households.FactKind.Void}, {(short)Households.FactKind.Withdraw}))
            """);
        command.Parameters.Add(new() { Value = position });
        command.Parameters.Add(new() { Value = through });
        return await ReadAsync(command, cancellation);
    }

    private static async Task<List<ListFact>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<ListFact>();
        while (await reader.ReadAsync(cancellation)) rows.Add(Read(reader));
        return rows;
    }

    private static ListFact Read(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetInt32(1), r.GetInt64(2), r.GetFieldValue<DateOnly>(3), r.GetFieldValue<DateTimeOffset>(4), Value<long>(r, 5),
        (Households.FactKind)r.GetInt16(6), Text(r, 7), Text(r, 8), (Households.PovertyClass?)Value<short>(r, 9), (Households.EntryCause?)Value<short>(r, 10),
        Value<bool>(r, 11), Text(r, 12), (Households.TakenOverHistory?)Value<short>(r, 13), Text(r, 14), Value<int>(r, 15),
        (Households.Sex?)Value<short>(r, 16), Value<bool>(r, 17), Value<bool>(r, 18), Value<short>(r, 19));

    private static T? Value<T>(NpgsqlDataReader r, int i) where T : struct => r.IsDBNull(i) ? null : r.GetFieldValue<T>(i);

    private static string? Text(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetString(i);
}
