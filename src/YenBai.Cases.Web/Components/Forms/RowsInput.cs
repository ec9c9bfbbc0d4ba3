using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace YenBai.Cases.Web.Components.Forms;

/// <summary>A field of several rows. A row is kept as its texts are typed; what they mean is read when the form is handed in.</summary>
public abstract class RowsInput : ComponentBase
{
    [Parameter, EditorRequired] public string Id { get; set; } = "";
    [Parameter, EditorRequired] public string Name { get; set; } = "";
    [Parameter, EditorRequired] public string Label { get; set; } = "";
    [Parameter] public string? Value { get; set; }
    [Parameter] public EventCallback<string?> ValueChanged { get; set; }

    protected List<Dictionary<string, string?>> Rows { get; private set; } = [];

    protected override void OnParametersSet() => Rows = string.IsNullOrEmpty(Value) ? [] : JsonSerializer.Deserialize<List<Dictionary<string, string?>>>(Value)!;

    protected string? Of(int at, string member) => Rows[at].GetValueOrDefault(member);

    protected Task AddAsync(Dictionary<string, string?> row) => KeepAsync([.. Rows, row]);

    protected Task SetAsync(int at, string member, ChangeEventArgs e) => SetAsync(at, member, e.Value?.ToString());

    // Who types fast is ahead of what was drawn: a change is made to the row as it is now.
    protected Task SetAsync(int at, string member, string? value) =>
        KeepAsync([.. Rows.Select((r, i) => i == at ? new Dictionary<string, string?>(r) { [member] = value } : r)]);

    protected Task RemoveAsync(int at) => KeepAsync([.. Rows.Where((_, i) => i != at)]);

    private Task KeepAsync(List<Dictionary<string, string?>> changed) => ValueChanged.InvokeAsync(changed.Count == 0 ? null : JsonSerializer.Serialize(changed));
}
