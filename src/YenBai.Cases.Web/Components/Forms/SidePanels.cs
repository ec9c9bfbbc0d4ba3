using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Radzen;
using YenBai.Cases.CaseFiles;

namespace YenBai.Cases.Web.Components.Forms;

/// <summary>Opens forms and other panels at the side. Each opening is a panel of its own: no state of an earlier one is in it.</summary>
public sealed class SidePanels(DialogService dialogs, IStringLocalizer<Texts> texts)
{
    private int open;

    public Task OpenFormAsync(CommandForm form, CaseFile? file, Dictionary<string, string?>? given = null) =>
        OpenAsync<CommandPanel>(
            texts[$"form.{form.Name}"], "panel form-panel",
            new() { [nameof(CommandPanel.Form)] = form, [nameof(CommandPanel.File)] = file!, [nameof(CommandPanel.Given)] = given ?? [] });

    /// <returns>When it is closed.</returns>
    public async Task OpenAsync<TPanel>(string title, string cssClass, Dictionary<string, object> parameters) where TPanel : IComponent
    {
        // The dialog would put the new parameters into the panel that lies open, and close both together.
        if (open > 0) await dialogs.CloseSideAsync(null);
        open++;
        try
        {
            await dialogs.OpenSideAsync<SidePanel>(
                title, new() { [nameof(SidePanel.Opening)] = Guid.NewGuid(), [nameof(SidePanel.Type)] = typeof(TPanel), [nameof(SidePanel.Parameters)] = parameters },
                // The dialog moves the focus half a second late, away from what is typed by then: the browser is told at once (form-outbox.js).
                new() { Width = "min(480px, 100vw)", ShowMask = false, CloseAriaLabel = texts["shell.close"], AutoFocusFirstElement = false, CssClass = cssClass });
        }
        finally
        {
            open--;
        }
    }
}
