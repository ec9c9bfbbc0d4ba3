using Microsoft.AspNetCore.Components.Endpoints;
using YenBai.Cases.Access;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Web.Hosting;

/// <summary>Pages name indicators, causes and needs with the corrections made until they are requested, on this server or another.</summary>
public static class CurrentStandards
{
    /// <summary>After the access control: nobody else is shown a standard.</summary>
    public static void UseCurrentStandards(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Features.Get<Actor>() is not null && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            await context.RequestServices.GetRequiredService<StandardShelf>().BookAsync(null, context.RequestAborted);
        await next(context);
    });
}
