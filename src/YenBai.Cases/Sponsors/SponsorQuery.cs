using Marten;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Durability;
using YenBai.Cases.Households;
using YenBai.Cases.Needs;
using YenBai.Cases.Places;
using YenBai.Cases.Records;

namespace YenBai.Cases.Sponsors;

/// <summary>An agency with what it does, as far as somebody may see. What is withheld is none.</summary>
/// <param name="Households">By so many it stands today.</param>
/// <param name="Ever">By so many it stands or stood: n of all the other numbers.</param>
/// <param name="Pledged">VND, in all its time, of households of today and before.</param>
/// <param name="Visits">In the year.</param>
/// <param name="Left">Households that left poverty in the year.</param>
public sealed record SponsorRow(Sponsor Sponsor, long? Households, long? Ever, decimal? Pledged, decimal? Delivered, decimal? Verified, long? Visits, long? Left);

/// <summary>One promise and what came of it.</summary>
/// <param name="What">In words, for who may read notes.</param>
public sealed record SponsorPledge(Guid Id, string Instrument, decimal Amount, DateOnly Made, DateOnly By, DateOnly? Delivered, decimal? DeliveredAmount, DateOnly? Verified, string? What);

/// <summary>A household by which an agency stands, or stood.</summary>
/// <param name="Wanted">What it asked for and does not have.</param>
/// <param name="Others">What others give: the instruments of its supports, with since when.</param>
/// <param name="ClassThen">Its class at the end of the last year that is over: the result of that year.</param>
/// <param name="Chain">All who stood by it, one after the other.</param>
public sealed record SponsoredHousehold(
    Guid Id, string Code, string? HeadName, bool HeadErased, string Place, string? Hamlet, PovertyClass? Class, ListStatus Status, PovertyClass? ClassThen, Sponsorship Now,
    IReadOnlyList<Wished> Wanted, IReadOnlyList<SupportTaken> Others, IReadOnlyList<SponsorPledge> Pledges, IReadOnlyList<Sponsorship> Chain, DateOnly? LastVisit);

/// <summary>Sponsoring agencies and the households by which they stand.</summary>
public sealed class SponsorQuery(NpgsqlDataSource source, PublishedRegister register, QuestionLog questions, IDocumentStore store, PlaceCatalog places, ReadLog log)
{
    public async Task<IReadOnlyList<Sponsor>> AllAsync(CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return [.. (await session.Query<Sponsor>().ToListAsync(cancellation)).OrderBy(s => s.Id, StringComparer.Ordinal)];
    }

    /// <summary>Every agency that stands or stood by a household that they may see; for who may see all of the province, every one.</summary>
    public async Task<IReadOnlyList<SponsorRow>> ListAsync(Actor who, int year, CancellationToken cancellation)
    {
        var reach = who.ReachOf(Operation.ReadSupport);
        if (reach.IsNothing) return [];
        List<NpgsqlParameter> parameters = [new() { Value = new DateOnly(year, 1, 1) }, new() { Value = new DateOnly(year, 12, 31) }];
        var within = ReachSql.Within(reach.Extents, reach.IsEverything, places, parameters);
        if (!reach.Identifies)
        {
            parameters.Add(new() { Value = (await register.ReadAsync(cancellation)).Households });
            within = (within.Length == 0 ? "" : $"({within}) and ") + $"s.household = any(${parameters.Count})";
            await questions.AddAsync(who, $"sponsors {year}", cancellation);
        }
        await using var command = source.CreateCommand($"""
            select s.sponsor, count(distinct s.household) filter (where s.until is null), sum(s.pledged), sum(s.delivered), sum(s.verified),
                sum((select count(*) from unnest(s.visits) d where d between $1 and $2))::bigint,
                count(distinct s.household) filter (where exists (select 1 from unnest(s.exits) d where d between $1 and $2)), count(distinct s.household)
            from {SponsorshipTable.Name} s join {CaseloadTable.Name} c on c.household = s.household {(within.Length == 0 ? "" : "where " + within)} group by s.sponsor
            """);
        foreach (var p in parameters) command.Parameters.Add(p);
        var counted = new Dictionary<string, SponsorRow>();
        var agencies = (await AllAsync(cancellation)).ToDictionary(s => s.Id);
        await using var r = await command.ExecuteReaderAsync(cancellation);
        while (await r.ReadAsync(cancellation))
        {
            var agency = agencies.GetValueOrDefault(r.GetString(0)) ?? new(r.GetString(0), r.GetString(0), SponsorKind.Other, null);
            var row = new SponsorRow(agency, r.GetInt64(1), r.GetInt64(7), r.GetDecimal(2), r.GetDecimal(3), r.GetDecimal(4), r.GetInt64(5), r.GetInt64(6));
            counted[agency.Id] = reach.Identifies ? row : Published(row);
        }
        var idle = who.MayInProvince(Operation.ReadSupport) ? agencies.Values.Where(a => !counted.ContainsKey(a.Id)).Select(a => new SponsorRow(a, 0, 0, 0, 0, 0, 0, 0)) : [];
        return [.. counted.Values.Concat(idle).OrderBy(s => s.Sponsor.Id, StringComparer.Ordinal)];
    }

    /// <summary>Each household stands for five; amounts only where enough households are behind them.</summary>
    private static SponsorRow Published(SponsorRow row)
    {
        const int each = CellRounding.Base;
        var enough = row.Ever * each >= DisclosureRule.Report.MinimumDenominator;
        decimal? Amount(decimal? amount) => enough ? amount * each : null;
        return row with
        {
            Households = row.Households * each,
            Ever = row.Ever * each,
            Pledged = Amount(row.Pledged),
            Delivered = Amount(row.Delivered),
            Verified = Amount(row.Verified),
            Visits = row.Visits * each,
            Left = row.Left * each,
        };
    }

    /// <summary>The households of one agency, or of all, that somebody may see by name; whoever may not learn who anybody is is shown none.</summary>
    public async Task<IReadOnlyList<SponsoredHousehold>> HouseholdsAsync(Actor who, string? sponsor, DateOnly today, CancellationToken cancellation)
    {
        var reach = who.ReachOf(Operation.ReadSupport);
        if (!reach.Identifies) return [];
        List<NpgsqlParameter> parameters = [];
        List<string> where = [];
        if (sponsor is not null)
        {
            parameters.Add(new() { Value = sponsor });
            where.Add("s.sponsor = $1");
        }
        if (ReachSql.Within([.. reach.Extents.Where(e => e.Sight != Sight.DeIdentified)], reach.IsEverything, places, parameters) is { Length: > 0 } within) where.Add(within);
        List<Guid> ids = [];
        await using (var command = source.CreateCommand($"select distinct s.household from {SponsorshipTable.Name} s join {CaseloadTable.Name} c on c.household = s.household {(where.Count == 0 ? "" : "where " + string.Join(" and ", where))}"))
        {
            foreach (var p in parameters) command.Parameters.Add(p);
            await using var r = await command.ExecuteReaderAsync(cancellation);
            while (await r.ReadAsync(cancellation)) ids.Add(r.GetGuid(0));
        }
        await using var session = store.QuerySession();
        var found = await session.LoadManyAsync<Household>(cancellation, [.. ids]);
        var states = found.Select(h => (Household: h, State: h.Latest())).ToList();
        var heads = (await session.LoadManyAsync<Person>(cancellation, [.. states.Select(s => s.State.HeadId).OfType<Guid>()])).ToDictionary(p => p.Id);
        var notes = (await session.LoadManyAsync<Note>(cancellation, [.. states.SelectMany(s => s.State.Pledges.Values).Select(p => p.Made.WhatId).OfType<Guid>()])).ToDictionary(n => n.Id);
        IReadOnlyList<SponsoredHousehold> told =
        [
            .. from s in states
               let sight = who.SightOf(Operation.ReadSupport, Subjects.Of(s.Household, s.State))
               where sight is Sight.Full or Sight.Sponsor
               let one = Told(s.Household, s.State, sponsor, sight, today, s.State.HeadId is { } head ? heads.GetValueOrDefault(head) : null, notes)
               where one is not null
               orderby one.Now.Until is not null, one.Code
               select one,
        ];
        await log.AddAsync(who, ReadKind.Listed, reach.Most, told.Select(t => t.Id), Question.Of("sponsored", null, ("sponsor", sponsor)), cancellation);
        return told;
    }

    private static SponsoredHousehold? Told(
        Household household, HouseholdState state, string? sponsor, Sight sight, DateOnly today, Person? head, Dictionary<Guid, Note> notes)
    {
        var chain = Sponsorships.Of(household);
        if (chain.LastOrDefault(s => sponsor is null || s.Sponsor == sponsor) is not { } now) return null;
        // What debts a household has is no sponsor's to find out.
        bool Shown(string instrument) => sight == Sight.Full || Households.Instruments.FamilyOf(instrument) != "loan";
        var yearEnd = new DateOnly(today.Year - 1, 12, 31);
        return new(
            household.Id, household.Code, head?.Erased is null ? head?.Name : null, head?.Erased is not null, state.Unit, state.Hamlet, state.ClassOn(today)?.Class.Class, state.Status,
            household.StateAt(yearEnd, DateTimeOffset.MaxValue).ClassOn(yearEnd)?.Class.Class, now,
            [.. Wishes.Of(household).Where(w => w.State == WishState.Waiting && Shown(w.Instrument))],
            [.. state.Supports.Where(s => Shown(s.Instrument) && s.On.Year >= today.Year - 2 && !state.Agreements.Values.Any(a => a.Id == s.Id && a.Terms.Sponsor == now.Sponsor)).OrderByDescending(s => s.On)],
            [.. state.Pledges.Values.Where(p => sight == Sight.Full || p.Made.Sponsor == now.Sponsor).OrderBy(p => p.Made.On).Select(p => new SponsorPledge(
                p.Made.PledgeId, p.Made.Instrument, p.Made.Amount, p.Made.On, p.Made.By, p.Delivered?.On, p.Delivered?.Amount, p.Verified?.On,
                sight == Sight.Full && p.Made.WhatId is { } what ? notes.GetValueOrDefault(what)?.Text : null))],
            chain, state.LastVisit);
    }
}
