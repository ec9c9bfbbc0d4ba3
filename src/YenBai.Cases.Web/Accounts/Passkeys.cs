using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace YenBai.Cases.Web.Accounts;

/// <summary>Signing in with what a device holds, unlocked by its owner: worth more than a password and a code together.</summary>
public sealed class Passkeys(SignInManager<StaffAccount> manager, UserManager<StaffAccount> users)
{
    public const int Most = 10, LongestName = 60;

    /// <summary>Whose passkey signed what this browser was asked; null when none did.</summary>
    public async Task<StaffAccount?> WhoseAsync(string credential)
    {
        if (credential.Length == 0) return null;
        try
        {
            var result = await manager.PerformPasskeyAssertionAsync(credential);
            if (!result.Succeeded) return null;
            // The device counts its signatures: a copy of it would count anew.
            await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
            return result.User;
        }
        catch (InvalidOperationException) // Nothing was asked, or too long ago.
        {
            return null;
        }
    }

    public async Task<bool> AddAsync(StaffAccount account, string credential, string name)
    {
        try
        {
            var result = await manager.PerformPasskeyAttestationAsync(credential);
            // The state that the browser carries says for whom it was asked.
            if (!result.Succeeded || result.UserEntity.Id != account.Id || (await users.GetPasskeysAsync(account)).Count >= Most) return false;
            result.Passkey.Name = Named(name);
            // A new way in ends the sessions that knew nothing of it.
            return (await users.AddOrUpdatePasskeyAsync(account, result.Passkey)).Succeeded && (await users.UpdateSecurityStampAsync(account)).Succeeded;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public async Task RenameAsync(StaffAccount account, byte[] id, string name)
    {
        if (await users.GetPasskeyAsync(account, id) is not { } passkey) return;
        passkey.Name = Named(name);
        await users.AddOrUpdatePasskeyAsync(account, passkey);
    }

    /// <summary>Sessions that it opened end with it.</summary>
    public async Task RemoveAsync(StaffAccount account, byte[] id)
    {
        await users.RemovePasskeyAsync(account, id);
        await users.UpdateSecurityStampAsync(account);
    }

    private static string Named(string name) => name.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, LongestName)] : "Passkey";

    /// <summary>What a browser is asked, to sign in or to add a passkey. Cookies cannot be set by what is rendered, so these two are calls of the script.</summary>
    public static void Map(WebApplication app)
    {
        app.MapPost("/tai-khoan/khoa/hoi", async (HttpContext context, IAntiforgery antiforgery, SignInManager<StaffAccount> manager) =>
            await antiforgery.IsRequestValidAsync(context)
                ? Results.Content(await manager.MakePasskeyRequestOptionsAsync(null), "application/json")
                : Results.BadRequest()).AllowAnonymous().RequireRateLimiting(SignInLimit.Name).ExcludeFromDescription();
        app.MapPost("/tai-khoan/khoa/tao", async (HttpContext context, IAntiforgery antiforgery, SignInManager<StaffAccount> manager, Reauthentication reauthentication) =>
        {
            if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
            if (await manager.UserManager.GetUserAsync(context.User) is not { } account) return Results.Unauthorized();
            if (!await reauthentication.MayChangeFactorsAsync(context.User, account, context.RequestAborted)) return Results.StatusCode(StatusCodes.Status403Forbidden);
            return Results.Content(await manager.MakePasskeyCreationOptionsAsync(new() { Id = account.Id, Name = account.UserName!, DisplayName = account.Shown }), "application/json");
        }).RequireAuthorization().WithMetadata(new WithoutSecondFactorAttribute()).ExcludeFromDescription();
    }
}
