using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Accounts;

/// <summary>How often one address may try to sign in: <c>Limits:LoginsPerMinute</c>.</summary>
public static class SignInLimit
{
    public const string Name = "sign-in";

    private const int AMinute = 100;

    public static void AddSignInLimit(this IServiceCollection services) => services.AddRateLimiter(o =>
    {
        o.AddPolicy(Name, context => HttpMethods.IsGet(context.Request.Method)
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetFixedWindowLimiter(NetworkOf(context.Connection.RemoteIpAddress), _ => new()
            {
                PermitLimit = context.RequestServices.GetRequiredService<IConfiguration>().GetValue("Limits:LoginsPerMinute", AMinute),
                Window = TimeSpan.FromMinutes(1),
            }));
        o.OnRejected = async (rejected, _) =>
        {
            var context = rejected.HttpContext;
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            if (ApiErrors.Concern(context)) await Door.Refuse(context, StatusCodes.Status429TooManyRequests, "too_many_requests");
            else if (context.Request.Path.StartsWithSegments("/tai-khoan")) context.Response.Redirect($"{Schemes.SignInPath}?loi=doi");
            else await context.Response.WriteAsync(context.RequestServices.GetRequiredService<IStringLocalizer<AccountTexts>>()["refusal.too_many_requests"], context.RequestAborted);
        };
    });

    /// <summary>Whoever has one IPv6 address has the other 2⁶⁴ of the network, too.</summary>
    internal static string NetworkOf(IPAddress? address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) : address?.MapToIPv4().ToString() ?? "";
}
