using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace YenBai.Cases.Web.Accounts;

/// <summary>The token of a one-time link: good for a day, and until the account's security stamp changes, which its use does.</summary>
public sealed class PasswordLinks(IDataProtectionProvider protection, TimeProvider clock) : IUserTwoFactorTokenProvider<StaffAccount>
{
    public const string Name = "PasswordLink";
    public static readonly TimeSpan Valid = TimeSpan.FromHours(24);

    private readonly IDataProtector protector = protection.CreateProtector(Name);

    public async Task<string> GenerateAsync(string purpose, UserManager<StaffAccount> manager, StaffAccount user)
    {
        var until = (clock.GetUtcNow() + Valid).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return WebEncoders.Base64UrlEncode(protector.Protect(Encoding.UTF8.GetBytes($"{until}\n{await SubjectAsync(purpose, manager, user)}")));
    }

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<StaffAccount> manager, StaffAccount user)
    {
        try
        {
            var text = Encoding.UTF8.GetString(protector.Unprotect(WebEncoders.Base64UrlDecode(token)));
            return text.Split('\n', 2) is [var until, var subject]
                && clock.GetUtcNow().ToUnixTimeSeconds() < long.Parse(until, CultureInfo.InvariantCulture)
                && subject == await SubjectAsync(purpose, manager, user);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<StaffAccount> manager, StaffAccount user) => Task.FromResult(false);

    private static async Task<string> SubjectAsync(string purpose, UserManager<StaffAccount> manager, StaffAccount user) =>
        $"{purpose}\n{user.Id}\n{await manager.GetSecurityStampAsync(user)}";
}
