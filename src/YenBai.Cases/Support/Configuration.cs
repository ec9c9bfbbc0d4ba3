using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Records;

namespace YenBai.Cases.Support;

public static class SupportConfiguration
{
    public static IServiceCollection AddSupport(this IServiceCollection services)
    {
        services.AddSingleton<Attachments>();
        services.AddSingleton<ClockWork>();
        services.AddSingleton<SupportQuery>();
        services.AddSingleton<SupportIndicators>();
        services.AddSingleton<BulkChange>();
        services.AddSingleton<IReadModel, SupportModel>();
        services.AddSingleton(new StoreSetup(o =>
        {
            o.Schema.For<Attachment>().DocumentAlias("attachment").Index(x => x.HouseholdId);
            o.Schema.For<AttachmentContent>().DocumentAlias("attachment_content").Index(x => x.HouseholdId);
            o.Storage.ExtendedSchemaObjects.Add(ReminderTable.Definition);
        }));
        return services;
    }
}
