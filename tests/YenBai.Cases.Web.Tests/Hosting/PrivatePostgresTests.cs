using System.Diagnostics;
using System.Runtime.Versioning;
using Npgsql;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Postgres;

namespace YenBai.Cases.Web.Tests.Hosting;

/// <summary>Against the PostgreSQL programs of this machine, each test with a store of its own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivatePostgresTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("yenbai-cases-test-").FullName;
    private readonly List<string> _said = [];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Keeps_its_data_in_a_directory_of_any_depth_and_name()
    {
        var data = Path.Combine(_root, "Lao động – Thương binh & Xã hội", "it's a \"store\", $HOME", new string('s', 100), new string('â', 100), ".data");

        await using (var first = await JoinAsync(data))
            await ExecuteAsync(first, "create table kept as select 'Mù Cang Chải' as name");

        await using var second = await JoinAsync(data);
        (await ReadAsync(second, "select name from kept")).ShouldBe("Mù Cang Chải");
    }

    [Fact]
    public async Task Runs_from_the_first_who_joins_to_the_last_who_leaves()
    {
        var together = await Task.WhenAll(JoinAsync(), JoinAsync(), JoinAsync());
        _said.Count(line => line.StartsWith("Starting", StringComparison.Ordinal)).ShouldBe(1);

        await together[0].DisposeAsync();
        await together[2].DisposeAsync();
        (await ReadAsync(together[1], "select 1")).ShouldBe(1);

        // One leaves while another comes: whichever is first, the newcomer has a server.
        var leaving = together[1].DisposeAsync().AsTask();
        var newcomer = await JoinAsync();
        await leaving;
        (await ReadAsync(newcomer, "select 1")).ShouldBe(1);

        await newcomer.DisposeAsync();
        await newcomer.DisposeAsync();
        await Should.ThrowAsync<NpgsqlException>(() => ReadAsync(newcomer, "select 1"));
    }

    [Fact]
    public async Task Recovers_when_the_server_is_killed()
    {
        await using var before = await JoinAsync();
        await ExecuteAsync(before, "create table kept as select 42 as answer");
        using (var postmaster = Process.GetProcessById(int.Parse(File.ReadLines(PidFile).First())))
        {
            postmaster.Kill();
            await postmaster.WaitForExitAsync();
        }

        await using var after = await JoinAsync();

        (await ReadAsync(after, "select answer from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task Is_started_again_under_whoever_uses_it_and_has_what_was_answered()
    {
        await using PrivatePostgres one = await JoinAsync(), other = await JoinAsync();
        await ExecuteAsync(one, "create table kept (n int)");
        for (var n = 1; n <= 2; n++)
        {
            await ExecuteAsync(one, $"insert into kept values ({n})");
            using (var postmaster = Process.GetProcessById(int.Parse(File.ReadLines(PidFile).First())))
            {
                postmaster.Kill();
                await postmaster.WaitForExitAsync();
            }
            await Eventually.BecomesAsync(async () =>
            {
                try
                {
                    return (await ReadAsync(other, "select count(*) from kept")) is long kept && kept == n;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            }, "PostgreSQL answers again", 30);
        }
        lock (_said) _said.ShouldContain("PostgreSQL answers again.");
    }

    [Fact]
    public async Task Starts_although_a_stranger_has_the_process_number_that_was_left_behind()
    {
        string pidFile;
        await using (await JoinAsync())
            pidFile = await File.ReadAllTextAsync(PidFile);
        using var stranger = Process.Start("sleep", "60");
        await File.WriteAllTextAsync(PidFile, string.Join('\n', pidFile.Split('\n').Skip(1).Prepend($"{stranger.Id}")));

        await using (var again = await JoinAsync())
            (await ReadAsync(again, "select 1")).ShouldBe(1);

        stranger.HasExited.ShouldBeFalse();
        stranger.Kill();
    }

    [Fact]
    public async Task Restarts_a_server_whose_socket_was_swept_away()
    {
        var swept = await JoinAsync();
        var socket = new NpgsqlConnectionStringBuilder(swept.ConnectionString).Host!;
        File.Delete(Path.Combine(socket, ".s.PGSQL.5432"));

        var message = (await Should.ThrowAsync<PrivatePostgresException>(() => JoinAsync())).Message;
        message.ShouldContain(socket);
        await swept.DisposeAsync();

        await using var again = await JoinAsync();
        (await ReadAsync(again, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Says_what_to_do_with_the_store_of_another_version()
    {
        var cluster = Directory.CreateDirectory(Path.Combine(_root, "postgres", "db")).FullName;
        await File.WriteAllTextAsync(Path.Combine(cluster, "PG_VERSION"), "9\n");

        var message = (await Should.ThrowAsync<PrivatePostgresException>(() => JoinAsync())).Message;

        message.ShouldContain("made by PostgreSQL 9");
        message.ShouldContain("PG_BIN");
    }

    [Fact]
    public async Task Is_durable_closed_to_the_network_and_sorts_Vietnamese()
    {
        await using var postgres = await JoinAsync();

        (await ReadAsync(postgres, """
            select concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'), current_setting('listen_addresses') = '',
                                  current_setting('TimeZone'), current_setting('server_encoding'), current_setting('data_checksums'))
            """)).ShouldBe("on on t UTC UTF8 on");
        (await ReadAsync(postgres, """
            select string_agg(name, ' ' order by name collate "vi-x-icu") from unnest('{Em,Đào,Dung,Ân,An,Ăn}'::text[]) name
            """)).ShouldBe("An Ăn Ân Dung Đào Em");
        File.GetUnixFileMode(new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!)
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Lends_scratch_databases()
    {
        await using var postgres = await JoinAsync();
        const string Count = "select count(*) from pg_database where datname like 'scratch%'";

        await using (var scratch = await postgres.CreateScratchDatabaseAsync())
        {
            await using var source = NpgsqlDataSource.Create(scratch.ConnectionString);
            await source.CreateCommand("create extension unaccent").ExecuteNonQueryAsync();
            (await ReadAsync(postgres, Count)).ShouldBe(1L);
        }

        (await ReadAsync(postgres, Count)).ShouldBe(0L);
    }

    private string PidFile => Path.Combine(_root, "postgres", "db", "postmaster.pid");

    private Task<PrivatePostgres> JoinAsync(string? data = null) => PrivatePostgres.JoinAsync(data ?? _root, Say);

    private void Say(string line)
    {
        lock (_said)
            _said.Add(line);
    }

    private static async Task ExecuteAsync(PrivatePostgres postgres, string sql) => await ReadAsync(postgres, sql);

    private static async Task<object?> ReadAsync(PrivatePostgres postgres, string sql)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        return await source.CreateCommand(sql).ExecuteScalarAsync();
    }
}
