using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Radzen;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Forms;

/// <summary>Opens forms and other panels at the side. Each opening is a panel of its own: no state of an earlier one is in it.</summary>
public sealed class SidePanels(DialogService dialogs, IStringLocalizer<Texts> texts) : IDisposable
{
    private readonly SemaphoreSlim opening = new(1);
    private Task open = Task.CompletedTask;
    private TaskCompletionSource? shown;

    public Task OpenFormAsync(CommandForm form, CaseFile? file, Dictionary<string, string?>? given = null) =>
        OpenAsync<CommandPanel>(
            texts[$"form.{form.Name}"], "panel form-panel",
            new() { [nameof(CommandPanel.Form)] = form, [nameof(CommandPanel.File)] = file!, [nameof(CommandPanel.Given)] = given ?? [] });

    public async Task OpenAsync<TPanel>(string title, string cssClass, Dictionary<string, object> parameters) where TPanel : IComponent
    {
        await opening.WaitAsync();
        try
        {
            // The dialog would put the new parameters into the panel that lies open, and one that is still closing would take the new one with it.
            Close();
            if (shown is { } earlier) await earlier.Task;
            var now = shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
            open = dialogs.OpenSideAsync<SidePanel>(
                title, new() { [nameof(SidePanel.Opening)] = Guid.NewGuid(), [nameof(SidePanel.Type)] = typeof(TPanel), [nameof(SidePanel.Parameters)] = parameters, [nameof(SidePanel.Gone)] = () => { now.TrySetResult(); } },
                // The dialog moves the focus half a second late, away from what is typed by then: form-outbox.js sets it at once.
                new() { Width = "min(480px, 100vw)", ShowMask = false, CloseAriaLabel = texts["shell.close"], AutoFocusFirstElement = false, CssClass = cssClass });
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>Closes what lies open; nothing where it is being closed already.</summary>
    public void Close()
    {
        if (!open.IsCompleted) dialogs.CloseSide();
    }

    public void Dispose() => opening.Dispose();
}
