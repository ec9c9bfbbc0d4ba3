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
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Erasure;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Maintenance;
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
                Configure(options, provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), [.. provider.GetServices<IReadModel>()], provider.GetServices<StoreSetup>());
                options.Listeners.Add(provider.GetRequiredService<Erasing>());
                return options;
            })
            .UseLightweightSessions()
            .AddAsyncDaemon(DaemonMode.ExternallyManaged);
        services.AddHostedService(provider => provider.GetRequiredService<ProjectionHost>());
        return marten;
    }

    public static void Configure(StoreOptions o, NpgsqlDataSource source, TimeProvider clock, IReadOnlyList<IReadModel> models, IEnumerable<StoreSetup> setups)
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

        foreach (var setup in setups) setup.Configure(o);

        o.Storage.ExtendedSchemaObjects.Add(new Extension("pg_trgm"));
        foreach (var definition in models.SelectMany(m => m.Definition)) o.Storage.ExtendedSchemaObjects.Add(definition);
    }
}
