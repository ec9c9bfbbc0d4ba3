using Marten;
using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Caseload;
using YenBai.Cases.Commands;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Export;
using YenBai.Cases.Import;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Privacy;
using YenBai.Cases.Storage;

namespace YenBai.Cases;

/// <summary>The domain and its use cases on one store.</summary>
public static class Configuration
{
    /// <param name="erasures">The file with the list of erasures, which outlives the store.</param>
    public static MartenServiceCollectionExtensions.MartenConfigurationExpression AddCases(this IServiceCollection services, string connectionString, string erasures)
    {
        services.AddSingleton(_ => new ErasureList(erasures));
        services.AddSingleton(_ => PlaceCatalog.Default);
        services.AddSingleton<Freshness>();
        services.AddSingleton<Rebuild>();
        services.AddSingleton<Verification>();
        services.AddSingleton<StaffDesk>();
        services.AddSingleton<ReadLog>();
        services.AddSingleton<Pseudonyms>();
        services.AddSingleton<CaseReader>();
        services.AddSingleton<CaseloadQuery>();
        services.AddSingleton<LatestFacts>();
        services.AddSingleton<Needs.NeedQuery>();
        services.AddSingleton<Sponsors.SponsorQuery>();
        services.AddSingleton<CommandDesk>();
        services.AddSingleton<Reasons>();
        services.AddSingleton<Importer>();
        services.AddSingleton<StoreProbe>();
        services.AddSingleton<PlanShelf>();
        services.AddSingleton<PlanQuery>();
        services.AddSingleton<DemonstrationLoader>();
        services.AddSingleton<HistoryExport>();
        services.AddSingleton<MarkBook>();
        services.AddSingleton<Withdrawal>();
        services.AddSingleton<Erasing>();
        services.AddSingleton<Erasures>();
        services.AddSingleton<PrivacyDuties>();
        services.AddSingleton<AccessReports>();
        return services.AddCasesStore(connectionString);
    }
}
