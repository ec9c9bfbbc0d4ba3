using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace YenBai.Cases.Web.Accounts;

/// <summary>Letting a person in on the pages, in one step or in two.</summary>
public static class Entrance
{
    private static readonly string Waiting = IdentityConstants.TwoFactorUserIdScheme;
    private const string AccountClaim = "account", StampClaim = "stamp";

    public static async Task EnterAsync(HttpContext context, SignInAnswer answer)
    {
        var account = answer.Account!;
        var sessions = context.RequestServices.GetRequiredService<Sessions>();
        await context.SignInAsync(Schemes.Cookie, await sessions.StartAsync(account, answer.SecondFactor, Whence.Of(context), Schemes.Cookie, context.RequestAborted));
        context.RequestServices.GetRequiredService<KnownDevices>().Remember(context, account);
        await context.SignOutAsync(Waiting);
    }

    /// <summary>The password was right: for five minutes the code alone is missing.</summary>
    public static Task WaitForCodeAsync(HttpContext context, StaffAccount account) =>
        context.SignInAsync(Waiting, new ClaimsPrincipal(new ClaimsIdentity([new(AccountClaim, account.Id), new(StampClaim, account.SecurityStamp!)], Waiting)));

    public static async Task<StaffAccount?> WaitingAsync(HttpContext context)
    {
        if ((await context.AuthenticateAsync(Waiting)).Principal is not { } person || person.FindFirstValue(AccountClaim) is not { } id) return null;
        var account = await context.RequestServices.GetRequiredService<UserManager<StaffAccount>>().FindByIdAsync(id);
        return account?.SecurityStamp == person.FindFirstValue(StampClaim) ? account : null;
    }
}
