using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace YenBai.Cases.Web.Postgres;

/// <summary>What keeps the private PostgreSQL from working, said so that the operator can act on it.</summary>
public sealed class PrivatePostgresException(string message) : Exception(message);

/// <summary>
/// The PostgreSQL of a data directory, for machines where nobody has set one up: whoever joins first starts it, whoever
/// leaves last stops it, and a process that is killed leaves it in a state that the next one copes with.
/// </summary>
/// <remarks>
/// Two locked files in the data directory say who is there. <c>postgres.lock</c> is held for the moment of joining or
/// leaving, so that starts and stops come one after the other. <c>postgres.users</c> is held, shared, for as long as one
/// has joined; who can get it for himself alone knows that nobody else has.
/// </remarks>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string DatabaseName = "cases";

    private static readonly TimeSpan WatchPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Action<string> _say;
    private readonly string _home; // the cluster and its log, private to the account that PostgreSQL runs as
    private readonly string _dataDirectory;
    private readonly PostgresBinaries _binaries;
    private readonly ServerAccount _account;
    private readonly CancellationTokenSource _left = new();
    private Task _watch = Task.CompletedTask;
    private FileStream? _membership;
    private string _socketDirectory = "";

    private PrivatePostgres(string dataDirectory, string home, PostgresBinaries binaries, ServerAccount account, Action<string> say) =>
        (_dataDirectory, _home, _binaries, _account, _say) = (dataDirectory, home, binaries, account, say);

    /// <summary>Reaches the database <c>cases</c> as its owner.</summary>
    public string ConnectionString => ConnectionTo(DatabaseName);

    /// <summary>Reaches it as the role that serves.</summary>
    public string RunTimeConnectionString => RunTimeOf(ConnectionString);

    /// <summary>The same database for the role that serves.</summary>
    public static string RunTimeOf(string connection) => new NpgsqlConnectionStringBuilder(connection) { Username = Maintenance.DatabaseRoles.RunTime }.ConnectionString;

    private string Cluster => Path.Combine(_home, "db");
    private string Log => Path.Combine(_home, "postgres.log");
    private string PidFile => Path.Combine(Cluster, "postmaster.pid");

    /// <summary>Starts the PostgreSQL of this data directory, or joins those who use it already.</summary>
    /// <exception cref="PrivatePostgresException">It cannot be started here; the message says what to do.</exception>
    public static async Task<PrivatePostgres> JoinAsync(string dataDirectory, Action<string> say, CancellationToken cancel = default)
    {
        if (!OperatingSystem.IsLinux())
            throw new PrivatePostgresException("The private PostgreSQL runs on Linux only. Set ConnectionStrings__cases to a PostgreSQL of your own.");
        dataDirectory = Path.GetFullPath(dataDirectory);
        try
        {
            Directory.CreateDirectory(dataDirectory);
            using var turn = await FileLock.ExclusiveAsync(TurnFile(dataDirectory), cancel);

            var home = Path.Combine(dataDirectory, "postgres");
            Directory.CreateDirectory(home);
            var cluster = Path.Combine(home, "db");
            var binaries = await PostgresBinaries.FindAsync(dataDirectory, VersionOf(cluster));
            var account = await ServerAccount.ChooseAsync(home, cluster, binaries);
            await account.MakePrivateDirectoryAsync(home);

            var postgres = new PrivatePostgres(dataDirectory, home, binaries, account, say);
            await postgres.EnterAsync(cancel);
            postgres._watch = postgres.WatchAsync();
            return postgres;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PrivatePostgresException($"{e.Message} If the data directory {dataDirectory} belongs to another user, run as that user or name another one in Cases__DataDirectory.");
        }
    }

    /// <summary>Leaves; the last to do so stops PostgreSQL.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_membership is null)
            return;
        await _left.CancelAsync();
        await _watch;
        using var turn = await FileLock.ExclusiveAsync(TurnFile(_dataDirectory), CancellationToken.None);
        await LeaveAsync();
    }

    /// <summary>An empty database beside the real one, for tests; disposing it drops it.</summary>
    public async Task<ScratchDatabase> CreateScratchDatabaseAsync(CancellationToken cancel = default)
    {
        var name = $"scratch_{Guid.NewGuid():N}";
        await ExecuteAsync("postgres", $"create database {name}", cancel);
        return new ScratchDatabase(ConnectionTo(name), () => ExecuteAsync("postgres", $"drop database if exists {name} with (force)", default));
    }

    public sealed class ScratchDatabase(string connectionString, Func<Task> drop) : IAsyncDisposable
    {
        public string ConnectionString => connectionString;

        public async ValueTask DisposeAsync() => await drop();
    }

    private async Task EnterAsync(CancellationToken cancel)
    {
        // While it is our turn nobody can come or go, so that this stays true until we are through.
        bool alone;
        using (var everything = FileLock.TryExclusive(UsersFile(_dataDirectory)))
            alone = everything is not null;
        _membership = FileLock.TryShared(UsersFile(_dataDirectory))
            ?? throw new PrivatePostgresException($"{UsersFile(_dataDirectory)} is locked by another program.");
        try
        {
            await MakeReadyAsync(alone, cancel);
        }
        catch
        {
            await LeaveAsync();
            throw;
        }
    }

    /// <summary>A server that was killed is started again by anyone who notices first.</summary>
    private async Task WatchAsync()
    {
        var pause = WatchPause;
        var said = "";
        while (true)
        {
            try
            {
                await Task.Delay(pause, _left.Token);
                if (PostmasterFile.SocketDirectory(PidFile) is not null)
                    continue;
                using var turn = await FileLock.ExclusiveAsync(TurnFile(_dataDirectory), _left.Token);
                if (PostmasterFile.SocketDirectory(PidFile) is not null)
                    continue;
                _say("PostgreSQL is gone.");
                await MakeReadyAsync(alone: false, _left.Token);
                _say("PostgreSQL answers again.");
                (pause, said) = (WatchPause, "");
            }
            catch (OperationCanceledException) when (_left.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is PrivatePostgresException or IOException or UnauthorizedAccessException or NpgsqlException)
            {
                // A full disk stays full for a while: the reason is given once, and it is tried less and less often.
                if (said != e.Message)
                    _say(said = e.Message);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task LeaveAsync()
    {
        _membership?.Dispose();
        _membership = null;
        using var everything = FileLock.TryExclusive(UsersFile(_dataDirectory));
        if (everything is not null && PostmasterFile.SocketDirectory(PidFile) is not null)
            await StopAsync();
    }

    /// <summary>From whatever state the cluster is in to one that answers, with the database in it.</summary>
    private async Task MakeReadyAsync(bool alone, CancellationToken cancel)
    {
        if (!Directory.Exists(Cluster))
            await InitialiseAsync(cancel);
        var silent = Stopwatch.StartNew();
        var said = "";
        while (true)
        {
            if (PostmasterFile.SocketDirectory(PidFile) is { } socketDirectory)
                _socketDirectory = socketDirectory;
            else
                await StartAsync(cancel);

            try
            {
                if (_socketDirectory != "")
                {
                    await EnsureDatabaseAsync(cancel);
                    return;
                }
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                // It is starting up, recovering or going down, which takes as long as it takes.
                if (said != e.MessageText)
                    _say($"PostgreSQL: {said = e.MessageText}");
                silent.Restart();
            }
            catch (NpgsqlException e) when (e is not PostgresException)
            {
                // It runs and does not answer. Most likely its socket was swept out of /tmp, which only a restart heals.
                if (silent.Elapsed > TimeSpan.FromSeconds(3))
                {
                    if (!alone)
                        throw new PrivatePostgresException($"PostgreSQL runs, but cannot be reached at its socket in {_socketDirectory}. Stop the programs that use {_dataDirectory} and start again.");
                    _say("PostgreSQL does not answer; restarting it.");
                    await StopAsync();
                    silent.Restart();
                }
            }
            await Task.Delay(50, cancel);
        }
    }

    private async Task InitialiseAsync(CancellationToken cancel)
    {
        _say($"Creating a PostgreSQL {_binaries.Version} store in {_home}");
        // Under another name until it is whole: what an interrupted run left behind must not pass for a cluster.
        await _account.RunAsync(_home, ["sh", "-c", "rm -rf db.new-*"]);
        var name = $"db.new-{Guid.NewGuid():N}";
        var (code, text) = await _account.RunAsync(_home,
            [_binaries.Initdb, "-D", name, "-U", DatabaseName, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"]);
        cancel.ThrowIfCancellationRequested(); // Ctrl-C reaches initdb and pg_ctl as well; that is no failure of theirs
        if (code != 0)
            throw new PrivatePostgresException(StoreFailure.IsFullDisk(text) ? StoreFailure.FullDisk(_home) : $"initdb failed in {_home}:\n{text}");
        var made = Path.Combine(_home, name);
        await File.AppendAllTextAsync(Path.Combine(made, "postgresql.conf"), "\ninclude_if_exists 'cases.conf'\n");
        Directory.Move(made, Cluster);
    }

    private async Task StartAsync(CancellationToken cancel)
    {
        _say($"Starting PostgreSQL {_binaries.Version}");
        // A socket's path has at most 107 bytes; a data directory may lie deeper than that.
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{_home}\n{_account.Owner}"));
        _socketDirectory = $"/tmp/yenbai-cases-{Convert.ToHexStringLower(name)[..16]}";
        RemoveSocketDirectory(); // a killed server leaves its lock there
        await _account.MakePrivateDirectoryAsync(_socketDirectory);
        await File.WriteAllTextAsync(Path.Combine(Cluster, "cases.conf"), await SettingsAsync());
        if (new FileInfo(Log) is { Exists: true, Length: > 10_000_000 })
            File.Move(Log, Log + ".1", overwrite: true);

        var logged = File.Exists(Log) ? new FileInfo(Log).Length : 0;

        // pg_ctl gives PostgreSQL a session of its own, so that Ctrl-C in the terminal reaches the application alone.
        // It need not wait for a long recovery: that is watched, and may be broken off, where the connection is tried.
        var (code, text) = await _account.RunAsync(_home, [_binaries.PgCtl, "start", "-D", "db", "-l", "postgres.log", "-s", "-w", "-t", "3"]);
        if (code == 0 || PostmasterFile.SocketDirectory(PidFile) is not null)
            return;
        cancel.ThrowIfCancellationRequested();
        using var log = new StreamReader(Log);
        log.BaseStream.Position = logged;
        var why = await log.ReadToEndAsync();
        if (!why.Contains("pre-existing shared memory block", StringComparison.Ordinal))
            throw new PrivatePostgresException(StoreFailure.IsFullDisk(why + text) ? StoreFailure.FullDisk(_home) : $"PostgreSQL did not start:\n{text}\n{why}");
        await Task.Delay(500); // the children of a postmaster that was killed need a moment to notice
    }

    private async Task StopAsync()
    {
        _say("Stopping PostgreSQL");
        var (code, text) = await _account.RunAsync(_home, [_binaries.PgCtl, "stop", "-D", "db", "-s", "-m", "fast", "-w", "-t", "600"]);
        if (code != 0)
            _say($"PostgreSQL did not stop: {text}");
        else
            RemoveSocketDirectory();
    }

    private void RemoveSocketDirectory()
    {
        if (Directory.Exists(_socketDirectory))
            Directory.Delete(_socketDirectory, recursive: true);
    }

    private async Task<string> SettingsAsync()
    {
        var (lz4, _) = await _account.RunAsync(_home, [_binaries.Postgres, "-D", "db", "-C", "wal_compression", "-c", "wal_compression=lz4"]);
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024);
        return $"""
            # Written at every start. Settings of your own go into postgresql.auto.conf (alter system), which wins.
            cluster_name = 'yenbai-cases'
            listen_addresses = ''
            port = 5432
            unix_socket_directories = '{_socketDirectory}'
            unix_socket_permissions = 0700
            max_connections = 100
            shared_buffers = {Math.Clamp(memory / 4, 32, 512)}MB
            work_mem = 32MB
            maintenance_work_mem = 256MB
            fsync = on
            synchronous_commit = on
            max_wal_size = 4GB
            checkpoint_timeout = 15min
            wal_compression = {(lz4 == 0 ? "lz4" : "on")}
            default_toast_compression = {(lz4 == 0 ? "lz4" : "pglz")}
            random_page_cost = 1.1
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            idle_in_transaction_session_timeout = 5min

            """;
    }

    private async Task EnsureDatabaseAsync(CancellationToken cancel)
    {
        try
        {
            await ExecuteAsync(DatabaseName, "select 1", cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await ExecuteAsync("postgres", $"create database {DatabaseName}", cancel);
        }
    }

    private async Task ExecuteAsync(string database, string sql, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionTo(database)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _socketDirectory,
        Port = 5432,
        Username = DatabaseName,
        Database = database,
        IncludeErrorDetail = true,
        // Of the server's 100, so that the web application with two pools, the command line and the upkeep fit together.
        MaxPoolSize = 30,
    }.ConnectionString;

    private static int? VersionOf(string cluster)
    {
        var file = Path.Combine(cluster, "PG_VERSION");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : null;
    }

    private static string TurnFile(string dataDirectory) => Path.Combine(dataDirectory, "postgres.lock");
    private static string UsersFile(string dataDirectory) => Path.Combine(dataDirectory, "postgres.users");
}
