using System.Text.Json;
using Microsoft.JSInterop;

namespace YenBai.Cases.Web.Components.Forms;

/// <summary>What somebody has filled in but not yet sent, with the key under which it will be sent.</summary>
public sealed record Draft(string Key, Dictionary<string, string?> Values);

/// <summary>Drafts lie in the browser's tab: a lost circuit, a reload and a restarted server cost nothing.</summary>
public sealed class Drafts(IJSRuntime js)
{
    public async ValueTask<Draft?> ReadAsync(string name)
    {
        var text = await js.InvokeAsync<string?>("cases.kept", $"draft:{name}");
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<Draft>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public ValueTask KeepAsync(string name, Draft draft) => js.InvokeVoidAsync("cases.keep", $"draft:{name}", JsonSerializer.Serialize(draft));

    /// <summary>Leads to the first field that something is wrong with.</summary>
    public ValueTask ShowWrongAsync() => js.InvokeVoidAsync("cases.showWrong");

    public ValueTask ForgetAsync(string name) => js.InvokeVoidAsync("cases.forget", $"draft:{name}");
}
