using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Ledger;
using YenBai.Cases.Storage;
using YenBai.Cases.Web.Hosting;

namespace YenBai.Cases.Web.Tests.Store;

/// <summary>The one PostgreSQL of this test run; it goes when the run ends.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Cluster
{
    private static readonly Lazy<Task<PrivatePostgres>> Running = new(StartAsync);

    public static Task<PrivatePostgres> GetAsync() => Running.Value;

    private static async Task<PrivatePostgres> StartAsync()
    {
        var given = Environment.GetEnvironmentVariable("Cases__DataDirectory");
        var directory = given is { Length: > 0 } ? given : Directory.CreateTempSubdirectory("yenbai-cases-test-").FullName;
        var postgres = await PrivatePostgres.JoinAsync(directory, _ => { });
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            postgres.DisposeAsync().AsTask().GetAwaiter().GetResult();
            if (given is not { Length: > 0 }) Directory.Delete(directory, recursive: true);
        };
        return postgres;
    }
}

/// <summary>A clock that stands where a test puts it; what waits still waits in real time.</summary>
public sealed class TestClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2024, 6, 15, 9, 30, 0, TimeSpan.FromHours(7));

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}

/// <summary>The whole product on an empty database of its own, reached over HTTP or directly.</summary>
[UnsupportedOSPlatform("windows")]
public class TestStore : IAsyncLifetime
{
    private static int households;

    private PrivatePostgres.ScratchDatabase? database;
    private WebApplication? app;

    public TestClock Clock { get; } = new();
    public HttpClient Http { get; private set; } = null!;
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("yenbai-cases-test-").FullName;
    public string ConnectionString => database!.ConnectionString;

    public T Get<T>() where T : notnull => app!.Services.GetRequiredService<T>();

    /// <summary>A code that no other test uses.</summary>
    public static string NewCode([CallerMemberName] string test = "") => $"{Interlocked.Increment(ref households):D5}-{test[..Math.Min(test.Length, 30)]}";

    public async Task InitializeAsync()
    {
        database = await (await Cluster.GetAsync()).CreateScratchDatabaseAsync();
        await StartAsync();
    }

    private async Task StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ApplicationName = typeof(Server).Assembly.GetName().Name });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Server.AddServices(builder, ConnectionString);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        // The passwords of tests are worth nothing, and their sign-ins come from one address.
        builder.Services.Configure<PasswordHasherOptions>(o => o.IterationCount = 1_000);
        builder.Configuration["Limits:LoginsPerMinute"] = "100000";
        Configure(builder);
        app = builder.Build();
        Map(app);
        await app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    protected virtual void Configure(WebApplicationBuilder builder) { }

    protected virtual void Map(WebApplication app) => Server.Map(app);

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    private async Task StopAsync()
    {
        Http.Dispose();
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        NpgsqlConnection.ClearAllPools();
        await database!.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    // Commands

    public Task<Received> RegisterAsync(string code, string? name = null, string? key = null, string place = "04375", string on = "2022-01-01") =>
        Get<CommandDesk>().RegisterAsync(key ?? Guid.NewGuid().ToString(), "test",
            new RegisterHousehold(code, DateOnly.Parse(on), place, null, name, null, null, null, null, null, null, 4, 1, null, null), default);

    public Task<Received> SubmitAsync(string code, int version, HouseholdCommand command, string? key = null) =>
        Get<CommandDesk>().SubmitAsync(code, version, key ?? Guid.NewGuid().ToString(), "test", command, default);

    public async Task<Household> CaseAsync(string code)
    {
        await using var session = Get<IDocumentStore>().QuerySession();
        return (await session.LoadAsync<Household>(Ids.Household(code))).ShouldNotBeNull();
    }

    public async Task<List<ListFact>> LedgerAsync(string code)
    {
        await CatchUpAsync();
        return [.. (await LedgerTable.ReadAsync(Get<NpgsqlDataSource>(), [Ids.Household(code)], default)).OrderBy(f => f.Version)];
    }

    public async Task CatchUpAsync() => (await Get<Freshness>().WaitAsync(TimeSpan.FromSeconds(30), default)).ShouldBeTrue();

    public async Task<VerificationResult> VerifyAsync() => await Get<Verification>().RunAsync(null, default);

    public async Task ShouldBeWhatTheEventsSayAsync() => (await VerifyAsync()).Differences.ShouldBeEmpty();

    // SQL

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    // Files

    public string Write(string name, string text) => Write(name, new System.Text.UTF8Encoding(false).GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Directory, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public Task<ImportResult> ImportAsync(string path, string? on = null, bool dryRun = false) =>
        Get<Importer>().RunAsync(path, new ImportOptions(dryRun, on is null ? null : DateOnly.Parse(on), "test"), null, default);
}
