using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.JSInterop;

namespace YenBai.Cases.Web.Components.Forms;

/// <summary>What somebody has filled in but not yet sent, with the key under which it will be sent.</summary>
public sealed record Draft(string Key, Dictionary<string, string?> Values);

/// <summary>
/// Drafts lie in the browser's tab: a lost circuit, a reload and a restarted server cost nothing. They belong to an account: the text is
/// encrypted here with a key of the account, so that the next officer in the same tab neither gets it nor finds it, and the name says
/// nothing of the household. The script removes them at sign-out and when another account signs in.
/// </summary>
public sealed class Drafts(IJSRuntime js, AuthenticationStateProvider authentication, IDataProtectionProvider protection)
{
    public async ValueTask<Draft?> ReadAsync(string name)
    {
        if (await AccountAsync() is not { } account || await js.InvokeAsync<string?>("cases.kept", NameFor(account, name)) is not { } text) return null;
        try
        {
            return JsonSerializer.Deserialize<Draft>(Protector(account).Unprotect(text));
        }
        catch (Exception e) when (e is JsonException or CryptographicException)
        {
            return null;
        }
    }

    public async ValueTask KeepAsync(string name, Draft draft)
    {
        if (await AccountAsync() is { } account) await js.InvokeVoidAsync("cases.keep", NameFor(account, name), Protector(account).Protect(JsonSerializer.Serialize(draft)));
    }

    /// <summary>Leads to the first field that something is wrong with.</summary>
    public ValueTask ShowWrongAsync() => js.InvokeVoidAsync("cases.showWrong");

    public async ValueTask ForgetAsync(string name)
    {
        if (await AccountAsync() is { } account) await js.InvokeVoidAsync("cases.forget", NameFor(account, name));
    }

    /// <summary>By which a page tells the script whose drafts stay. The account's id, from which it is made, is random and on no page.</summary>
    public static string? OwnerOf(ClaimsPrincipal? person) =>
        person?.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } account ? Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(account), "drafts"u8), 0, 8) : null;

    private async Task<ClaimsPrincipal?> AccountAsync() =>
        (await authentication.GetAuthenticationStateAsync()).User is { Identity.IsAuthenticated: true } person ? person : null;

    private IDataProtector Protector(ClaimsPrincipal person) => protection.CreateProtector("draft", Accounts.Sessions.AccountOf(person));

    private static string NameFor(ClaimsPrincipal person, string name) =>
        $"draft:{OwnerOf(person)}:{Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Accounts.Sessions.AccountOf(person)), Encoding.UTF8.GetBytes(name)), 0, 16)}";
}
