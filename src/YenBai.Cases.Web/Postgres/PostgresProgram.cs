using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace YenBai.Cases.Web.Postgres;

/// <summary>Runs one of PostgreSQL's client programs, which ends with this process, however that ends.</summary>
internal static class PostgresProgram
{
    /// <exception cref="IOException">It failed; the message is what it said.</exception>
    public static async Task RunAsync(string program, string connection, string[] arguments, string name, CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource<(int Code, string Errors)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = Start(Find(program), connection, arguments, name);
        // The kernel ends the program with the thread that started it: so that is one that waits for it and does nothing else.
        new Thread(() =>
        {
            try
            {
                using var process = Process.Start(start) ?? throw new IOException($"{program} did not start.");
                using var stop = cancellation.Register(() => Kill(process));
                var errors = process.StandardError.ReadToEnd();
                process.WaitForExit();
                ended.SetResult((process.ExitCode, errors.Trim()));
            }
            catch (Exception e)
            {
                ended.SetException(e);
            }
        })
        { IsBackground = true, Name = program }.Start();

        var (code, errors) = await ended.Task;
        cancellation.ThrowIfCancellationRequested();
        if (code != 0) throw new IOException(StoreFailure.IsFullDisk(errors) ? $"{program}: {StoreFailure.FullDisk("the file or the store")}" : $"{program} failed: {errors}");
        if (errors.Length > 0) await Console.Error.WriteLineAsync(errors);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has just ended by itself.
        }
    }

    private static ProcessStartInfo Start(string program, string connection, string[] arguments, string name)
    {
        var to = new NpgsqlConnectionStringBuilder(connection);
        string[] all = FindOrNull("setpriv") is { } setpriv ? [setpriv, "--pdeathsig", "KILL", "--", program, .. arguments] : [program, .. arguments];
        var start = new ProcessStartInfo(all[0], all[1..]) { WorkingDirectory = "/", RedirectStandardError = true };
        // Through the environment: a password on a command line is read by everybody on the machine.
        start.Environment["PGHOST"] = to.Host;
        start.Environment["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = to.Username;
        start.Environment["PGDATABASE"] = to.Database;
        start.Environment["PGAPPNAME"] = name;
        start.Environment["LC_ALL"] = "C.UTF-8";
        if (to.Password is { } password) start.Environment["PGPASSWORD"] = password;
        return start;
    }

    private static string Find(string program) =>
        FindOrNull(program) ?? throw new ArgumentException($"{program} is not on this machine: install PostgreSQL's client programs (postgresql-client).");

    private static string? FindOrNull(string program)
    {
        var places = new[] { Environment.GetEnvironmentVariable("PG_BIN") ?? "" }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")) : []);
        return places.Select(p => Path.Combine(p, program)).FirstOrDefault(File.Exists);
    }
}
