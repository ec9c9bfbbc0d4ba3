using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Caseload;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;
using YenBai.Cases.RowLevel;
using YenBai.Cases.Web.Api.Description;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api;

/// <summary>Households and the commands on them.</summary>
public static class HouseholdEndpoints
{
    public static void MapHouseholds(this RouteGroupBuilder api)
    {
        api.MapGet("/households", ListAsync).WithName("households").WithMetadata(new ReadsQueryAttribute("release")).Needs(Operation.FindHouseholds).Produces<PageOf<HouseholdItem>>().ProducesProblem(400).ProducesProblem(403);
        api.MapGet("/households/{code}", GetAsync).WithName("household").Needs(Operation.OpenHousehold).Produces<HouseholdView>().Produces(StatusCodes.Status304NotModified).ProducesProblem(404);
        api.MapGet("/households/{code}/events", EventsAsync).WithName("household-events").Needs(Operation.OpenHousehold).Produces<IReadOnlyList<EventView>>().ProducesProblem(403);
        api.MapPost("/households", RegisterAsync).WithName("register-household").WithMetadata(new WritesAttribute()).Needs(Operation.RecordWork).Accepts<RegisterHousehold>("application/json").Produces<CommandAnswer>(StatusCodes.Status201Created).ProducesProblem(422);
        foreach (var (name, type) in CommandCatalog.All)
            api.MapPost($"/households/{{code}}/{name}", (string code, HttpRequest request, CommandDesk desk, Problems problems, CancellationToken cancellation) =>
                    SubmitAsync(code, type, request, desk, problems, cancellation))
                .Needs(CommandCatalog.Of(type)!.Operation).WithMetadata(new WritesAttribute(version: true)).WithName(name).Accepts(type, "application/json").Produces<CommandAnswer>().ProducesProblem(409).ProducesProblem(422).ProducesProblem(428);
    }

    private static async Task<IResult> ListAsync(
        string? search, string? place, string? @class, string? standard, string? support, int? page, int? size, string? cursor,
        HttpContext http, CaseloadQuery query, CoarseHouseholds coarse, ReleasedRows released, PlaceCatalog places, Problems problems, TimeProvider clock, CancellationToken cancellation)
    {
        string? unit = null;
        if (!string.IsNullOrWhiteSpace(place))
        {
            unit = places.Resolve(place, clock.Today())?.Id;
            if (unit is null) return problems.Of(400, "unknown_place", "place", place);
        }
        PovertyClass? wanted = null;
        if (!string.IsNullOrWhiteSpace(@class))
        {
            if (!QueryValues.TryEnum<PovertyClass>(@class, out var parsed)) return problems.Of(400, "unknown_value", "class", @class);
            wanted = parsed;
        }
        if (!string.IsNullOrWhiteSpace(standard) && PovertyStandards.Find(standard) is null) return problems.Of(400, "unknown_value", "standard", standard);
        if (!string.IsNullOrWhiteSpace(support) && !CaseloadFilter.Supports.Contains(support)) return problems.Of(400, "unknown_value", "support", support);
        if (page is < 1) return problems.Of(400, "out_of_range", "page", 1, int.MaxValue);
        if (size is < 1 or > CaseloadQuery.LargestPage) return problems.Of(400, "out_of_range", "size", 1, CaseloadQuery.LargestPage);

        if (Paging.Wrong(page, cursor, problems) is { } both) return both;

        if (!http.Actor().ReachOf(Operation.FindHouseholds).Identifies)
            return await CoarseEndpoints.ListAsync(http, unit, wanted, Given(standard), page, size ?? 25, cursor, coarse, released, places, problems, clock, cancellation);

        // By pages the newest come first; by a cursor the order is one that no work changes.
        CaseloadCursor? after = null;
        if (!string.IsNullOrEmpty(cursor) && (after = CaseloadCursor.Parse(cursor)) is null) return problems.Of(400, "unknown_value", "cursor", cursor);
        var filter = new CaseloadFilter(search, unit, wanted, Given(standard), Given(support));
        var found = page is { } number
            ? await query.PageAsync(http.Actor(), filter, number, size ?? 25, cancellation)
            : await query.FromAsync(http.Actor(), filter, after, size ?? 25, cancellation);
        return TypedResults.Ok(new PageOf<HouseholdItem>(found.Total, [.. found.Items.Select(i => HouseholdItem.Of(i, places.Get(i.Place)?.Name ?? i.Place))], found.Next?.ToString()));
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static async Task<IResult> GetAsync(
        string code, DateOnly? asOf, DateOnly? knownAt, HttpContext http, CaseReader cases, CoarseHouseholds coarse, ReleasedRows released, PlaceCatalog places, Problems problems, TimeProvider clock, CancellationToken cancellation)
    {
        var who = http.Actor();
        if ((await cases.OpenAsync(who, code, cancellation) ?? await released.OpenAsync(who, code, cancellation)) is not { } file)
            return await coarse.FindAsync(who, code, cancellation) is var (row, vintage)
                ? TypedResults.Ok(CoarseHouseholdView.Of(row, vintage.AsOf, places))
                : problems.Of(404, "unknown_household", null, code);

        var day = asOf ?? clock.Today();
        var known = knownAt is { } k ? Days.EndOf(k) : clock.GetUtcNow();
        var state = file.Household.StateAt(day, known);
        if (state.Registration is not { } registration) return problems.Of(404, "unknown_household_then", null, code, day);

        var head = state.HeadId is { } id ? file.People.GetValueOrDefault(id) : null;
        var tag = TagOf(file, day, head);
        http.Response.Headers.ETag = $"\"{tag}\"";
        if (IsKnown(http.Request, tag)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);

        var judged = state.ClassOn(day);
        return TypedResults.Ok(new HouseholdView(
            file.Address, file.Household.Version, head?.Name,
            head is null ? null : new(head.Id, head.Name, head.Sex, head.BirthYear, head.IdNumber, head.Phone, head.Ethnicity, head.Erased),
            state.Unit, places.Get(state.Unit)?.Name ?? state.Unit, state.Hamlet, ClassOf(state, judged?.Class.Class), judged?.Standard, judged?.Class.Since,
            [.. state.Classes.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => new ClassView(c.Key, c.Value.Class, c.Value.Since, c.Value.DecisionNumber))],
            state.Status, state.StatusSince, state.Exits, state.LastExit, state.LastConfirmed, state.ExitRequest?.On, state.Supports, state.LastVisit, state.Members,
            state.Then, registration.On, day, known,
            [.. state.Consents.OrderBy(c => c.Key).Select(c => new ConsentView(c.Key, c.Value.Form, c.Value.Since))], state.Restriction?.Since));
    }

    /// <summary>Poor is who is on the list; who is gone has no class.</summary>
    private static PovertyClass? ClassOf(HouseholdState state, PovertyClass? judged) =>
        state.Status == ListStatus.Gone || (judged == PovertyClass.Poor && state.Status != ListStatus.Poor) ? null : judged;

    /// <summary>
    /// The version, which a write gives back in If-Match. Behind it stands what changes the answer without a new version: another standard
    /// than on the day of the last writing, corrections of the head by a register, another sight of the case.
    /// </summary>
    private static string TagOf(CaseFile file, DateOnly day, Person? head)
    {
        var version = file.Household.Version;
        var standard = PovertyStandards.InForce(day).Code;
        var written = file.Writings.TryGetValue(version, out var last) ? PovertyStandards.InForce(Days.DayOf(last.Stored)).Code : null;
        var corrections = head is null ? 0 : head.Superseded.Count - file.Household.Facts.Count(f => f.Event is PersonCorrected corrected && corrected.PersonId == head.Id);
        string[] behind = [standard == written ? "" : standard, corrections == 0 ? "" : $"head{corrections}", file.Sight == Sight.Full ? "" : Wording.Code(file.Sight)];
        return string.Join('.', behind.Where(b => b.Length > 0).Prepend(version.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Whether the reader has this answer already.</summary>
    private static bool IsKnown(HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch.SelectMany(h => (h ?? "").Split(',')).Any(known => Bare(known) == tag || known.Trim() == "*");

    private static async Task<IResult> EventsAsync(
        string code, HttpContext http, CaseReader cases, CoarseHouseholds coarse, ReleasedRows released, Problems problems, CancellationToken cancellation)
    {
        var who = http.Actor();
        if ((await cases.OpenAsync(who, code, cancellation) ?? await released.OpenAsync(who, code, cancellation)) is not { } file)
            return await coarse.FindAsync(who, code, cancellation) is null ? problems.Of(404, "unknown_household", null, code) : problems.Of(403, "release_needed");

        // A register may annul a fact twice; the first time it was done.
        var annulledBy = file.Household.Facts.Where(f => f.Event is FactAnnulled).GroupBy(f => ((FactAnnulled)f.Event).Fact).ToDictionary(g => g.Key, g => g.First().Id);
        return TypedResults.Ok(file.Household.Facts.Select(f => new EventView(
            f.Id, f.Version, Facts.NameOf(f.Event), f.Event.On, f.Event.Recorded, file.Sight == Sight.DeIdentified ? null : file.Writings[f.Version].Stored, file.Writings[f.Version].By, f.Import,
            JsonSerializer.SerializeToElement(f.Event, f.Event.GetType(), Json.Options), annulledBy.TryGetValue(f.Version, out var id) ? id : null)).ToList());
    }

    private static async Task<IResult> RegisterAsync(HttpRequest request, CommandDesk desk, Problems problems, CancellationToken cancellation)
    {
        if (Key(request) is not { } key) return problems.Of(400, "idempotency_key_required");
        var (command, missing, problem) = await BodyAsync(typeof(RegisterHousehold), request, problems, cancellation);
        if (problem is not null) return problem;
        if (missing is not null) return problems.Of(422, "required", missing);
        var received = await desk.RegisterAsync(request.HttpContext.Actor(), key, (RegisterHousehold)command!, cancellation);
        return Respond(received, request, problems, created: true);
    }

    private static async Task<IResult> SubmitAsync(
        string code, Type type, HttpRequest request, CommandDesk desk, Problems problems, CancellationToken cancellation)
    {
        if (Key(request) is not { } key) return problems.Of(400, "idempotency_key_required");
        if (Version(request) is not { } version)
            return request.Headers.IfMatch.Count == 0 ? problems.Of(428, "version_required") : problems.Of(400, "version_malformed", "If-Match");
        var (body, missing, problem) = await BodyAsync(type, request, problems, cancellation);
        if (problem is not null) return problem;
        var (who, command) = (request.HttpContext.Actor(), (HouseholdCommand)body!);
        if (missing is not null)
            return await desk.AdmitAsync(who, code, command, cancellation) is var admitted and not Reception.Accepted
                ? Respond(new(admitted), request, problems, created: false)
                : problems.Of(422, "required", missing);
        return Respond(await desk.SubmitAsync(who, code, version, key, command, cancellation), request, problems, created: false);
    }

    private static IResult Respond(Received received, HttpRequest request, Problems problems, bool created)
    {
        switch (received.Reception)
        {
            case Reception.NoSuchHousehold: return problems.NotTheirs(request.HttpContext.Actor(), (string)request.RouteValues["code"]!);
            case Reception.Stale: return problems.Of(409, "stale_version", "If-Match", received.CurrentVersion);
            case Reception.NotPermitted: return problems.Of(403, "not_permitted");
            case Reception.KeyReused: return problems.Of(422, "idempotency_key_reused");
            case Reception.Refused: return problems.Of(received.Answer!.Refusal!);
        }
        var answer = received.Answer!;
        var body = new CommandAnswer(answer.Code, answer.Version, [.. answer.Warnings, .. (List<string>)request.HttpContext.Items[Ignored]!]);
        request.HttpContext.Response.Headers.ETag = $"\"{answer.Version}\"";
        return created ? TypedResults.Created($"/api/households/{Uri.EscapeDataString(answer.Code)}", body) : TypedResults.Ok(body);
    }

    private const string Ignored = "ignored members";

    private static string? Key(HttpRequest request) =>
        request.Headers["Idempotency-Key"].ToString().Trim() is { Length: > 0 and <= 200 } key ? key : null;

    private static int? Version(HttpRequest request) =>
        VersionOf(request.Headers.IfMatch.ToString());

    private static int? VersionOf(string tag) =>
        int.TryParse(Bare(tag).Split('.')[0], System.Globalization.NumberStyles.None, null, out var version) ? version : null;

    /// <summary>Also where a proxy that packs answers has made the tag weak.</summary>
    private static string Bare(string tag)
    {
        tag = tag.Trim();
        return (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag).Trim('"');
    }

    private static async Task<(object? Command, string? Missing, IResult? Problem)> BodyAsync(Type type, HttpRequest request, Problems problems, CancellationToken cancellation)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellation);
            request.HttpContext.Items[Ignored] = ApiJson.Unknown(body.RootElement, type).Select(m => $"ignored_member:{m}").ToList();
            var command = body.Deserialize(type, ApiJson.Options);
            return command is null ? (null, null, problems.Of(400, "body_malformed")) : (command, ApiJson.Missing(body.RootElement, type), null);
        }
        catch (JsonException e)
        {
            var field = e.Path?.TrimStart('$', '.');
            return (null, null, problems.Of(400, "body_malformed", string.IsNullOrEmpty(field) ? null : field));
        }
    }
}
