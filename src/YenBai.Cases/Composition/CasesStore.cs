using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Commands;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Erasure;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Ledger;
using YenBai.Cases.Listing;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Support;

namespace YenBai.Cases.Composition;

/// <summary>The one place where the store is set up and sessions come from.</summary>
public static class CasesStore
{
    /// <summary>The store with its projection daemon; on one store only one daemon projects, the others wait.</summary>
    /// <param name="connectionString">Of the run-time role, which may change no schema: what prepares the store does that before.</param>
    public static MartenServiceCollectionExtensions.MartenConfigurationExpression AddCasesStore(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(TimeProvider.System).AddSingleton(_ => NpgsqlDataSource.Create(connectionString))
            .AddSingleton(p => new ProjectorLease(p.GetRequiredService<NpgsqlDataSource>(), connectionString)).AddSingleton<ProjectionHost>();
        // It would write the values of a failed statement, names among them, into the log. What failed is told by the exception.
        services.AddLogging(l => l.AddFilter("Marten.IDocumentStore", LogLevel.None));
        var marten = services
            .AddMarten(provider =>
            {
                var options = new StoreOptions();
                Configure(options, provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), [.. provider.GetServices<IReadModel>()]);
                options.Listeners.Add(provider.GetRequiredService<Erasing>());
                return options;
            })
            .UseLightweightSessions()
            .AddAsyncDaemon(DaemonMode.ExternallyManaged);
        services.AddHostedService(provider => provider.GetRequiredService<ProjectionHost>());
        return marten;
    }

    public static void Configure(StoreOptions o, NpgsqlDataSource source, TimeProvider clock, IReadOnlyList<IReadModel> models)
    {
        o.Connection(source);
        o.DatabaseSchemaName = StoreSchema.Name;
        o.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, json => Json.Configure(json));
        o.AutoCreateSchemaObjects = AutoCreate.None;
        o.DisableNpgsqlLogging = true;

        o.Events.StreamIdentity = StreamIdentity.AsGuid;
        o.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps; // despite its name: the application's clock
        o.Events.TimeProvider = clock;
        o.Events.UseMandatoryStreamTypeDeclaration = true;
        // Without it a lost race burns a sequence number, and the daemon waits at the gap.
        o.Events.UseExclusiveLockOnConcurrentAppends = true;
        o.Events.EnableEventTypeIndex = true;
        o.Events.MetadataConfig.CorrelationIdEnabled = true;
        o.Events.MetadataConfig.CausationIdEnabled = true;
        o.Events.MetadataConfig.UserNameEnabled = true;
        foreach (var e in Facts.All) o.Events.MapEventType(e.Type, e.Name);
        foreach (var (type, name) in StaffEvents.Names) o.Events.MapEventType(type, name);

        o.Projections.Add(new HouseholdProjection(), ProjectionLifecycle.Inline);
        o.Projections.Add(new StaffProjection(), ProjectionLifecycle.Inline);
        // Together, so that every event is read once.
        o.Projections.CompositeProjectionFor("ReadModels", all =>
        {
            all.Options.BatchSize = 5000;
            all.Add(new LedgerProjection());
            all.Add(new CaseloadProjection(clock, models));
            all.Add(new SupportProjection());
        });
        // No poor household's event may be skipped: a projection that cannot go on stops, and readiness says so.
        o.Projections.Errors.SkipApplyErrors = o.Projections.Errors.SkipSerializationErrors = o.Projections.Errors.SkipUnknownEvents = false;
        o.Projections.RebuildErrors.SkipApplyErrors = o.Projections.RebuildErrors.SkipSerializationErrors = o.Projections.RebuildErrors.SkipUnknownEvents = false;
        // A number that is taken and not yet committed is waited for as long as the transaction that took it lives.
        o.Projections.UseTransactionEvidenceForGapSkipping = true;
        o.Projections.SkipStaleGapsDespiteLiveTransactionsAfter = null;
        o.Projections.FastPollingTime = TimeSpan.FromMilliseconds(100);
        o.Projections.SlowPollingTime = TimeSpan.FromMilliseconds(250);

        o.Schema.For<Household>().DocumentAlias("household").UseNumericRevisions(false);
        o.Schema.For<Person>().DocumentAlias("person").Index(x => x.HouseholdId).Index(x => x.IdNumber!)
            .Duplicate(x => x.SearchName, configure: i => { i.Method = IndexMethod.gin; i.Mask = "? gin_trgm_ops"; });
        o.Schema.For<StaffMember>().DocumentAlias("staff_member").UseNumericRevisions(false);
        o.Schema.For<GlassBroken>().DocumentAlias("glass_broken");
        o.Schema.For<EmergencyAttempt>().DocumentAlias("emergency_attempt");
        o.Schema.For<PseudonymKey>().DocumentAlias("pseudonym_key");
        o.Schema.For<Disclosure.RecordKeySecret>().DocumentAlias("record_key_secret");
        o.Schema.For<Note>().DocumentAlias("note").Index(x => x.HouseholdId);
        o.Schema.For<Attachment>().DocumentAlias("attachment").Index(x => x.HouseholdId);
        o.Schema.For<AttachmentContent>().DocumentAlias("attachment_content").Index(x => x.HouseholdId);
        o.Schema.For<Receipt>().DocumentAlias("receipt");
        o.Schema.For<ImportRun>().DocumentAlias("import_run");
        o.Schema.For<StoredMark>().DocumentAlias("place_mark");
        o.Schema.For<DemonstrationMark>().DocumentAlias("demonstration_mark");
        o.Schema.For<Review>().DocumentAlias("review");
        o.Schema.For<UnitTotal>().DocumentAlias("unit_total");
        o.Schema.For<Decisions.Commendation>().DocumentAlias("commendation");
        o.Schema.For<Records.Sponsor>().DocumentAlias("sponsor");
        o.Schema.For<Plan.StoredPlan>().DocumentAlias("stored_plan");
        o.Schema.For<Plan.PlanVersion>().DocumentAlias("plan_version");
        o.Schema.For<Standards.StandardCorrection>().DocumentAlias("standard_correction");
        o.Schema.For<Standards.StoredPointTable>().DocumentAlias("point_table");

        o.Storage.ExtendedSchemaObjects.Add(new Extension("pg_trgm"));
        foreach (var definition in models.SelectMany(m => m.Definition)) o.Storage.ExtendedSchemaObjects.Add(definition);
        o.Storage.ExtendedSchemaObjects.Add(ReminderTable.Definition);
        o.Storage.ExtendedSchemaObjects.Add(ReadLog.Definition);
    }
}
