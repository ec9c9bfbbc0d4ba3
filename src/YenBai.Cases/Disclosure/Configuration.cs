using Microsoft.Extensions.DependencyInjection;

namespace YenBai.Cases.Disclosure;

public static class DisclosureConfiguration
{
    public static IServiceCollection AddDisclosure(this IServiceCollection services)
    {
        services.AddSingleton<RecordKeys>();
        services.AddSingleton<PublishedRegister>();
        services.AddSingleton<QuestionLog>();
        services.AddSingleton(new StoreSetup(o => o.Schema.For<RecordKeySecret>().DocumentAlias("record_key_secret")));
        return services;
    }
}
