using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Commands;
using YenBai.Cases.Composition;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Households;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Components;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Postgres;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>The application as it is served, with a small demonstration province in a store of its own, and a browser before it.</summary>
public class BrowserFixture : IAsyncLifetime
{
    private PrivatePostgres.ScratchDatabase database = null!;
    private WebApplication app = null!;
    private IPlaywright playwright = null!;
    private IBrowser chromium = null!;
    private readonly HashSet<string> taken = [];

    public string Address { get; private set; } = "";

    /// <summary>How many households of the demonstration province there are.</summary>
    protected virtual int Households => 300;

    /// <summary>Services of the fixture's own.</summary>
    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }

    public DateOnly Today => Get<TimeProvider>().Today();

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        database = await Cluster.CreateStoreAsync();

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(App).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // One machine signs in for everybody, often.
        builder.Configuration["Limits:LoginsPerMinute"] = "100000";
        var access = new StoreAccess(PrivatePostgres.RunTimeOf(database.ConnectionString), database.ConnectionString);
        await StorePreparation.EnsureAsync(access, CancellationToken.None);
        Server.AddServices(builder, access.RunTime);
        // The passwords of tests are worth nothing.
        builder.Services.Configure<PasswordHasherOptions>(o => o.IterationCount = 1_000);
        Configure(builder);
        app = builder.Build();
        Server.Map(app);
        await app.StartAsync();
        Address = app.Urls.Single();
        await Get<DemonstrationLoader>().FillAsync(Households, 1, null, CancellationToken.None);
        (await Get<Freshness>().WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None)).ShouldBeTrue();
        await using (var scope = app.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<DemonstrationAccounts>().EnsureAsync(CancellationToken.None);
        await AccountAsync(Clerk, [.. new[] { Role.Manager, Role.Administrator }.Select(role => new GrantRequest(role, "15", null, [], null, null, "thử nghiệm"))]);

        Assertions.SetDefaultExpectTimeout(Patience);
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task DisposeAsync()
    {
        if (chromium is not null) await chromium.CloseAsync();
        playwright?.Dispose();
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        if (database is not null) await database.DisposeAsync();
    }

    /// <summary>Somebody who opens a page in a browser of his own, where no earlier visit left anything.</summary>
    /// <param name="who">A staff code; nobody where there is none.</param>
    /// <param name="line">The address by which the server is reached; its own where none is given.</param>
    public async Task<Reader> OpenAsync(string path, string language = "vi", int width = 1440, string? who = Clerk, string? line = null)
    {
        var address = line ?? Address;
        var context = await chromium.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, BaseURL = address });
        // How long anything takes depends on what else the machine does; what never happens fails all the same.
        context.SetDefaultTimeout(Patience);
        context.SetDefaultNavigationTimeout(Patience);
        if (who is not null)
        {
            var signedIn = await context.APIRequest.PostAsync("/api/login?cookie=true", new() { DataObject = new { userName = who, password = DemonstrationAccounts.Password } });
            signedIn.Status.ShouldBe(200);
        }
        if (language != "vi") await context.AddCookiesAsync([new() { Name = ".AspNetCore.Culture", Value = $"c%3D{language}%7Cuic%3D{language}", Url = address }]);
        var reader = new Reader(context, await context.NewPageAsync());
        await reader.Page.GotoAsync(path);
        return reader;
    }

    /// <summary>A household that no other test writes to.</summary>
    /// <param name="found">At most so many households are found by the name of its head.</param>
    public async Task<CaseloadItem> HouseholdAsync(ListStatus status, int found = int.MaxValue)
    {
        var all = new List<CaseloadItem>();
        for (var number = 1; ; number++)
        {
            var page = await Get<CaseloadQuery>().PageAsync(Actor.Operator, new CaseloadFilter(Sort: CaseloadSort.Code, Descending: false), number, CaseloadQuery.LargestPage, CancellationToken.None);
            if (page.Items.Count == 0) break;
            all.AddRange(page.Items);
        }
        return all.First(i => i.Status == status && i.HeadName is { } name && all.Count(other => other.HeadName?.Contains(name, StringComparison.OrdinalIgnoreCase) == true) <= found && taken.Add(i.Code));
    }

    /// <summary>Milliseconds.</summary>
    public const int Patience = 120_000;

    /// <summary>Somebody who may use every page.</summary>
    public const string Clerk = "thu-nghiem";

    public async Task AccountAsync(string userName, params GrantRequest[] grants)
    {
        await using var scope = app.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<AccountDesk>().CreateAsync(new() { UserName = userName, FullName = "Người Thử Nghiệm" }, DemonstrationAccounts.Password)).Succeeded.ShouldBeTrue();
        foreach (var grant in grants) (await Get<StaffDesk>().GrantAsync(Actor.Operator, userName, grant, CancellationToken.None)).ShouldBeNull();
    }

    public async Task DisableAsync(string userName)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        (await desk.SetDisabledAsync((await desk.FindAsync(userName))!, true, CancellationToken.None)).Succeeded.ShouldBeTrue();
    }

    private Actor Colleague => new(
        "colleague", [new(Guid.NewGuid(), Role.Manager, PlaceCatalog.Default.Resolve("15", Today)!.Id, null, [], DateTimeOffset.MinValue, null)], Get<TimeProvider>().GetUtcNow(), PlaceCatalog.Default);

    /// <summary>A colleague's command, handed in at the same desk.</summary>
    public async Task SubmitAsync(string code, HouseholdCommand command)
    {
        await using var session = Get<IDocumentStore>().QuerySession();
        var household = await session.LoadAsync<Household>(Ids.Household(code));
        var received = await Get<CommandDesk>().SubmitAsync(Colleague, code, household!.Version, Guid.NewGuid().ToString(), command, CancellationToken.None);
        received.Reception.ShouldBe(Reception.Accepted);
    }
}

/// <summary>
/// Tests that share an application and a browser, one after the other. Collections run side by side: the classes are spread over
/// them so that each takes about as long as the next.
/// </summary>
public static class Browsers
{
    public const string First = "First browser", Second = "Second browser", Third = "Third browser", Fourth = "Fourth browser";
}

[CollectionDefinition(Browsers.First)]
public sealed class FirstBrowser : ICollectionFixture<BrowserFixture>;

[CollectionDefinition(Browsers.Second)]
public sealed class SecondBrowser : ICollectionFixture<BrowserFixture>;

[CollectionDefinition(Browsers.Third)]
public sealed class ThirdBrowser : ICollectionFixture<BrowserFixture>;

[CollectionDefinition(Browsers.Fourth)]
public sealed class FourthBrowser : ICollectionFixture<BrowserFixture>;
