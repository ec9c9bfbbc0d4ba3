using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Identity;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Hosting;

namespace YenBai.Cases.Web.Accounts;

/// <summary>Who must have a second factor is led to set one up before any other page.</summary>
public static class SecondFactor
{
    public static bool IsRequiredOf(HttpContext context) => context.Features.Get<Actor>()?.Has(Role.Administrator) == true;

    /// <summary>After the gate, which knows what was granted: who keeps the accounts of others must keep their own well.</summary>
    public static void UseSecondFactor(this WebApplication app) => app.Use(async (context, next) =>
    {
        // A program that brings a token reads no page of ours.
        if (context.User.Identity is { IsAuthenticated: true, AuthenticationType: Schemes.Cookie, Name: { } userName }
            && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            && !context.Request.Path.StartsWithSegments("/tai-khoan")
            && IsRequiredOf(context)
            && !await context.RequestServices.GetRequiredService<StoreKind>().IsDemonstrationAsync()
            && await context.RequestServices.GetRequiredService<UserManager<StaffAccount>>().FindByNameAsync(userName) is { TwoFactorEnabled: false })
            context.Response.Redirect(Schemes.SecondFactorPath);
        else await next(context);
    });
}
