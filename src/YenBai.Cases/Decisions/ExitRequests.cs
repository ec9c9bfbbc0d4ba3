using Marten;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Records;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Decisions;

/// <summary>A household's own request to leave the list, not decided yet.</summary>
/// <param name="Wording">None where none was kept or where it was erased.</param>
/// <param name="ScoresSaid">What the last scores proposed when it was lodged.</param>
/// <param name="AfterTarget">The plan's target was set by then.</param>
public sealed record OpenRequest(
    NamedCase Case, HouseholdState Now, ExitRequested Request, string? Wording, string? Witness, string? Help, PovertyClass? ScoresSaid, bool AfterTarget, Grounds Grounds)
{
    /// <summary>To be looked at: asked for when a number was wanted, while the scores still said poor.</summary>
    public bool IsFlagged => AfterTarget && ScoresSaid == PovertyClass.Poor;
}

/// <summary>Whether requests pile up before the plan's last day: no proof of anything, a reason to look.</summary>
/// <param name="Before">Requests from the plan's first day until the last weeks.</param>
/// <param name="Within">Requests in the last weeks, as far as they have come.</param>
public sealed record Bunching(DateOnly From, DateOnly LastWeeksFrom, DateOnly Through, int Before, decimal? PerWeekBefore, int Within, decimal? PerWeekWithin, IReadOnlyList<(DateOnly Week, int Count)> Weeks)
{
    public const int Days = 60;
    private const int FewestToTell = 5;
    private const decimal Conspicuous = 2;

    public bool IsConspicuous => Within >= FewestToTell && PerWeekWithin is { } within && PerWeekBefore is { } before && within >= Conspicuous * before;

    public static Bunching Of(IReadOnlyCollection<DateOnly> requests, DateOnly from, DateOnly through, DateOnly today)
    {
        var last = through.AddDays(-Days + 1);
        var until = today < through ? today : through;
        var before = requests.Count(d => d >= from && d < last && d <= until);
        var within = requests.Count(d => d >= last && d <= until);
        var weeks = new List<(DateOnly, int)>();
        for (var week = last; week <= until; week = week.AddDays(7)) weeks.Add((week, requests.Count(d => d >= week && d < week.AddDays(7) && d <= until)));
        return new(from, last, through, before, PerWeek(before, from, last.AddDays(-1) < until ? last.AddDays(-1) : until), within, PerWeek(within, last, until), weeks);

        // Of less than a week nothing is said.
        static decimal? PerWeek(int count, DateOnly first, DateOnly end) => end.DayNumber - first.DayNumber + 1 is >= 7 and var days ? count * 7m / days : null;
    }
}

/// <summary>The year whose requests are counted: the period of its plan, or the calendar year where it has no plan.</summary>
/// <param name="Plan">The plan whose target counts; none where there is none.</param>
public sealed record RequestPeriod(int Year, DateOnly From, DateOnly Through, AnnualPlan? Plan)
{
    public static RequestPeriod Of(int year, AnnualPlan? plan) => new(year, plan?.From ?? new(year, 1, 1), plan?.Through ?? new(year, 12, 31), plan);
}

/// <param name="Years">The years that can be chosen, latest first.</param>
public sealed record RequestOverview(RequestPeriod Period, IReadOnlyList<int> Years, IReadOnlyList<OpenRequest> Open, Bunching Bunching);

/// <summary>The requests to leave the list, for those who decide on them.</summary>
public sealed class ExitRequests(
    NpgsqlDataSource source, IDocumentStore store, PlaceCases cases, PlanShelf shelf, StandardShelf standards, PlaceCatalog places, ReadLog log, TimeProvider clock)
{
    /// <param name="year">This year when left out, or when it is none of the years that can be chosen.</param>
    public async Task<RequestOverview> AskAsync(Actor who, string? place, int? year, CancellationToken cancellation)
    {
        var (today, book) = (clock.Today(), await standards.BookAsync(null, cancellation));
        var plans = await shelf.AllAsync(cancellation);
        var first = plans.Select(p => p.Year).Append(today.Year).Min();
        List<int> years = [.. Enumerable.Range(first, today.Year - first + 1).Reverse()];
        var asked = year is { } y && years.Contains(y) ? y : today.Year;
        var plan = plans.FirstOrDefault(p => p.Year == asked);
        var period = RequestPeriod.Of(asked, plan);

        var asking = await cases.ReadAsync(who, Operation.Decide, place, null, cancellation, "c.exit_requested");
        await using var session = store.QuerySession();
        var ids = asking.Select(c => c.Household.Id).ToArray();
        var notes = (await session.Query<Note>().Where(n => n.HouseholdId.In(ids)).ToListAsync(cancellation)).ToDictionary(n => n.Id, n => n.Text);
        var open = new List<OpenRequest>();
        foreach (var one in asking)
        {
            var now = one.Household.Latest();
            if (now.ExitRequest is not { } request) continue;
            var standard = PovertyStandards.InForce(request.On).Code;
            open.Add(new(
                one, now, request, Text(request.WordingId), Text(request.WitnessId), Text(request.HelpId),
                // A request from before scores were frozen on it.
                request.ScoresSaid ?? Grounds.LastScores(one.Household.StateAt(request.On, clock.Now()), standard, book, places),
                plan is not null && request.On >= plan.Date && request.On <= plan.Through, Grounds.Of(now, PovertyStandards.InForce(today).Code, book, places)));
        }
        await log.AddAsync(who, ReadKind.Listed, Sight.Full, open.Select(o => o.Case.Household.Id), Question.Of("requests", null, ("place", place), ("plan", asked)), cancellation);
        var bunching = Bunching.Of(await DaysAsync(who, place, period, cancellation), period.From, period.Through, today);
        return new(period, years, [.. open.OrderByDescending(o => o.IsFlagged).ThenBy(o => o.Request.On)], bunching);

        string? Text(Guid? note) => note is { } id ? notes.GetValueOrDefault(id) : null;
    }

    /// <summary>The days of all requests in a period, whatever came of them.</summary>
    private async Task<List<DateOnly>> DaysAsync(Actor who, string? place, RequestPeriod period, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select (e.data ->> 'on')::date, c.household, c.unit, c.hamlet, c.shared, c.restricted
            from {StoreSchema.Name}.mt_events e join {CaseloadTable.Name} c on c.household = e.stream_id
            where e.type = 'exit_requested' and e.data ->> 'on' between $1 and $2 and ($3::varchar[] is null or c.unit = any($3))
                and not exists (select 1 from {StoreSchema.Name}.mt_events a where a.stream_id = e.stream_id and a.type = 'fact_annulled' and (a.data ->> 'fact')::int = e.version)
            """);
        command.Parameters.Add(new() { Value = period.From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) });
        command.Parameters.Add(new() { Value = period.Through.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) });
        command.Parameters.Add(new() { Value = place is null ? DBNull.Value : places.Within(place).ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Varchar });
        var days = new List<DateOnly>();
        await using var r = await command.ExecuteReaderAsync(cancellation);
        while (await r.ReadAsync(cancellation))
            if (who.SightOf(Operation.Decide, new(r.GetGuid(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3), r.GetBoolean(4), r.GetBoolean(5))) == Sight.Full)
                days.Add(r.GetFieldValue<DateOnly>(0));
        return days;
    }
}
