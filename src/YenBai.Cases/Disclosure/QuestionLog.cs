using Npgsql;
using YenBai.Cases.Access;

namespace YenBai.Cases.Disclosure;

/// <summary>How many questions somebody asked on a day.</summary>
public sealed record QuestionCount(DateOnly Day, string User, int Questions, int Different);

/// <summary>
/// Every question about figures from a reader who may not learn who anybody is, with its parameters. A series of questions that
/// differ by little is how figures are attacked, and only the record shows it.
/// </summary>
public sealed class QuestionLog(ReadLog readings, NpgsqlDataSource source)
{
    public Task AddAsync(Actor who, string question, CancellationToken cancellation) =>
        readings.AddAsync(who, ReadKind.Asked, Sight.DeIdentified, [], new Question("figures", [new QuestionPart("text", question, false)]), cancellation);

    /// <summary>The counts since a day, newest first; nothing for readers without the right to audit.</summary>
    public async Task<IReadOnlyList<QuestionCount>> PerDayAsync(Actor who, DateOnly since, CancellationToken cancellation)
    {
        if (!who.MayInProvince(Operation.ReadAudit)) return [];
        await using var command = source.CreateCommand($"""
            select (at at time zone 'Asia/Ho_Chi_Minh')::date, actor, count(*)::int, count(distinct detail)::int
            from {ReadLog.Name} where what = $1 and at >= $2 group by 1, 2 order by 1 desc, 3 desc, 2
            """);
        command.Parameters.Add(new() { Value = (short)ReadKind.Asked });
        command.Parameters.Add(new() { Value = Days.StartOf(since).UtcDateTime });
        var counts = new List<QuestionCount>();
        await using var r = await command.ExecuteReaderAsync(cancellation);
        while (await r.ReadAsync(cancellation)) counts.Add(new(r.GetFieldValue<DateOnly>(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3)));
        return counts;
    }
}
