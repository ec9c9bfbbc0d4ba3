using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.JSInterop;

namespace YenBai.Cases.Web.Components.Forms;

/// <summary>
/// Calls of a circuit to the scripts of its page. A call that is under way when the line breaks neither arrives nor fails; it is
/// made again when the line is back. A call must therefore do no harm when it arrives twice.
/// </summary>
public sealed class PageScripts(IJSRuntime js) : CircuitHandler, IDisposable
{
    private CancellationTokenSource broken = new();
    private TaskCompletionSource back = New();

    /// <exception cref="OperationCanceledException">The page is gone.</exception>
    public async Task<T> InvokeAsync<T>(string function, params object?[] arguments)
    {
        while (true)
        {
            var (line, again) = (broken.Token, back.Task);
            try
            {
                return await js.InvokeAsync<T>(function, line, arguments);
            }
            // The server may learn of the break from the failed call first, and of the new line later.
            catch (Exception e) when (e is JSDisconnectedException || (e is OperationCanceledException && line.IsCancellationRequested))
            {
                await again;
            }
        }
    }

    public override async Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => await broken.CancelAsync();

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        broken.Dispose();
        broken = new();
        var waiting = back;
        back = New();
        waiting.SetResult();
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        back.TrySetCanceled(CancellationToken.None);
        return Task.CompletedTask;
    }

    public void Dispose() => broken.Dispose();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
