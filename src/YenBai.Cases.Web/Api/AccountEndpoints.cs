using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Api.Description;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Api;

public sealed record LoginRequest(string UserName, string Password, string? Code = null);

public sealed record RefreshRequest(string RefreshToken);

/// <summary>Signing in and out for programs, and for pages that run in a browser.</summary>
public static class AccountEndpoints
{
    private const int LargestBody = 16 * 1024;

    public static void MapAccounts(this RouteGroupBuilder api)
    {
        // What is no JSON is answered here, not by whatever else would take it: so nothing is said of what is accepted.
        var door = api.MapGroup("").RequireRateLimiting(SignInLimit.Name).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ProducesProblem(401).ProducesProblem(429);
        door.MapPost("/login", LoginAsync).AllowAnonymous().WithMetadata(new SendsAttribute(typeof(LoginRequest))).WithName("login").Produces<AccessTokenResponse>().ProducesProblem(400).ProducesProblem(403);
        door.MapPost("/refresh", RefreshAsync).AllowAnonymous().WithMetadata(new SendsAttribute(typeof(RefreshRequest))).WithName("refresh").Produces<AccessTokenResponse>().ProducesProblem(400).ProducesProblem(403);
        door.MapPost("/logout", LogoutAsync).NeedsSignIn().WithMetadata(new WithoutSecondFactorAttribute()).WithName("logout").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> LoginAsync(bool? cookie, HttpContext context, SignInDesk desk, Sessions sessions, StaffDesk staff, SecondFactor secondFactor, Problems problems, CancellationToken cancellation)
    {
        var (request, problem) = await BodyAsync<LoginRequest>(context.Request, problems, cancellation);
        if (request is null) return problem!;

        var answer = await desk.PasswordAsync(request.UserName, request.Password, request.Code, SignInOrigin.Of(context), cancellation);
        if (answer.Outcome != SignInOutcome.Passed)
            return Door.Problem(context, 401, answer.Outcome == SignInOutcome.CodeNeeded ? "totp_required" : "sign_in_failed");
        // Nothing is given out with which anything could be asked; the page lets the person set it up.
        var actor = await staff.ActorAsync(answer.Account!.UserName!, null, cancellation);
        if ((await secondFactor.StandingAsync(answer.SecondFactor, answer.Account.FirstSignIn, actor)).Duty == SecondFactorDuty.Needed) return SecondFactor.Problem(context);
        var scheme = cookie == true ? Schemes.Cookie : Schemes.Token;
        var person = await sessions.StartAsync(answer.Account, answer.SecondFactor, Whence.Of(context), scheme, cancellation);
        if (cookie != true) return TypedResults.SignIn(person, authenticationScheme: scheme);
        await context.SignInAsync(scheme, person);
        return TypedResults.Ok(new object());
    }

    private static async Task<IResult> RefreshAsync(
        HttpContext context, Sessions sessions, StaffDesk staff, SecondFactor secondFactor, IOptionsMonitor<BearerTokenOptions> options, TimeProvider clock, Problems problems, CancellationToken cancellation)
    {
        var (request, problem) = await BodyAsync<RefreshRequest>(context.Request, problems, cancellation);
        if (request is null) return problem!;

        var ticket = options.Get(Schemes.Token).RefreshTokenProtector.Unprotect(request.RefreshToken);
        // A session from the days of grace is not renewed after them.
        if (ticket is not null && await sessions.CheckAsync(ticket.Principal, cancellation) is { Identity.Name: { } name } person
            && (await secondFactor.StandingAsync(person, await staff.ActorAsync(name, null, cancellation))).Duty == SecondFactorDuty.Needed)
            return SecondFactor.Problem(context);
        return ticket?.Properties.ExpiresUtc > clock.GetUtcNow() && await sessions.RenewAsync(ticket.Principal, cancellation) is { } renewed
            ? TypedResults.SignIn(renewed, authenticationScheme: Schemes.Token)
            : Door.Problem(context, 401, "sign_in_failed");
    }

    private static async Task<IResult> LogoutAsync(HttpContext context, Sessions sessions, CancellationToken cancellation)
    {
        await sessions.EndAsync(context.User, Sessions.IdOf(context.User)!.Value, cancellation);
        if (!Schemes.HasToken(context.Request))
        {
            await context.SignOutAsync(Schemes.Cookie);
            Door.ForgetInBrowser(context);
        }
        return TypedResults.NoContent();
    }

    private static async Task<(T? Body, IResult? Problem)> BodyAsync<T>(HttpRequest request, Problems problems, CancellationToken cancellation) where T : class
    {
        // A form of another site can send anything but this.
        if (!request.HasJsonContentType()) return (null, Door.Problem(request.HttpContext, StatusCodes.Status415UnsupportedMediaType, "json_only"));
        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(request.Body, Strict, cancellation);
            return body is null ? (null, problems.Of(400, "body_malformed")) : (body, null);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Door.Problem(request.HttpContext, e.StatusCode, "body_too_large"));
        }
        catch (JsonException e)
        {
            var field = e.Path?.TrimStart('$', '.');
            return (null, problems.Of(400, "body_malformed", string.IsNullOrEmpty(field) ? null : field));
        }
    }

    private static readonly JsonSerializerOptions Strict = new(ApiJson.Options) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };
}
