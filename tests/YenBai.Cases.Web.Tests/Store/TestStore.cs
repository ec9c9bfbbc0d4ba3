using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Composition;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Ledger;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Postgres;
using YenBai.Cases.Web.Tests.Accounts;

namespace YenBai.Cases.Web.Tests.Store;

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
    private bool filled;

    public TestClock Clock { get; } = new();
    public HttpClient Http { get; private set; } = null!;
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("yenbai-cases-test-").FullName;
    public string DataDirectory => Path.Combine(Directory, "data");

    /// <summary>Of the owner, for tests and for the command line. The product itself runs as its run-time role.</summary>
    public string ConnectionString => database!.ConnectionString;

    /// <summary>Of the role that serves.</summary>
    public string RunTimeConnectionString => PrivatePostgres.RunTimeOf(ConnectionString);

    /// <summary>The database as its owner sees it: what the product must not do, a test may.</summary>
    public NpgsqlDataSource Owner { get; private set; } = null!;

    public T Get<T>() where T : notnull => app!.Services.GetRequiredService<T>();

    /// <summary>A code that no other test uses.</summary>
    public static string NewCode([CallerMemberName] string test = "") => $"{Interlocked.Increment(ref households):D5}-{test[..Math.Min(test.Length, 30)]}";

    public async Task InitializeAsync()
    {
        database = await DatabaseAsync();
        Owner = NpgsqlDataSource.Create(ConnectionString);
        await StartAsync();
    }

    /// <summary>In the PostgreSQL of the test run, unless the test stops it.</summary>
    protected virtual Task<PrivatePostgres.ScratchDatabase> DatabaseAsync() => Cluster.CreateStoreAsync();

    private async Task StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ApplicationName = typeof(Server).Assembly.GetName().Name });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Cases:DataDirectory"] = DataDirectory;
        await StorePreparation.EnsureAsync(new(RunTimeConnectionString, ConnectionString), default);
        Server.AddServices(builder, RunTimeConnectionString);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        // The passwords of tests are worth nothing, and their sign-ins come from one address.
        builder.Services.Configure<PasswordHasherOptions>(o => o.IterationCount = 1_000);
        builder.Configuration["Limits:LoginsPerMinute"] = "100000";
        Configure(builder);
        app = builder.Build();
        Map(app);
        await app.StartAsync();
        Http = !SignsIn ? Nobody() : await SignInAsync(Clerk.Name, new(Role.Manager, "15", null, [], null, null, "test"), new(Role.Administrator, "15", null, [], null, null, "test"));
        if (!filled) await FillAsync();
        filled = true;
    }

    /// <summary>Whether <see cref="Http"/> is the clerk, or nobody.</summary>
    protected virtual bool SignsIn => true;

    /// <summary>What the store holds before the first test.</summary>
    protected virtual Task FillAsync() => Task.CompletedTask;

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

    public virtual async Task DisposeAsync()
    {
        await StopAsync();
        await Owner.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await database!.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    // People

    /// <summary>Somebody who may do everything there is to do in the province.</summary>
    public Actor Clerk => Somebody("test", Role.Manager, "15", Role.Administrator);

    /// <summary>Somebody with roles at a place, now.</summary>
    public Actor Somebody(string name, Role role, string place, params Role[] more) =>
        new(name, new[] { role }.Concat(more).Select(r => new Grant(Guid.NewGuid(), r, PlaceCatalog.Default.Resolve(place, Clock.Today())!.Id, null, [], DateTimeOffset.MinValue, null)), Clock.Now, PlaceCatalog.Default);

    /// <summary>Somebody who is not signed in.</summary>
    public HttpClient Nobody() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app!.Urls.First()) };

    /// <summary>
    /// Somebody who signs in, and again whenever the clock has run past the token. The account is made with the first sign-in; where it is granted
    /// anything it has a second factor, so that no duty to set one up is met on the way.
    /// </summary>
    public async Task<HttpClient> SignInAsync(string userName, params GrantRequest[] grants)
    {
        await using var scope = app!.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        if (await desk.FindAsync(userName) is null)
        {
            (await desk.CreateAsync(new() { UserName = userName }, Password)).Succeeded.ShouldBeTrue();
            foreach (var grant in grants) (await Get<StaffDesk>().GrantAsync(Actor.Operator, userName, grant, default)).ShouldBeNull();
            if (grants.Length > 0) await EnrolAsync(userName);
        }
        return new(new Token(this, userName)) { BaseAddress = new Uri(app.Urls.First()) };
    }

    /// <summary>Sets up the second factor of an account and says its secret.</summary>
    public async Task<string> EnrolAsync(string userName)
    {
        await using var scope = app!.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffAccount>>();
        var account = (await users.FindByNameAsync(userName))!;
        await users.ResetAuthenticatorKeyAsync(account);
        await users.SetTwoFactorEnabledAsync(account, true);
        return (await users.GetAuthenticatorKeyAsync(account))!;
    }

    /// <summary>What the account's authenticator app shows; null where it has none. The clock of a test stands still: as if a step later, the code has not served yet.</summary>
    protected async Task<string?> CodeAsync(string userName)
    {
        await using var scope = app!.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffAccount>>();
        var account = (await users.FindByNameAsync(userName))!;
        if (!account.TwoFactorEnabled) return null;
        await ExecuteAsync($"update identity.account set totp_step = null where id = '{account.Id}'");
        return Totp.At((await users.GetAuthenticatorKeyAsync(account))!, Clock.Now);
    }

    /// <summary>A new administrator, and the secret of their second factor.</summary>
    public async Task<(string UserName, string Secret)> AdministratorAsync()
    {
        var user = $"quan-tri-{Interlocked.Increment(ref households)}";
        (await SignInAsync(user, new GrantRequest(Role.Administrator, "15", null, [], null, null, "test"))).Dispose();
        return (user, await EnrolAsync(user));
    }

    public const string Password = "mat-khau-de-thu-nghiem";

    private sealed class Token(TestStore store, string userName) : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        private readonly SemaphoreSlim loggingIn = new(1);
        private string? token;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
        {
            var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellation);
            for (var again = token is not null; ; again = false)
            {
                request.Headers.Authorization = new("Bearer", await TokenAsync(request.RequestUri!, cancellation));
                var response = await base.SendAsync(request, cancellation);
                if (response.StatusCode != System.Net.HttpStatusCode.Unauthorized || !again) return response;
                response.Dispose();
                token = null;
                var repeated = new HttpRequestMessage(request.Method, request.RequestUri) { Content = body is null ? null : new ByteArrayContent(body) };
                foreach (var (name, value) in request.Headers) repeated.Headers.TryAddWithoutValidation(name, value);
                foreach (var (name, value) in request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()) repeated.Content!.Headers.TryAddWithoutValidation(name, value);
                request = repeated;
            }
        }

        // A code serves once: requests that are sent together share one login.
        private async Task<string> TokenAsync(Uri address, CancellationToken cancellation)
        {
            await loggingIn.WaitAsync(cancellation);
            try
            {
                return token ??= await LoginAsync(address, cancellation);
            }
            finally
            {
                loggingIn.Release();
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) loggingIn.Dispose();
            base.Dispose(disposing);
        }

        private async Task<string> LoginAsync(Uri address, CancellationToken cancellation)
        {
            using var login = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/api/login")) { Content = JsonContent.Create(new { userName, password = Password, code = await store.CodeAsync(userName) }) };
            using var response = await base.SendAsync(login, cancellation);
            return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>(cancellation))!["accessToken"]!.GetValue<string>();
        }
    }

    // Commands

    public Task<Received> RegisterAsync(
        string code, string? name = null, string? key = null, string place = "04375", string on = "2022-01-01", string? hamlet = null, Actor? by = null) =>
        Get<CommandDesk>().RegisterAsync(by ?? Clerk, key ?? Guid.NewGuid().ToString(),
            new RegisterHousehold(code, DateOnly.Parse(on), place, hamlet, name, null, null, null, null, null, null, 4, 1, null, null), default);

    public Task<Received> SubmitAsync(string code, int version, HouseholdCommand command, string? key = null) =>
        Get<CommandDesk>().SubmitAsync(Clerk, code, version, key ?? Guid.NewGuid().ToString(), command, default);

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
        await using var command = Owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
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
        Get<Importer>().RunAsync(Clerk, path, new ImportOptions(dryRun, on is null ? null : DateOnly.Parse(on)), null, default);
}
