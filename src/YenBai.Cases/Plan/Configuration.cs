using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Plan;

public static class PlanConfiguration
{
    public static IServiceCollection AddPlan(this IServiceCollection services)
    {
        services.AddSingleton<PlanShelf>();
        services.AddSingleton<PlanQuery>();
        services.AddSingleton(new StoreSetup(o =>
        {
            o.Schema.For<StoredPlan>().DocumentAlias("stored_plan");
            o.Schema.For<PlanVersion>().DocumentAlias("plan_version");
        }));
        return services;
    }
}
