using System.Text.Json;
using Microsoft.JSInterop;

namespace YenBai.Cases.Web.Components.Forms;

/// <summary>What somebody has filled in but not yet sent, with the key under which it will be sent.</summary>
public sealed record Draft(string Key, Dictionary<string, string?> Values);

/// <summary>
/// Drafts lie in the browser's tab: a lost circuit, a reload and a restarted server cost nothing. The browser writes them,
/// for one account, at each letter (form-outbox.js); here they are only read.
/// </summary>
public sealed class Drafts(IJSRuntime js)
{
    public async ValueTask<Draft?> ReadAsync(string name)
    {
        try
        {
            return await js.InvokeAsync<string?>("cases.draft", name) is { } text ? JsonSerializer.Deserialize<Draft>(text, JsonSerializerOptions.Web) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
