using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Api;

namespace YenBai.Cases.Web.Hosting;

/// <summary>What an endpoint or a page needs of whoever asks; without an operation, only to be somebody.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute : Attribute
{
    public NeedsAttribute() { }

    public NeedsAttribute(Operation operation) => Operation = operation;

    public Operation? Operation { get; }
}

/// <summary>
/// The gate: who is nobody gets no further than signing in, who owes a second factor no further than setting it up, and what no
/// grant allows is not begun. How far an operation
/// reaches is decided where the work is done.
/// </summary>
public static class AccessControl
{
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Operation operation) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new NeedsAttribute(operation));

    public static TBuilder NeedsSignIn<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new NeedsAttribute());

    /// <summary>Who asks. Only behind the gate.</summary>
    public static Actor Actor(this HttpContext context) =>
        context.Features.Get<Actor>() ?? throw new InvalidOperationException("The gate was not passed.");

    /// <summary>After authentication.</summary>
    public static void UseAccessControl(this WebApplication app) => app.Use(PassAsync);

    private static async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        // What is not there is not there for anybody.
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(context);
            return;
        }
        if (context.User.Identity is not { IsAuthenticated: true, Name: { Length: > 0 } name })
        {
            await ChallengeAsync(context);
            return;
        }
        var actor = await context.RequestServices.GetRequiredService<StaffDesk>().ActorAsync(name, context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted);
        context.Features.Set(actor);
        var standing = await context.RequestServices.GetRequiredService<SecondFactor>().StandingAsync(context.User, actor);
        context.Features.Set(new SecondFactorNotice.Standing(standing));
        if (standing.Duty == SecondFactorDuty.Needed && endpoint.Metadata.GetMetadata<WithoutSecondFactorAttribute>() is null)
        {
            await SecondFactor.RefuseAsync(context);
            return;
        }
        // An endpoint that does not say what it needs is nobody's; the circuit of a page says it page by page, and what routing
        // itself answers (a wrong method, a wrong kind of body) tells nothing.
        var needs = endpoint.Metadata.GetMetadata<NeedsAttribute>()
            ?? (endpoint is not RouteEndpoint || endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null || context.Request.Path.StartsWithSegments("/_blazor") ? new NeedsAttribute() : null);
        if (needs is null || (needs.Operation is { } operation && !actor.May(operation)))
        {
            if (ApiErrors.Concern(context)) await context.RequestServices.GetRequiredService<Problems>().Of(StatusCodes.Status403Forbidden, "not_permitted").ExecuteAsync(context);
            else context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        await next(context);
    }

    /// <summary>A program is told that it must sign in; a person is led to where they can.</summary>
    private static async Task ChallengeAsync(HttpContext context)
    {
        if (!ApiErrors.Concern(context))
        {
            await context.ChallengeAsync();
            return;
        }
        await Door.NotSignedIn(context);
    }
}

/// <summary>Who uses a page: asked anew each time, so that a grant that ended is felt at the next click.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, StaffDesk desk, SecondFactor secondFactor, IHttpContextAccessor http)
{
    private readonly string? from = http.HttpContext?.Connection.RemoteIpAddress?.ToString();

    /// <summary>Somebody with no grant where nobody is signed in, or where a second factor is owed: a circuit may be older than the duty.</summary>
    /// <param name="look">The look at a page that the question belongs to (<see cref="Actor.Look"/>).</param>
    public async Task<Actor> GetAsync(CancellationToken cancellation = default, Guid? look = null)
    {
        var person = (await authentication.GetAuthenticationStateAsync()).User;
        if (person.Identity is not { IsAuthenticated: true, Name: { Length: > 0 } name }) return WithoutGrants("");
        var actor = await desk.ActorAsync(name, from, cancellation);
        if ((await secondFactor.StandingAsync(person, actor)).Duty == SecondFactorDuty.Needed) actor = WithoutGrants(name);
        actor.Look = look;
        return actor;
    }

    private static Actor WithoutGrants(string name) => new(name, [], DateTimeOffset.UnixEpoch, Places.PlaceCatalog.Default);
}
