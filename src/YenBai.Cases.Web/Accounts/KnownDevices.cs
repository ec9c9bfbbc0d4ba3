using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace YenBai.Cases.Web.Accounts;

/// <summary>
/// Marks a browser in which an account has signed in. It opens nothing: a sign-in from there is counted apart from those of
/// strangers (see <see cref="SignInThrottle"/>).
/// </summary>
public sealed class KnownDevices(IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(180);

    private readonly IDataProtector protector = protection.CreateProtector("known-device");

    public Guid? Of(HttpRequest request, StaffAccount account)
    {
        if (request.Cookies[NameFor(account)] is not { Length: > 0 } cookie) return null;
        try
        {
            return protector.Unprotect(cookie).Split('\n') is [var owner, var device, var until] && owner == account.Id
                && clock.GetUtcNow().ToUnixTimeSeconds() < long.Parse(until, CultureInfo.InvariantCulture) ? Guid.Parse(device) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    public void Remember(HttpContext context, StaffAccount account)
    {
        var device = Of(context.Request, account) ?? Guid.NewGuid();
        var until = (clock.GetUtcNow() + Lasts).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        context.Response.Cookies.Append(NameFor(account), protector.Protect($"{account.Id}\n{device}\n{until}"), new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            MaxAge = Lasts,
            IsEssential = true,
            Path = "/tai-khoan",
        });
    }

    // One for each account: the officers of a commune share a computer.
    private static string NameFor(StaffAccount account) => "cases.device." + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(account.Id)), 0, 6);
}
