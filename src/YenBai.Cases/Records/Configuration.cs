using Microsoft.Extensions.DependencyInjection;
using Weasel.Postgresql.Tables;

namespace YenBai.Cases.Records;

public static class RecordsConfiguration
{
    public static IServiceCollection AddRecords(this IServiceCollection services)
    {
        services.AddSingleton(new StoreSetup(o =>
        {
            o.Schema.For<Person>().DocumentAlias("person").Index(x => x.HouseholdId).Index(x => x.IdNumber!)
                .Duplicate(x => x.SearchName, configure: i => { i.Method = IndexMethod.gin; i.Mask = "? gin_trgm_ops"; });
            o.Schema.For<Note>().DocumentAlias("note").Index(x => x.HouseholdId);
            o.Schema.For<Sponsor>().DocumentAlias("sponsor");
        }));
        return services;
    }
}
