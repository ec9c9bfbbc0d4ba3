using Marten;
using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Caseload;
using YenBai.Cases.Commands;
using YenBai.Cases.Decisions;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Disclosure;
using YenBai.Cases.Erasure;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Export;
using YenBai.Cases.Import;
using YenBai.Cases.Ledger;
using YenBai.Cases.Listing;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Movements;
using YenBai.Cases.Needs;
using YenBai.Cases.Outcomes;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Privacy;
using YenBai.Cases.Records;
using YenBai.Cases.RowLevel;
using YenBai.Cases.Sponsors;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;
using YenBai.Cases.Watch;
using YenBai.Cases.WhatIf;
using YenBai.Cases.Work;

namespace YenBai.Cases.Composition;

/// <summary>The domain and its use cases on one store.</summary>
public static class Configuration
{
    /// <param name="erasures">The file with the list of erasures, which outlives the store.</param>
    public static MartenServiceCollectionExtensions.MartenConfigurationExpression AddCases(this IServiceCollection services, string connectionString, string erasures)
    {
        services.AddSingleton(_ => new ErasureList(erasures));
        // From the lowest folder to the highest. Read models are written in the order in which they are added here.
        services
            .AddPlaces()
            .AddRecords()
            .AddAccess()
            .AddStandards()
            .AddMaintenance()
            .AddCommands()
            .AddCaseFiles()
            .AddLedger()
            .AddDisclosure()
            .AddListing()
            .AddPrivacy()
            .AddCaseload()
            .AddNeeds()
            .AddSponsors()
            .AddSupport()
            .AddPlan()
            .AddDecisions()
            .AddImport()
            .AddExport()
            .AddErasure()
            .AddDemonstration()
            .AddWhatIf()
            .AddExitDurability()
            .AddMovements()
            .AddOutcomes()
            .AddRowLevel()
            .AddWatch()
            .AddWork();
        return services.AddCasesStore(connectionString);
    }
}
