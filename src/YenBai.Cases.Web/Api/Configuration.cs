using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Api.Description;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Api;

/// <summary>The API: its services and its addresses.</summary>
internal static class Configuration
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<SpellsEndpoint>();
        services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions));
        services.AddApiDescription();
    }

    /// <summary>The group of the API, to which pages add their files.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api").AddEndpointFilter<RouteGroupBuilder, ParameterFilter>().AddEndpointFilter<RouteGroupBuilder, FreshFilter>();
        api.MapHouseholds();
        api.MapAttachments();
        api.MapPlan();
        api.MapPlanEntry();
        api.MapSupports();
        api.MapStandards();
        api.MapMovement();
        api.MapDurability();
        api.MapDecisions();
        api.MapOutcomes();
        api.MapNeeds();
        api.MapWatch();
        api.MapSponsors();
        api.MapStaff();
        api.MapReleases();
        api.MapAccounts();
        // Whatever else is asked of the API is answered as the API answers, not with a page.
        api.Map("/{**rest}", (HttpContext context, Problems problems) => context.Request.ContentType is null || context.Request.HasJsonContentType()
            ? problems.Of(StatusCodes.Status404NotFound, "unknown_address")
            : Door.Problem(context, StatusCodes.Status415UnsupportedMediaType, "json_only")).NeedsSignIn().ExcludeFromDescription();
        return api;
    }
}
