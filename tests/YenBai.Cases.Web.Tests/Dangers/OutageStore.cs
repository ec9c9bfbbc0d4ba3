using System.Runtime.Versioning;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using YenBai.Cases.Access;
using YenBai.Cases.Composition;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Postgres;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>The product on a PostgreSQL of its own, which a test may stop and start again.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OutageStore : TestStore
{
    public const string SecretCode = "OUT-Lo-Thi-Mai";

    private readonly string home = System.IO.Directory.CreateTempSubdirectory("out-").FullName;
    private readonly List<PrivatePostgres> joined = [];

    public Written Log { get; } = new();

    /// <summary>Signed in with a cookie, as a person is.</summary>
    public HttpClient Person { get; private set; } = null!;

    protected override async Task<PrivatePostgres.ScratchDatabase> DatabaseAsync() => await (await PostgresAsync()).CreateScratchDatabaseAsync();

    private async Task<PrivatePostgres> PostgresAsync()
    {
        joined.Add(await PrivatePostgres.JoinAsync(home, _ => { }));
        return joined[^1];
    }

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["Logging:LogLevel:Default"] = "Information";
        builder.Logging.AddProvider(Log);
    }

    protected override async Task FillAsync()
    {
        (await RegisterAsync(SecretCode, "Lò Thị Mai")).Reception.ShouldBe(Commands.Reception.Accepted);
        await CatchUpAsync();
        var address = Http.BaseAddress!;
        (await SignInAsync("nguoi-dung", new GrantRequest(Role.Manager, "15", null, [], null, null, "test"))).Dispose();
        using var login = await Nobody().PostAsync(new Uri(address, "/api/login?cookie=true"), System.Net.Http.Json.JsonContent.Create(new { userName = "nguoi-dung", password = Password, code = await CodeAsync("nguoi-dung") }));
        Person = Nobody();
        Person.DefaultRequestHeaders.Add("Cookie", login.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("cases=", StringComparison.Ordinal)).Split(';')[0]);
    }

    /// <summary>What is connected is thrown out. A server that is killed while it has users would be started again by them.</summary>
    public async Task StopPostgresAsync()
    {
        foreach (var one in joined) await one.DisposeAsync();
        joined.Clear();
    }

    public Task StartPostgresAsync() => PostgresAsync();

    public override async Task DisposeAsync()
    {
        Person.Dispose();
        await base.DisposeAsync();
        foreach (var one in joined) await one.DisposeAsync();
        System.IO.Directory.Delete(home, recursive: true);
    }
}
