using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace YenBai.Cases.Web.Components.Forms;

/// <summary>What somebody has filled in but not yet sent, with the key under which it will be sent.</summary>
public sealed record Draft(string Key, Dictionary<string, string?> Values);

/// <summary>
/// Drafts lie in the browser's tab: a lost circuit, a reload and a restarted server cost nothing. They belong to an account: the
/// browser writes them at each letter, encrypted with a key that only the pages of the account have, and removes them at sign-out
/// and when another account signs in (form-outbox.js). Here they are read.
/// </summary>
public sealed class Drafts(PageScripts scripts)
{
    public async Task<Draft?> ReadAsync(string name)
    {
        try
        {
            return await scripts.InvokeAsync<string?>("cases.draft", name) is { } text ? JsonSerializer.Deserialize<Draft>(text, JsonSerializerOptions.Web) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Names the account whose drafts stay, for the script of the page. The account's id, from which it is made, is random and on no page.</summary>
    public static string? OwnerOf(ClaimsPrincipal? person) => Of(person, "drafts") is { } bytes ? Convert.ToHexString(bytes, 0, 8) : null;

    /// <summary>With which the script encrypts them: on the pages of the account, and nowhere in the browser's storage.</summary>
    public static string? KeyOf(ClaimsPrincipal? person) => Of(person, "draft key") is { } bytes ? Convert.ToBase64String(bytes) : null;

    private static byte[]? Of(ClaimsPrincipal? person, string purpose) =>
        person?.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } account ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(account), Encoding.UTF8.GetBytes(purpose)) : null;
}
