using System.Diagnostics;
using Npgsql;

namespace YenBai.Cases.Web.Hosting;

/// <summary>Backup and restore with PostgreSQL's own pg_dump and pg_restore: one file, readable by later versions.</summary>
internal static class Backup
{
    public static Task<int> SaveAsync(string connection, string file, CancellationToken cancellation) =>
        RunAsync("pg_dump", connection, ["--format=custom", "--file", Path.GetFullPath(file)], cancellation);

    public static async Task<int> RestoreAsync(string connection, string file, CancellationToken cancellation)
    {
        if (!File.Exists(file)) throw new ArgumentException($"There is no file {file}.");
        await using (var source = NpgsqlDataSource.Create(connection))
        await using (var count = source.CreateCommand("select count(*) from pg_tables where schemaname = 'cases' and tablename = 'mt_events'"))
            if ((long)(await count.ExecuteScalarAsync(cancellation))! > 0)
                throw new ArgumentException("The store is not empty: a backup is restored into an empty one only (another data directory, or another database).");
        return await RunAsync("pg_restore", connection, ["--no-owner", "--exit-on-error", "--single-transaction", "--dbname", new NpgsqlConnectionStringBuilder(connection).Database!, Path.GetFullPath(file)], cancellation);
    }

    private static async Task<int> RunAsync(string program, string connection, string[] arguments, CancellationToken cancellation)
    {
        var to = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(Find(program)) { WorkingDirectory = "/" };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // Through the environment: a password on a command line is read by everybody on the machine.
        start.Environment["PGHOST"] = to.Host;
        start.Environment["PGPORT"] = to.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = to.Username;
        start.Environment["PGDATABASE"] = to.Database;
        if (to.Password is { } password) start.Environment["PGPASSWORD"] = password;
        using var process = Process.Start(start) ?? throw new IOException($"{program} did not start.");
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0 ? 0 : 1;
    }

    private static string Find(string program)
    {
        var places = new[] { Environment.GetEnvironmentVariable("PG_BIN") ?? "" }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")) : []);
        return places.Select(p => Path.Combine(p, program)).FirstOrDefault(File.Exists)
            ?? throw new ArgumentException($"{program} is not on this machine: install PostgreSQL's client programs (postgresql-client).");
    }
}
