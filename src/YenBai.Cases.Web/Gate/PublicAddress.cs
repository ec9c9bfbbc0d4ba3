using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace YenBai.Cases.Web.Gate;

/// <summary>
/// The address under which people reach the application: <c>Cases:PublicAddress</c>, else the one that it listens on. What is handed out
/// with an address in it uses this one. The Host header of a request is what its sender wrote.
/// </summary>
public sealed class PublicAddress(IConfiguration configuration, IServiceProvider services)
{
    public const string Setting = "Cases:PublicAddress", Default = "http://127.0.0.1:5080";

    /// <summary>As configured, without a path; null where nothing is configured.</summary>
    public Uri? Configured { get; } = Read(configuration);

    /// <summary>Scheme, host, port; no slash at the end.</summary>
    public string Value => Configured is { } configured ? Origin(configured) : Listening().Select(Reachable).FirstOrDefault() ?? Default;

    /// <summary>What is handed out opens on the server alone: no public name is configured, and nobody elsewhere reaches this one.</summary>
    public bool NamesThisMachineOnly => IsLoopback(Value);

    /// <summary>Nobody on another machine reaches it.</summary>
    public bool IsLocalOnly => Listening() is { Count: > 0 } addresses && addresses.All(IsLoopback) && Configured is null or { IsLoopback: true };

    /// <summary>Whether a browser sent this from a page of ours.</summary>
    public bool IsOwnOrigin(string origin, HttpRequest request)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || from.Scheme is not ("http" or "https")) return false;
        if (Configured is { } configured && Origin(configured) == Origin(from)) return true;
        // A proxy that ends TLS need not say so; but a page that came without TLS is not one that came with it.
        return from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase) && (from.Scheme == request.Scheme || from.Scheme == "https");
    }

    private static Uri? Read(IConfiguration configuration) => configuration[Setting] is not { Length: > 0 } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.PathAndQuery == "/" ? address
        : throw new ArgumentException($"Cases__PublicAddress is no address: \"{text}\". It is scheme and host, for example https://cases.example.vn.");

    private IReadOnlyCollection<string> Listening() =>
        services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } bound ? [.. bound] : [.. Split(configuration["urls"] ?? configuration["ASPNETCORE_URLS"])];

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    /// <summary>An address that stands for all of the machine's is reached from the machine itself under this one.</summary>
    private static string Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.IsUnixPipe) return Default;
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        return Origin(new Uri($"{address.Scheme}://{host}:{address.Port}"));
    }

    internal static bool IsLoopback(string url)
    {
        var address = BindingAddress.Parse(url);
        return address.IsUnixPipe || address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    internal static string[] Split(string? addresses) => (addresses ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>
    /// Where <c>AllowedHosts</c> says nothing, the server answers to the public name, to this machine's and to those that it listens on. A
    /// server that listens on all addresses and knows no public name answers to any.
    /// </summary>
    internal static void FilterHosts(IServiceCollection services) =>
        services.AddOptions<HostFilteringOptions>().Configure<PublicAddress, IConfiguration>((options, address, configuration) =>
        {
            if (configuration["AllowedHosts"] is { Length: > 0 }) return;
            var listening = ListeningHosts(configuration);
            if (address.Configured is null && listening.Any(IsWildcard)) return;
            options.AllowedHosts = [.. listening.Where(h => !IsWildcard(h)).Append("localhost").Append("127.0.0.1").Append("[::1]").Concat(address.Configured is { } own ? [own.Host] : []).Distinct()];
        });

    private static List<string> ListeningHosts(IConfiguration configuration) => [.. Addresses(configuration).Select(BindingAddress.Parse).Where(a => !a.IsUnixPipe).Select(a => a.Host)];

    /// <summary>Every address that the configuration makes the server listen on.</summary>
    internal static IEnumerable<string> Addresses(IConfiguration configuration) =>
    [
        .. Split(configuration["urls"]),
        .. Split(configuration["http_ports"]).Select(port => $"http://*:{port}"),
        .. Split(configuration["https_ports"]).Select(port => $"https://*:{port}"),
        .. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>(),
    ];

    private static bool IsWildcard(string host) => host is "*" or "+" or "0.0.0.0" or "[::]";
}
