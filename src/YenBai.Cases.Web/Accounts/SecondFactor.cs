using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using YenBai.Cases.Access;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Accounts;

/// <summary>On a page or an endpoint that serves to set up a second factor, or to sign out.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WithoutSecondFactorAttribute : Attribute;

/// <summary>
/// Whether somebody still owes a second factor. <c>Accounts:RequireSecondFactor=false</c> asks it of administrators alone. A demonstration
/// that this machine alone reaches asks it of nobody: everybody knows its passwords.
/// </summary>
public sealed class SecondFactor(IConfiguration configuration, StoreKind store, PublicAddress address, PlaceCatalog places, TimeProvider clock)
{
    public const string Setting = "Accounts:RequireSecondFactor", Code = "second_factor_needed";

    private readonly bool required = configuration.GetValue(Setting, true);

    public ValueTask<SecondFactorStanding> StandingAsync(ClaimsPrincipal person, Actor actor) => StandingAsync(Sessions.HasSecondFactor(person), Sessions.FirstSignInOf(person), actor);

    public async ValueTask<SecondFactorStanding> StandingAsync(bool proven, DateTimeOffset? firstSignIn, Actor actor)
    {
        var standing = SecondFactorPolicy.StandingOf(actor, proven, firstSignIn, clock.GetUtcNow(), required, places);
        return standing.Duty != SecondFactorDuty.None && address.IsLocalOnly && await store.IsDemonstrationAsync() ? default : standing;
    }

    /// <summary>A program gets the address where a person sets it up; a person who asks for a page is led there.</summary>
    public static Task RefuseAsync(HttpContext context)
    {
        if (ApiErrors.Concern(context)) return Problem(context).ExecuteAsync(context);
        if (HttpMethods.IsGet(context.Request.Method) && !context.Request.Path.StartsWithSegments("/_blazor")) context.Response.Redirect(Schemes.SecondFactorPath);
        else context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    public static ProblemHttpResult Problem(HttpContext context)
    {
        var problem = Door.Problem(context, StatusCodes.Status403Forbidden, Code);
        problem.ProblemDetails.Extensions["enrolAt"] = context.RequestServices.GetRequiredService<PublicAddress>().Value + Schemes.SecondFactorPath;
        return problem;
    }
}
