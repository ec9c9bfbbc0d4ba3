using System.Diagnostics;
using System.Text;

namespace YenBai.Cases.Web.Tests.Hosting;

/// <summary>The product as a process of its own, which can be frozen and killed.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder said = new();

    private Product(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, e) => Say(e.Data);
        process.ErrorDataReceived += (_, e) => Say(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static Product Start(string connection, string data, params string[] args) => Start(new Dictionary<string, string> { ["ConnectionStrings__cases"] = connection }, data, args);

    public static Product Start(IReadOnlyDictionary<string, string> environment, string data, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "YenBai.Cases.Web.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        start.Environment["Cases__DataDirectory"] = data;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    public string Said
    {
        get { lock (said) return said.ToString(); }
    }

    public bool HasExited => process.HasExited;

    public void Kill() => process.Kill();

    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return process.ExitCode;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private void Say(string? line)
    {
        lock (said) said.AppendLine(line);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }
}

/// <summary>Waits for what another process does.</summary>
internal static class Eventually
{
    public static async Task BecomesAsync(Func<Task<bool>> condition, string what, int seconds = 60)
    {
        var started = Stopwatch.StartNew();
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            started.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(seconds), what);
            await pulse.WaitForNextTickAsync();
        }
    }
}
