using System.Text.Json;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Api.Description;
using YenBai.Cases.Web.Components.Access;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api;

/// <param name="Until">The instant from which it holds no more.</param>
/// <param name="Proposed">It waits for a second person and does not hold.</param>
public sealed record GrantView(
    Guid Id, Role Role, string? Place, string? PlaceName, string? Hamlet, IReadOnlyList<string> Households, DateTimeOffset From, DateTimeOffset? Until, bool Holds,
    bool Emergency, string? GivenBy, string? Reason, bool Proposed = false);

/// <summary>A change that waits for a second person.</summary>
/// <param name="Kind">grant, revoke, disable, enable.</param>
/// <param name="Grant">The grant that it is about.</param>
/// <param name="MayApprove">Whether the one who reads may be the second person.</param>
public sealed record ProposalView(Guid Id, string Kind, Guid? Grant, string ProposedBy, DateTimeOffset ProposedAt, string? Reason, bool MayApprove);

/// <param name="State">active, disabled, no_password; none for a staff code without an account.</param>
public sealed record AccountView(string UserName, string? FullName, string? State, IReadOnlyList<GrantView> Grants, IReadOnlyList<ProposalView> Proposals);

/// <param name="From">The first day; today when left out.</param>
/// <param name="Until">The last day; none for no end.</param>
public sealed record GrantBody(Role? Role, string? Place, string? Hamlet, IReadOnlyList<string>? Households, DateOnly? From, DateOnly? Until, string? Reason);

public sealed record ReasonBody(string? Reason);

/// <param name="Until">Until when the household stands open.</param>
public sealed record GlassView(string Code, DateTimeOffset Until);

/// <summary>Accounts and what is granted to them; and opening a household in an emergency.</summary>
public static class StaffEndpoints
{
    public static void MapStaff(this RouteGroupBuilder api)
    {
        api.MapGet("/accounts", ListAsync).Needs(Operation.ManageAccounts).Produces<PageOf<AccountView>>();
        api.MapGet("/accounts/{user}", GetAsync).Needs(Operation.ManageAccounts).Produces<AccountView>().ProducesProblem(404);
        Write(api.MapPost("/accounts/{user}/grants", GrantAsync)).Accepts<GrantBody>("application/json");
        Write(api.MapPost("/accounts/{user}/grants/{id:guid}/revoke", RevokeAsync)).Accepts<ReasonBody>("application/json");
        Write(api.MapPost("/accounts/{user}/disable", (string user, HttpRequest request, StaffOffice office, PlaceCatalog places, TimeProvider clock, Problems problems, CancellationToken cancellation) =>
            SetDisabledAsync(user, true, request, office, places, clock, problems, cancellation))).Accepts<ReasonBody>("application/json");
        Write(api.MapPost("/accounts/{user}/enable", (string user, HttpRequest request, StaffOffice office, PlaceCatalog places, TimeProvider clock, Problems problems, CancellationToken cancellation) =>
            SetDisabledAsync(user, false, request, office, places, clock, problems, cancellation))).Accepts<ReasonBody>("application/json");
        Write(api.MapPost("/accounts/{user}/proposals/{id:guid}/approve", ApproveAsync)).Accepts<ReasonBody>("application/json");
        Write(api.MapPost("/accounts/{user}/proposals/{id:guid}/refuse", RefuseAsync)).Accepts<ReasonBody>("application/json");
        api.MapPost("/households/{code}/break-glass", BreakGlassAsync).WithMetadata(new WritesAttribute()).Needs(Operation.BreakGlass).WithName("break-glass")
            .Accepts<ReasonBody>("application/json").Produces<GlassView>().ProducesProblem(404).ProducesProblem(422);

        // 202: it was proposed, and waits for a second person.
        static RouteHandlerBuilder Write(RouteHandlerBuilder route) =>
            route.WithMetadata(new WritesAttribute()).Needs(Operation.ManageAccounts).Produces<AccountView>().Produces<AccountView>(StatusCodes.Status202Accepted).ProducesProblem(404).ProducesProblem(422);
    }

    private static async Task<IResult> ListAsync(string? search, HttpContext http, StaffOffice office, PlaceCatalog places, TimeProvider clock, CancellationToken cancellation)
    {
        var lines = await office.ListAsync(http.Actor(), search, cancellation);
        var now = clock.Now();
        return TypedResults.Ok(new PageOf<AccountView>(lines.Count, [.. lines.Select(l => new AccountView(
            l.UserName, l.FullName, l.State is { } state ? Wording.Code(state) : null, [.. l.Now.Select(g => View(g, [], null, null, now, places))], [.. l.Proposals.Select(View)]))]));
    }

    private static async Task<IResult> GetAsync(string user, HttpContext http, StaffOffice office, PlaceCatalog places, TimeProvider clock, Problems problems, CancellationToken cancellation) =>
        await office.FindAsync(http.Actor(), user, cancellation) is { } file ? TypedResults.Ok(View(file, clock.Now(), places)) : problems.Of(404, "unknown_account", null, user);

    private static async Task<IResult> GrantAsync(
        string user, HttpRequest request, StaffOffice office, StaffDesk desk, PlaceCatalog places, TimeProvider clock, Problems problems, CancellationToken cancellation)
    {
        var who = request.HttpContext.Actor();
        var (body, key, problem) = await ReadAsync<GrantBody>(request, problems, cancellation);
        if (problem is not null) return problem;
        if (await office.FindAsync(who, user, cancellation) is null) return problems.Of(404, "unknown_account", null, user);
        if (body!.Role is not { } role) return problems.Of(422, "required", "role");
        var asked = new GrantRequest(role, body.Place, body.Hamlet, body.Households ?? [], body.From, body.Until, body.Reason ?? "");
        var id = Ids.Named(StaffMember.IdOf(who.Name), key!);
        return await AnsweredAsync(await desk.GrantAsync(who, user, asked, cancellation, id), user, p => p.Id == id, request, office, places, clock, problems, cancellation);
    }

    private static async Task<IResult> RevokeAsync(
        string user, Guid id, HttpRequest request, StaffOffice office, StaffDesk desk, PlaceCatalog places, TimeProvider clock, Problems problems, CancellationToken cancellation)
    {
        var who = request.HttpContext.Actor();
        var (body, _, problem) = await ReadAsync<ReasonBody>(request, problems, cancellation);
        if (problem is not null) return problem;
        if (await office.FindAsync(who, user, cancellation) is null) return problems.Of(404, "unknown_account", null, user);
        return await AnsweredAsync(await desk.RevokeAsync(who, user, id, body!.Reason ?? "", cancellation), user, p => p.GrantId == id, request, office, places, clock, problems, cancellation);
    }

    private static async Task<IResult> SetDisabledAsync(
        string user, bool disabled, HttpRequest request, StaffOffice office, PlaceCatalog places, TimeProvider clock, Problems problems, CancellationToken cancellation)
    {
        var who = request.HttpContext.Actor();
        var (body, _, problem) = await ReadAsync<ReasonBody>(request, problems, cancellation);
        if (problem is not null) return problem;
        if (await office.FindAsync(who, user, cancellation) is null) return problems.Of(404, "unknown_account", null, user);
        var kind = disabled ? ProposalKind.Disable : ProposalKind.Enable;
        return await AnsweredAsync(await office.SetDisabledAsync(who, user, disabled, body!.Reason ?? "", cancellation), user, p => p.Kind == kind, request, office, places, clock, problems, cancellation);
    }

    private static async Task<IResult> ApproveAsync(
        string user, Guid id, HttpRequest request, StaffOffice office, PlaceCatalog places, TimeProvider clock, Problems problems, CancellationToken cancellation)
    {
        var who = request.HttpContext.Actor();
        var (_, _, problem) = await ReadAsync<ReasonBody>(request, problems, cancellation);
        if (problem is not null) return problem;
        if (await office.FindAsync(who, user, cancellation) is null) return problems.Of(404, "unknown_account", null, user);
        return await AnsweredAsync(await office.ApproveAsync(who, user, id, cancellation), user, _ => false, request, office, places, clock, problems, cancellation);
    }

    private static async Task<IResult> RefuseAsync(
        string user, Guid id, HttpRequest request, StaffOffice office, StaffDesk desk, PlaceCatalog places, TimeProvider clock, Problems problems, CancellationToken cancellation)
    {
        var who = request.HttpContext.Actor();
        var (body, _, problem) = await ReadAsync<ReasonBody>(request, problems, cancellation);
        if (problem is not null) return problem;
        if (await office.FindAsync(who, user, cancellation) is null) return problems.Of(404, "unknown_account", null, user);
        return await AnsweredAsync(await desk.RefuseAsync(who, user, id, body!.Reason ?? "", cancellation), user, _ => false, request, office, places, clock, problems, cancellation);
    }

    private static async Task<IResult> AnsweredAsync(
        Refusal? refusal, string user, Func<StaffProposal, bool> isThis, HttpRequest request, StaffOffice office, PlaceCatalog places, TimeProvider clock, Problems problems, CancellationToken cancellation)
    {
        if (refusal is not null) return problems.Of(refusal);
        if (await office.FindAsync(request.HttpContext.Actor(), user, cancellation) is not { } file) return TypedResults.NoContent();
        var view = View(file, clock.Now(), places);
        return file.Proposals.Any(p => isThis(p.Proposal)) ? TypedResults.Json(view, statusCode: StatusCodes.Status202Accepted) : TypedResults.Ok(view);
    }

    private static async Task<IResult> BreakGlassAsync(string code, HttpRequest request, EmergencyAccess emergencies, StaffDesk desk, Problems problems, CancellationToken cancellation)
    {
        var who = request.HttpContext.Actor();
        var (body, _, problem) = await ReadAsync<ReasonBody>(request, problems, cancellation);
        if (problem is not null) return problem;
        var refusal = await emergencies.OpenAsync(who, code, body!.Reason ?? "", cancellation);
        if (refusal is { Code: "unknown_household" }) return problems.Of(404, refusal.Code, null, code);
        // Who asks again while it stands open is told the same.
        var opened = (await desk.ActorAsync(who.Name, who.From, cancellation)).Grants.FirstOrDefault(g => g.Emergency && g.Households.Contains(Ids.Household(code)));
        if (refusal is not null && !(refusal.Code == "already_yours" && opened is not null)) return problems.Of(refusal);
        return TypedResults.Ok(new GlassView(code, opened!.Until!.Value));
    }

    private static AccountView View(AccountFile file, DateTimeOffset now, PlaceCatalog places) => new(
        file.UserName, file.FullName, file.State is { } state ? Wording.Code(state) : null,
        [.. file.Grants.Select(g => View(g.Grant, g.Households, g.By, g.Reason, now, places, g.Proposed))], [.. file.Proposals.Select(View)]);

    private static ProposalView View(OpenProposal p) =>
        new(p.Proposal.Id, Wording.Code(p.Proposal.Kind), p.Proposal.Grant?.Id ?? p.Proposal.GrantId, p.Proposal.By, p.Proposal.At, p.Reason, p.MayDecide);

    private static GrantView View(Grant g, IReadOnlyList<string> households, string? by, string? reason, DateTimeOffset now, PlaceCatalog places, bool proposed = false) => new(
        g.Id, g.Role, g.Place, g.Place is { } place ? places.Get(place)?.Name : null, g.Hamlet, households, g.From, g.Until, !proposed && g.HoldsAt(now), g.Emergency, by, reason, proposed);

    internal static async Task<(T? Body, string? Key, IResult? Problem)> ReadAsync<T>(HttpRequest request, Problems problems, CancellationToken cancellation) where T : class
    {
        if (request.Headers["Idempotency-Key"].ToString().Trim() is not { Length: > 0 and <= 200 } key) return (null, null, problems.Of(400, "idempotency_key_required"));
        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(request.Body, ApiJson.Options, cancellation);
            return body is null ? (null, null, problems.Of(400, "body_malformed")) : (body, key, null);
        }
        catch (JsonException e)
        {
            var field = e.Path?.TrimStart('$', '.');
            return (null, null, problems.Of(400, "body_malformed", string.IsNullOrEmpty(field) ? null : field));
        }
    }
}
