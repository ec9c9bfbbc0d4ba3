using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Caseload;
using YenBai.Cases.Commands;
using YenBai.Cases.Decisions;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Erasure;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Export;
using YenBai.Cases.Import;
using YenBai.Cases.Ledger;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Movements;
using YenBai.Cases.Outcomes;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Privacy;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;
using YenBai.Cases.WhatIf;

namespace YenBai.Cases.Composition;

/// <summary>The domain and its use cases on one store.</summary>
public static class Configuration
{
    /// <param name="erasures">The file with the list of erasures, which outlives the store.</param>
    public static MartenServiceCollectionExtensions.MartenConfigurationExpression AddCases(this IServiceCollection services, string connectionString, string erasures)
    {
        services.AddSingleton(_ => new ErasureList(erasures));
        services.AddSingleton(_ => PlaceCatalog.Default);
        services.AddSingleton<IReadModel, LedgerModel>();
        services.AddSingleton<IReadModel, CaseloadModel>();
        services.AddSingleton<IReadModel, Needs.WishModel>();
        services.AddSingleton<IReadModel, Sponsors.SponsorshipModel>();
        services.AddSingleton<IReadModel, SupportModel>();
        services.AddSingleton<Freshness>();
        services.AddSingleton<Rebuild>();
        services.AddSingleton<Verification>();
        services.AddSingleton<StaffDesk>();
        services.AddSingleton<StaffHistory>();
        services.AddSingleton<EmergencyAccess>();
        services.AddSingleton<EmergencyNotices>();
        services.AddSingleton<ReadLog>();
        services.AddSingleton<ReadingAlarms>();
        services.TryAddSingleton(ReadingLimits.Default);
        services.AddSingleton<Pseudonyms>();
        services.AddSingleton<CaseReader>();
        services.AddSingleton<Attachments>();
        services.AddSingleton<CaseloadQuery>();
        services.AddSingleton<LatestFacts>();
        services.AddSingleton<Needs.NeedQuery>();
        services.AddSingleton<Sponsors.SponsorQuery>();
        services.AddSingleton<CommandDesk>();
        services.AddSingleton<Reasons>();
        services.AddSingleton<Importer>();
        services.AddSingleton<RejectsReader>();
        services.AddSingleton<StoreProbe>();
        services.AddSingleton<PlanShelf>();
        services.AddSingleton<HamletQuery>();
        services.AddSingleton<PlanQuery>();
        services.AddSingleton<StandardShelf>();
        services.AddSingleton<WhatIfQuery>();
        services.AddSingleton<LedgerReader>();
        services.AddSingleton<Disclosure.RecordKeys>();
        services.AddSingleton<Disclosure.PublishedRegister>();
        services.AddSingleton<Disclosure.QuestionLog>();
        services.AddSingleton<ExitDesk>();
        services.AddSingleton<RowLevel.CoarseHouseholds>();
        services.AddSingleton<RowLevel.CoarseSpells>();
        services.AddSingleton<RowLevel.ReleasedRows>();
        services.AddSingleton<ReleaseService>();
        services.AddSingleton<MovementDesk>();
        services.AddSingleton<OutcomeDesk>();
        services.AddSingleton<DemonstrationLoader>();
        services.AddSingleton<HistoryExport>();
        services.AddSingleton<MarkBook>();
        services.AddSingleton<Withdrawal>();
        services.AddSingleton<Erasing>();
        services.AddSingleton<Erasures>();
        services.AddSingleton<PrivacyDuties>();
        services.AddSingleton<AccessReports>();
        services.AddSingleton<ClockWork>();
        services.AddSingleton<SupportQuery>();
        services.AddSingleton<SupportIndicators>();
        services.AddSingleton<BulkChange>();
        services.AddSingleton<Work.WorkQuery>();
        services.AddSingleton<PlaceCases>();
        services.AddSingleton<ReviewLists>();
        services.AddSingleton<LetterBatch>();
        services.AddSingleton<CommandBatch>();
        services.AddSingleton<Confirmations>();
        services.AddSingleton<ExitRequests>();
        services.AddSingleton<Commendations>();
        services.AddSingleton<Watch.WatchQuery>();
        return services.AddCasesStore(connectionString);
    }
}
