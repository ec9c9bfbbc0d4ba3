using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Durability;
using YenBai.Cases.Households;
using YenBai.Cases.Places;

namespace YenBai.Cases.Support;

/// <summary>What managers judge conditional support by (durability contract 6).</summary>
public enum SupportIndicator
{
    ComplianceByCondition, ComplianceByHousehold, MetLate, EndedOnTime, MilestonesOnTime, PlannedContacts, PortfolioAtRisk30, PortfolioAtRisk90, OverdueShare, CurrentRecovery,
}

/// <summary>Why a figure is not there.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(SnakeCase<NoFigure>))]
public enum NoFigure
{
    /// <summary>Nothing of the kind fell into the period.</summary>
    NoData,

    /// <summary>No source says it.</summary>
    NotRecorded,

    /// <summary>It would tell of a few.</summary>
    Withheld,
}

/// <param name="N">How many cases it is about; none where that is withheld.</param>
/// <param name="Numerator">Of the cases, or VND of a balance.</param>
/// <param name="Percent">Of the denominator.</param>
public sealed record IndicatorFigure(SupportIndicator Indicator, long? N, decimal? Numerator, decimal? Denominator, decimal? Percent, NoFigure? Missing);

/// <param name="Place">The unit that it is about; none: all that whoever asked may see.</param>
/// <param name="Through">What fell due after it is not judged yet.</param>
public sealed record IndicatorReport(string? Place, DateOnly From, DateOnly To, DateOnly Through, IReadOnlyList<IndicatorFigure> Figures);

/// <summary>Reckons the indicators of conditional support for a place and a period, from what stands now.</summary>
public sealed class SupportIndicators(NpgsqlDataSource source, PublishedRegister register, QuestionLog questions, PlaceCatalog places, TimeProvider clock)
{
    /// <summary>Readers who may not learn who anybody is are answered on the published register, for a year that has ended and all their places at once.</summary>
    public async Task<IndicatorReport> AskAsync(Actor who, string? place, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var reach = who.ReachOf(Operation.ReadSupport);
        var today = clock.Today();
        var published = reach.Identifies || reach.IsNothing ? null : await register.ReadAsync(cancellation);
        if (published is not null)
        {
            var year = Math.Min(from.Year, published.Latest.Year);
            (place, from, to) = (null, new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
            await questions.AddAsync(who, $"supports/indicators {year}", cancellation);
        }
        var through = to < today ? to : today.AddDays(-1);
        List<NpgsqlParameter> parameters = [new() { Value = from }, new() { Value = through }];
        string Within(string alias)
        {
            List<string> where = [ReachSql.Within(reach.Extents, reach.IsEverything, places, parameters, alias)];
            if (reach.IsNothing) where.Add("false");
            if (place is not null)
            {
                parameters.Add(new() { Value = places.Within(place).ToArray() });
                where.Add($"{alias}.unit = any(${parameters.Count})");
            }
            if (published is not null)
            {
                parameters.Add(new() { Value = published.Households });
                where.Add($"{alias}.household = any(${parameters.Count})");
            }
            return string.Concat(where.Where(w => w.Length > 0).Select(w => " and " + w));
        }

        var (atAgreement, atCase) = (Within("a"), Within("c"));
        var conditions = await ReadAsync($"""
            with due as (
                select t.household, t.state from {SupportTables.Conditions} t join {SupportTables.Agreements} a on a.id = t.support
                where t.due between $1 and $2 and (t.live or t.state not in (0, 1)) and (t.suspended_since is null or t.suspended_since > t.due or t.state not in (0, 1)) {atAgreement})
            select count(*), count(*) filter (where state = {(int)ConditionState.Met}), count(*) filter (where state = {(int)ConditionState.MetLate}), count(*) filter (where state = {(int)ConditionState.Waived}),
                (select count(*) from (select 1 from due where state <> {(int)ConditionState.Waived} group by household) h),
                (select count(*) from (select 1 from due where state <> {(int)ConditionState.Waived} group by household having bool_and(state = {(int)ConditionState.Met})) h)
            from due
            """);
        // The clock tells on the day after the last one that all conditions were met.
        var ended = await ReadAsync($"""
            select count(*), count(*) filter (where a.outcome in ({(int)SupportOutcome.Completed}, {(int)SupportOutcome.EndedEarly}) and a.ended_on <= a.ends + 1)
            from {SupportTables.Agreements} a where a.ends between $1 and $2 and a.suspended_since is null {atAgreement}
            """);
        var visits = await ReadAsync($"""
            select count(*), count(*) filter (where exists (
                select 1 from {Events} v where v.stream_id = e.stream_id and v.type = 'visit_recorded' and {Stands("v")}
                    and v.data ->> 'on' between e.data ->> 'on' and to_char($2::date, 'YYYY-MM-DD')))
            from {Events} e join {CaseloadTable.Name} c on c.household = e.stream_id
            where e.type = 'visit_planned' and {Stands("e")} and (e.data ->> 'day')::date between $1 and $2 {atCase}
            """);
        // What debts a household has is not a sponsor's to find out.
        var loans = reach.Extents.All(e => e.Sight == Sight.Sponsor) && !reach.IsEverything ? [0, 0, 0, 0, 0] : await ReadAsync($"""
            select count(*), coalesce(sum(balance), 0), coalesce(sum(balance) filter (where late > 30), 0), coalesce(sum(balance) filter (where late > 90), 0), coalesce(sum(overdue), 0)
            from (
                select distinct on (e.data ->> 'supportId') (e.data ->> 'balance')::numeric as balance, (e.data ->> 'overdue')::numeric as overdue, (e.data ->> 'daysOverdue')::int as late
                from {Events} e join {CaseloadTable.Name} c on c.household = e.stream_id
                where e.type = 'loan_status_reported' and {Stands("e")} and (e.data ->> 'on')::date <= $2 {atCase}
                order by e.data ->> 'supportId', e.data ->> 'on' desc, e.version desc) l
            where balance > 0
            """);

        var asked = conditions[0] - conditions[3];
        List<IndicatorFigure> figures =
        [
            Of(SupportIndicator.ComplianceByCondition, (long)asked, conditions[1], asked),
            Of(SupportIndicator.ComplianceByHousehold, (long)conditions[4], conditions[5], conditions[4]),
            Of(SupportIndicator.MetLate, (long)asked, conditions[2], asked),
            Of(SupportIndicator.EndedOnTime, (long)ended[0], ended[1], ended[0]),
            Of(SupportIndicator.MilestonesOnTime, (long)conditions[0], conditions[1], conditions[0]),
            Of(SupportIndicator.PlannedContacts, (long)visits[0], visits[1], visits[0]),
            Of(SupportIndicator.PortfolioAtRisk30, (long)loans[0], loans[2], loans[1]),
            Of(SupportIndicator.PortfolioAtRisk90, (long)loans[0], loans[3], loans[1]),
            Of(SupportIndicator.OverdueShare, (long)loans[0], loans[4], loans[1]),
            new(SupportIndicator.CurrentRecovery, null, null, null, null, NoFigure.NotRecorded),
        ];
        return new(place, from, to, through, published is null ? figures : [.. figures.Select(Published)]);

        async Task<decimal[]> ReadAsync(string sql)
        {
            await using var command = source.CreateCommand(sql);
            foreach (var (p, i) in parameters.Select((p, i) => (p, i)))
            {
                var used = System.Text.RegularExpressions.Regex.IsMatch(sql, $@"\${i + 1}(?!\d)");
                command.Parameters.Add(used ? p.Clone() : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            }
            await using var r = await command.ExecuteReaderAsync(cancellation);
            await r.ReadAsync(cancellation);
            return [.. Enumerable.Range(0, r.FieldCount).Select(i => r.GetFieldValue<decimal>(i))];
        }
    }

    private const string Events = StoreSchema.Name + ".mt_events";

    /// <summary>The fact is neither annulled nor withdrawn with its import.</summary>
    internal static string Stands(string e) => $"""
        not exists (select 1 from {Events} x where x.stream_id = {e}.stream_id
            and ((x.type = 'fact_annulled' and (x.data ->> 'fact')::int = {e}.version) or (x.type = 'import_withdrawn' and {e}.correlation_id = '{HouseholdProjection.ImportPrefix}' || (x.data ->> 'import'))))
        """;

    private static IndicatorFigure Of(SupportIndicator indicator, long n, decimal numerator, decimal denominator) =>
        denominator == 0
            ? new(indicator, n, numerator, denominator, null, NoFigure.NoData)
            : new(indicator, n, numerator, denominator, Math.Round(numerator / denominator * 100, 1, MidpointRounding.AwayFromZero), null);

    /// <summary>Each household stands for five. Of balances only the share is published: an amount is known to the bank that lent it.</summary>
    private static IndicatorFigure Published(IndicatorFigure figure)
    {
        var n = figure.N * CellRounding.Base;
        if (figure.Missing is null && n < DisclosureRule.Report.MinimumDenominator) return new(figure.Indicator, null, null, null, null, NoFigure.Withheld);
        return figure.Indicator is SupportIndicator.PortfolioAtRisk30 or SupportIndicator.PortfolioAtRisk90 or SupportIndicator.OverdueShare
            ? figure with { N = n, Numerator = null, Denominator = null }
            : figure with { N = n, Numerator = figure.Numerator * CellRounding.Base, Denominator = figure.Denominator * CellRounding.Base };
    }
}
