using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace YenBai.Cases.Access;

public static class AccessConfiguration
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.TryAddSingleton(ReadingLimits.Default);
        services.AddSingleton<StaffDesk>();
        services.AddSingleton<StaffHistory>();
        services.AddSingleton<EmergencyAccess>();
        services.AddSingleton<EmergencyNotices>();
        services.AddSingleton<ReadLog>();
        services.AddSingleton<ReadingAlarms>();
        services.AddSingleton<Pseudonyms>();
        services.AddSingleton<ReleaseService>();
        services.AddSingleton(new StoreSetup(o =>
        {
            o.Schema.For<StaffMember>().DocumentAlias("staff_member").UseNumericRevisions(false);
            o.Schema.For<GlassBroken>().DocumentAlias("glass_broken");
            o.Schema.For<EmergencyAttempt>().DocumentAlias("emergency_attempt");
            o.Schema.For<PseudonymKey>().DocumentAlias("pseudonym_key");
            o.Storage.ExtendedSchemaObjects.Add(ReadLog.Definition);
        }));
        return services;
    }
}
