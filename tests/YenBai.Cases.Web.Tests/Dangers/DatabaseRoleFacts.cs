using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Composition;
using YenBai.Cases.Households;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Privacy;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Postgres;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>Anyone who gets a statement of their own past the product, as the role that it runs as, does not change the record.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DatabaseRoleFacts(TestStore store) : IClassFixture<TestStore>
{
    public static TheoryData<string> Attempts =>
    [
        "update cases.mt_events set data = data || '{\"to\": \"poor\"}'",
        "update cases.mt_events set timestamp = now()",
        "delete from cases.mt_events",
        "truncate cases.mt_events",
        "truncate cases.mt_events, cases.mt_streams cascade",
        "insert into cases.mt_events select * from cases.mt_events on conflict (seq_id) do update set user_name = 'nobody'",
        "merge into cases.mt_events e using cases.mt_events f on e.seq_id = f.seq_id when matched then delete",
        "alter table cases.mt_events disable trigger all",
        "alter table cases.mt_events add column x int",
        "alter table cases.mt_events rename to gone",
        "drop table cases.mt_events cascade",
        "create trigger t before insert on cases.mt_events for each row execute function suppress_redundant_updates_trigger()",
        "create rule r as on insert to cases.mt_events do instead nothing",
        "lock table cases.mt_events in access exclusive mode",
        "update cases.reading set actor = 'nobody'",
        "delete from cases.reading",
        "truncate cases.reading",
        "drop table cases.reading",
        "update cases.mt_streams set type = 'other'",
        "update cases.mt_streams set is_archived = true",
        "delete from cases.mt_streams",
        "select cases.mt_archive_stream(id) from cases.mt_streams limit 1",
        "select setval('cases.mt_events_sequence', 1)",
        "delete from identity.migration",
        "create table cases.mine (x int)",
        "create schema mine",
        "drop schema cases cascade",
        "drop trigger only_the_projector_advances on cases.mt_event_progression",
        "create or replace function cases.only_the_projector_advances() returns trigger language plpgsql as 'begin return new; end'",
        "set session_replication_role = replica",
        "set role cases",
        "set session authorization cases",
        "create role mine superuser",
        "alter role cases_app superuser",
        "grant update on cases.mt_events to cases_app",
        "copy cases.mt_events to program 'cat'",
        "copy (select 1) to '/tmp/yenbai-cases-never'",
        "select pg_read_file('/etc/passwd')",
        "alter database postgres set fsync = off",
    ];

    [Theory, MemberData(nameof(Attempts))]
    public async Task The_role_that_serves_adds_to_the_record_and_changes_nothing_of_it(string attempt)
    {
        (await store.RegisterAsync(TestStore.NewCode())).Reception.ShouldBe(Reception.Accepted);

        await using var connection = await store.Get<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(attempt, connection);

        // Some a grant of nothing answers with a warning: what counts is that nothing is granted.
        if (attempt.StartsWith("grant", StringComparison.Ordinal))
        {
            try { await command.ExecuteNonQueryAsync(); } catch (PostgresException) { }
            await transaction.RollbackAsync();
            (await store.AskAsync<bool>("select has_table_privilege('cases_app', 'cases.mt_events', 'update')")).ShouldBeFalse();
            return;
        }
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task The_role_owns_nothing_is_a_member_of_nothing_and_the_product_runs_as_it()
    {
        await using var command = store.Get<NpgsqlDataSource>().CreateCommand("""
            select session_user || ' ' || current_user || ' ' || (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
                || ' ' || (select count(*) from pg_class where relowner = r.oid) || ' ' || (select count(*) from pg_auth_members where member = r.oid)
            from pg_roles r where rolname = session_user
            """);
        (await command.ExecuteScalarAsync()).ShouldBe("cases_app cases_app false 0 0");
        (await DatabaseRoles.CanRewriteAsync(store.Get<NpgsqlDataSource>(), default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Every_table_of_what_was_read_is_one_that_is_only_added_to()
    {
        // Anyone who adds a table to the record of reading must name it in DatabaseRoles.
        (await store.AskAsync<long>("""
            select count(*) from pg_tables where schemaname = 'cases' and (tablename = 'mt_events' or tablename like 'reading%')
                and has_table_privilege('cases_app', 'cases.' || tablename, 'update, delete, truncate')
            """)).ShouldBe(0);
    }

    [Fact]
    public async Task Everything_that_the_product_does_it_does_as_that_role()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Lò Thị Mai");
        await store.SubmitAsync(code, 1, new RecordVisit(new(2024, 6, 1), "Đã đến nhà"));
        var file = store.Write("role.csv", $"event_id,household,seq,effective,type,district\n1,{code}-2,1,2016-03-01,ENTER,Van Yen\n");
        (await store.ImportAsync(file)).Taken.ShouldBe(1);
        (await store.SubmitAsync(code, 2, new ErasePersonalData(new(2024, 6, 15), null))).Reception.ShouldBe(Reception.Accepted);
        (await store.SignInAsync($"role-{Guid.NewGuid():N}"[..20], new GrantRequest(Role.Caseworker, "04375", null, [], null, null, "test"))).Dispose();
        (await store.CaseAsync(code)).Version.ShouldBe(3);

        await store.Get<Rebuild>().RunAsync(Enum.GetValues<ReadModel>().ToHashSet(), null, default);
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    [Fact]
    public async Task A_store_from_before_the_roles_is_brought_to_them()
    {
        await using var database = await (await Cluster.GetAsync()).CreateScratchDatabaseAsync();
        // As it was: the owner does everything.
        await StorePreparation.EnsureAsync(new(database.ConnectionString, database.ConnectionString), default);
        await using (var owner = NpgsqlDataSource.Create(database.ConnectionString))
        await using (var give = owner.CreateCommand("grant all on all tables in schema cases to cases_app"))
            await give.ExecuteNonQueryAsync();

        var access = new StoreAccess(PrivatePostgres.RunTimeOf(database.ConnectionString), database.ConnectionString);
        await StorePreparation.EnsureAsync(access, default);

        await using var source = NpgsqlDataSource.Create(access.RunTime);
        (await DatabaseRoles.CanRewriteAsync(source, default)).ShouldBeFalse();
        await using var delete = source.CreateCommand("delete from cases.mt_events");
        (await Should.ThrowAsync<PostgresException>(() => delete.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task With_one_role_for_everything_it_serves_as_the_other_one_and_says_that_this_is_less()
    {
        await using var database = await (await Cluster.GetAsync()).CreateScratchDatabaseAsync();
        await using var connection = await StoreConnection.OpenAsync(new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:cases", database.ConnectionString)]).Build(), _ => { }, default);

        await using var source = NpgsqlDataSource.Create(connection.Text);
        await using var delete = source.CreateCommand("delete from cases.mt_events");
        (await Should.ThrowAsync<PostgresException>(() => delete.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await DatabaseRoles.CanRewriteAsync(source, default)).ShouldBeTrue();
        connection.Access.Owner.ShouldBe(database.ConnectionString);
    }

    [Fact]
    public async Task The_role_that_serves_cannot_bring_a_store_up_to_date_and_says_who_can()
    {
        await using var database = await (await Cluster.GetAsync()).CreateScratchDatabaseAsync();
        var message = (await Should.ThrowAsync<ArgumentException>(() => StorePreparation.EnsureAsync(new(PrivatePostgres.RunTimeOf(database.ConnectionString), null), default))).Message;
        message.ShouldContain("ConnectionStrings__cases_owner");
    }
}
