using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using YenBai.Cases.Access;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Accounts;

/// <summary>A store with accounts, and what it takes to sign in.</summary>
[UnsupportedOSPlatform("windows")]
public class AccountStore : TestStore
{
    public new const string Password = "mua xuân trên bản";

    public const string WhoAddress = "/test/who";

    /// <summary>As if a proxy had said so.</summary>
    public const string SchemeHeader = "X-Test-Scheme", AddressHeader = "X-Test-Address";

    private static int accounts;

    /// <summary>All that was logged, at every level.</summary>
    public ConcurrentQueue<string> Logged { get; } = [];

    protected override bool SignsIn => false;

    protected override void Configure(WebApplicationBuilder builder) => builder.Logging.AddFilter<Collector>(_ => true).AddProvider(new Collector(Logged));

    protected override void Map(WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Headers[SchemeHeader].ToString() is { Length: > 0 } scheme) context.Request.Scheme = scheme;
            if (context.Request.Headers[AddressHeader].ToString() is { Length: > 0 } address) context.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(address);
            return next(context);
        });
        base.Map(app);
        app.MapGet(WhoAddress, (HttpContext context) => context.User.Identity?.Name ?? "").AllowAnonymous();
    }

    public async Task<T> WithAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Get<IServiceScopeFactory>().CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    /// <summary>A user name that no other test has.</summary>
    public static string NewUser([CallerMemberName] string test = "") => $"u{Interlocked.Increment(ref accounts)}-{test[..Math.Min(test.Length, 20)]}";

    public async Task<string> AnAccountAsync(string? fullName = null, string? password = Password, [CallerMemberName] string test = "")
    {
        var user = NewUser(test);
        var made = await WithAsync(s => s.GetRequiredService<AccountDesk>().CreateAsync(new() { UserName = user, FullName = fullName }, password));
        made.Errors.ShouldBeEmpty();
        return user;
    }

    public Task SetDisabledAsync(string user, bool disabled) => WithAsync(async s =>
    {
        var desk = s.GetRequiredService<AccountDesk>();
        return await desk.SetDisabledAsync((await desk.FindAsync(user))!, disabled, default);
    });

    public Task<string> LinkAsync(string user) => WithAsync(async s =>
    {
        var desk = s.GetRequiredService<AccountDesk>();
        return await desk.LinkAsync((await desk.FindAsync(user))!);
    });

    /// <summary>Sets up the second factor and says its secret.</summary>
    public Task<string> TotpAsync(string user) => EnrolAsync(user);

    public async Task GrantAsync(string user, Role role, string place = "15") =>
        (await Get<StaffDesk>().GrantAsync(Actor.Operator, user, new(role, place, null, [], null, null, "phân công"), default)).ShouldBeNull();

    public async Task MakeDemonstrationAsync()
    {
        await using var session = Get<IDocumentStore>().LightweightSession();
        session.Store(new DemonstrationMark(DemonstrationMark.TheId));
        await session.SaveChangesAsync();
    }

    /// <summary>As if so much time had passed.</summary>
    public async Task WithClockAsync(TimeSpan later, Func<Task> act)
    {
        var now = Clock.Now;
        try
        {
            Clock.Now = now + later;
            await act();
        }
        finally
        {
            Clock.Now = now;
        }
    }

    /// <summary>A sign-in from another address.</summary>
    public async Task<HttpResponseMessage> LoginFromAsync(string address, string user, string password = Password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/login") { Content = JsonContent.Create(new { userName = user, password }) };
        request.Headers.Add(AddressHeader, address);
        return await Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> LoginAsync(string user, string password = Password, string? code = null, bool cookie = false) =>
        Http.PostAsJsonAsync(cookie ? "/api/login?cookie=true" : "/api/login", new { userName = user, password, code });

    public async Task<Tokens> TokensAsync(string user)
    {
        var answer = await LoginAsync(user);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<Tokens>()).ShouldNotBeNull();
    }

    public async Task<string> CookieAsync(string user)
    {
        var answer = await LoginAsync(user, cookie: true);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("cases=", StringComparison.Ordinal)).Split(';')[0];
    }

    public Task<HttpResponseMessage> RefreshAsync(string token) => Http.PostAsJsonAsync("/api/refresh", new { refreshToken = token });

    /// <summary>A call that only those may make who are signed in, and that changes nothing: who they are.</summary>
    public Task<string?> WhoAsync(Tokens tokens) => WhoAsync(r => r.Headers.Authorization = new("Bearer", tokens.AccessToken));

    public Task<string?> WhoAsync(string cookie) => WhoAsync(r => r.Headers.Add("Cookie", cookie));

    private async Task<string?> WhoAsync(Action<HttpRequestMessage> bring)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, WhoAddress);
        bring(request);
        var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync() is { Length: > 0 } name ? name : null;
    }

    public static async Task<string> CodeOf(HttpResponseMessage answer)
    {
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
    }

    public sealed record Tokens(string AccessToken, int ExpiresIn, string RefreshToken, string TokenType);

    private sealed class Collector(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception) + exception);
        public void Dispose() { }
    }
}
