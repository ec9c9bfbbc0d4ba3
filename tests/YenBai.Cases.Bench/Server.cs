using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace YenBai.Cases.Bench;

/// <summary>The published application as a process.</summary>
internal static class Server
{
    /// <summary>A free port, so that two runs do not meet.</summary>
    public static readonly string Address = $"http://127.0.0.1:{FreePort()}";

    /// <summary>What is answered to nobody in particular.</summary>
    public const string Life = "/health/live";

    private static readonly List<Process> Started = [];

    /// <summary>A server that outlives a run that broke down keeps its output open, and who reads that waits for ever.</summary>
    static Server() => AppDomain.CurrentDomain.UnhandledException += (_, _) =>
    {
        foreach (var process in Started) Kill(process);
    };

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended, and was disposed of.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static Process Start(Options options, string data, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(options.App, "YenBai.Cases.Web.dll"), .. args])
        {
            WorkingDirectory = options.App,
            RedirectStandardOutput = true,
        };
        start.Environment["Cases__DataDirectory"] = data;
        start.Environment["ASPNETCORE_URLS"] = Address;
        start.Environment["Logging__LogLevel__Default"] = "Error";
        var process = Process.Start(start)!;
        Started.Add(process);
        return process;
    }

    /// <summary>Starts the server and asks until it answers.</summary>
    /// <returns>The process, and milliseconds from its start to the first answer.</returns>
    public static async Task<(Process, double)> ServeAsync(Options options, string data, HttpClient client, string page)
    {
        var started = Stopwatch.GetTimestamp();
        var process = Start(options, data, []);
        _ = process.StandardOutput.ReadToEndAsync();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(page);
                answer.EnsureSuccessStatusCode();
                return (process, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            catch (HttpRequestException) when (!process.HasExited && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(10))
            {
                await Task.Delay(10);
            }
        }
    }

    /// <summary>Makes the accounts of the demonstration, as its operator does: the province is there already.</summary>
    public static async Task MakeAccountsAsync(Options options, string data)
    {
        using var process = Start(options, data, ["cases", "demo"]);
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException("The accounts of the demonstration could not be made.");
    }

    public static async Task StopAsync(Process process)
    {
        using (var stop = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await stop.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>A line of the kernel's status of a process, in kB.</summary>
    public static long Status(int process, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it has just ended
        }
    }
}
