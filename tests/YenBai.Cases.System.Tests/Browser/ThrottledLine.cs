using System.Net;
using System.Net.Sockets;
using System.Text;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>
/// The line between a browser and the server: 400 kbit/s in each direction, shared by all connections, and cut when a test
/// says so. WebSockets go through it like all else, which the browser's own throttling leaves alone.
/// </summary>
public sealed class ThrottledLine : IAsyncDisposable
{
    private const int BytesPerSecond = 400_000 / 8, Chunk = 2048;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource gone = new();
    private readonly HashSet<TcpClient> open = [];
    private readonly SemaphoreSlim up = new(1), down = new(1);
    private readonly int server;
    private byte[]? answerToLose, callToLose;
    private TaskCompletionSource? lost;
    private volatile bool cut;

    public ThrottledLine(string serverAddress)
    {
        server = new Uri(serverAddress).Port;
        listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Every connection breaks, and no new one comes about.</summary>
    public void Cut()
    {
        cut = true;
        TcpClient[] broken;
        lock (open)
        {
            broken = [.. open];
            open.Clear();
        }
        foreach (var connection in broken) Break(connection);
    }

    public void Mend() => cut = false;

    /// <summary>Cuts the line when the server has answered a request for this address: the request has arrived, the answer is lost.</summary>
    /// <returns>Done when that has happened.</returns>
    public Task LoseAnswerTo(string address)
    {
        lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        answerToLose = Encoding.ASCII.GetBytes($"POST {address}");
        return lost.Task;
    }

    /// <summary>Cuts the line when the server calls a function of the page's scripts: the call is lost.</summary>
    /// <returns>Done when that has happened.</returns>
    public Task LoseCallOf(string function)
    {
        lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        callToLose = Encoding.ASCII.GetBytes(function);
        return lost.Task;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(gone.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The line is taken away.
        }
    }

    private async Task ServeAsync(TcpClient browser)
    {
        using var there = new TcpClient();
        try
        {
            if (cut) return;
            lock (open) open.UnionWith([browser, there]);
            await there.ConnectAsync(IPAddress.Loopback, server, gone.Token);
            var doomed = new TaskCompletionSource();
            await Task.WhenAny(
                PumpAsync(browser.GetStream(), there.GetStream(), up, bytes =>
                {
                    if (answerToLose is { } asked && bytes.Span.IndexOf(asked) >= 0) doomed.TrySetResult();
                    if (callToLose is not null) RefuseCompression(bytes.Span);
                    return true;
                }),
                PumpAsync(there.GetStream(), browser.GetStream(), down, bytes =>
                {
                    // The scripts name it, too; only a call comes with the name of the message.
                    var called = callToLose is { } call && bytes.Span.IndexOf(call) >= 0 && bytes.Span.IndexOf("JS.BeginInvokeJS"u8) >= 0;
                    if (!called && (!doomed.Task.IsCompleted || answerToLose is null)) return true;
                    (answerToLose, callToLose) = (null, null);
                    Cut();
                    lost!.TrySetResult();
                    return false;
                }));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Cut, or one side has gone.
        }
        finally
        {
            Break(browser);
            lock (open) open.ExceptWith([browser, there]);
        }
    }

    /// <summary>A compressed WebSocket could not be searched for a name: the browser's offer to compress becomes a header that nobody knows.</summary>
    private static void RefuseCompression(Span<byte> request)
    {
        var offer = request.IndexOf("Sec-WebSocket-Extensions"u8);
        if (offer >= 0) request[offer] = (byte)'X';
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, SemaphoreSlim direction, Func<Memory<byte>, bool> passes)
    {
        var buffer = new byte[Chunk];
        int read;
        while ((read = await from.ReadAsync(buffer, gone.Token)) > 0 && passes(buffer.AsMemory(0, read)))
        {
            // One direction carries one chunk at a time: that is the rate.
            await direction.WaitAsync(gone.Token);
            try
            {
                await Task.Delay(TimeSpan.FromSeconds((double)read / BytesPerSecond), gone.Token);
            }
            finally
            {
                direction.Release();
            }
            await to.WriteAsync(buffer.AsMemory(0, read), gone.Token);
        }
    }

    private static void Break(TcpClient connection)
    {
        try
        {
            connection.Client?.Close(0);
        }
        catch (ObjectDisposedException)
        {
            // Broken already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        listener.Stop();
        Cut();
    }
}
