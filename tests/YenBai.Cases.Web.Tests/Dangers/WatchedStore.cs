using System.Collections.Concurrent;
using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using YenBai.Cases.Composition;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Dangers;

public sealed record Reply(HttpStatusCode Status, string Text, string? MediaType)
{
    public JsonNode? Json => Text.Length == 0 ? null : JsonNode.Parse(Text);
    public string? Code => Json?["code"]?.GetValue<string>();
    public string? Field => Json?["field"]?.GetValue<string>();
}

/// <summary>The product with everything logged that an operator may switch on, and its files in a directory of the test.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class WatchedStore : TestStore
{
    public Written Log { get; } = new();

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["Cases:DataDirectory"] = Path.Combine(Directory, "data");
        builder.Configuration["Logging:LogLevel:Default"] = "Information";
        builder.Configuration["Logging:LogLevel:Microsoft"] = "Information";
        builder.Logging.AddProvider(Log);
    }

    public async Task<Reply> SendAsync(HttpMethod method, string path, string? body = null, string? version = "\"1\"", string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (method == HttpMethod.Post) request.Headers.TryAddWithoutValidation("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        if (method == HttpMethod.Post && version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
        using var response = await Http.SendAsync(request);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType);
    }

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Reply> PostAsync(string path, string body, string? version = "\"1\"") => SendAsync(HttpMethod.Post, path, body, version);
}

/// <summary>All that was logged, as it would be written.</summary>
public sealed class Written : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = [];

    public IReadOnlyCollection<string> Lines => lines;

    public void ShouldHaveNothingOf(string text) => lines.FirstOrDefault(l => l.Contains(text, StringComparison.OrdinalIgnoreCase)).ShouldBeNull();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel level) => level >= LogLevel.Information;

    public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> format) =>
        lines.Enqueue($"{level} {format(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
