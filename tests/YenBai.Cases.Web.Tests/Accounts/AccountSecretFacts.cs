using System.Net;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using YenBai.Cases.Web.Accounts;

namespace YenBai.Cases.Web.Tests.Accounts;

/// <summary>What anyone who reads the tables of accounts finds there, and that an older store is brought up to it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AccountSecretFacts(AccountStore store) : IClassFixture<AccountStore>
{
    private static Task<string[]> RecoveryCodesAsync(AccountStore store, string user) => store.WithAsync(async s =>
    {
        var users = s.GetRequiredService<UserManager<StaffAccount>>();
        return (await users.GenerateNewTwoFactorRecoveryCodesAsync((await users.FindByNameAsync(user))!, 3))!.ToArray();
    });

    private static Task<string> TablesAsync(AccountStore store) => store.AskAsync<string>(
        "select string_agg(t, ' ') from (select account_token::text as t from identity.account_token union all select account::text from identity.account union all select session::text from identity.session "
        + "union all select sign_in_failure::text from identity.sign_in_failure) x");

    [Fact]
    public async Task Neither_the_secret_of_an_app_nor_a_code_nor_a_token_lies_there_as_it_is()
    {
        var user = await store.AnAccountAsync();
        var secret = await store.TotpAsync(user);
        var codes = await RecoveryCodesAsync(store, user);
        var code = Totp.At(secret, store.Clock.Now);
        var answer = await store.LoginAsync(user, code: code);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var link = await store.LinkAsync(user);

        var tables = await TablesAsync(store);

        foreach (var hidden in codes.Append(secret).Append(link.Split("token=")[1]).Append(AccountStore.Password)) tables.ShouldNotContain(hidden);
        (await store.AskAsync<long>("select count(*) from identity.account_token where value not like 'p1:%'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_secret_that_is_moved_to_another_account_opens_nothing()
    {
        var (user, thief) = (await store.AnAccountAsync(), await store.AnAccountAsync());
        await store.TotpAsync(user);
        var secret = await store.TotpAsync(thief);

        await store.ExecuteAsync(
            $"update identity.account_token t set value = (select t2.value from identity.account_token t2, identity.account a2 where a2.id = t2.user_id and a2.user_name = '{thief}' and t2.name = t.name) "
            + $"from identity.account a where a.id = t.user_id and a.user_name = '{user}'");

        (await AccountStore.CodeOf(await store.LoginAsync(user, code: Totp.At(secret, store.Clock.Now)))).ShouldBe("totp_required");
    }

    [Fact]
    public async Task A_store_of_the_version_before_is_brought_up_to_date_with_what_it_holds()
    {
        await using var own = await AccountStoreOfItsOwn.StartAsync();
        await own.Store.ExecuteAsync("drop schema identity cascade");
        await using var services = new ServiceCollection().Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3).BuildServiceProvider();
        var options = new DbContextOptionsBuilder<AccountsDb>();
        options.UseApplicationServiceProvider(services);
        AccountsDb.Configure(options, own.Store.Owner);
        await using (var db = new AccountsDb(options.Options)) await db.GetService<IMigrator>().MigrateAsync("20261123033940_Accounts");
        var hash = new PasswordHasher<StaffAccount>().HashPassword(new(), AccountStore.Password).Replace("'", "''", StringComparison.Ordinal);
        const string secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
        var now = own.Store.Clock.Now.ToUniversalTime().ToString("O");
        await own.Store.ExecuteAsync(
            $"""
            insert into identity.account (id, disabled, user_name, normalized_user_name, password_hash, security_stamp, concurrency_stamp, two_factor_enabled, lockout_end, lockout_enabled, access_failed_count)
            values ('a1', false, 'can-bo-cu', 'CAN-BO-CU', '{hash}', 'STAMP', 'c', true, now() + interval '1 year', true, 3);
            insert into identity.account_token (user_id, login_provider, name, value) values
              ('a1', '[AspNetUserStore]', 'AuthenticatorKey', '{secret}'), ('a1', '[AspNetUserStore]', 'RecoveryCodes', 'AAAAA-BBBBB;CCCCC-DDDDD'), ('a1', 'codes', 'last', '123456');
            insert into identity.session (id, account, stamp, started, until, ended, "from", renewals) values
              ('00000000-0000-0000-0000-000000000001', 'a1', 'STAMP', '{now}', '{now}'::timestamptz + interval '300 days', null, 'cũ', 4);
            """);

        await own.Store.RestartAsync();

        var tables = await TablesAsync(own.Store);
        foreach (var plain in new[] { secret, "AAAAA-BBBBB", "123456" }) tables.ShouldNotContain(plain);
        (await own.Store.AskAsync<bool>("select ends = started + interval '14 days' and until = ends and second_factor from identity.session")).ShouldBeTrue();
        (await own.Store.LoginAsync("can-bo-cu", code: Totp.At(secret, own.Store.Clock.Now))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await own.Store.LoginAsync("can-bo-cu", code: "CCCCC-DDDDD")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AccountStore.CodeOf(await own.Store.LoginAsync("can-bo-cu", code: "CCCCC-DDDDD"))).ShouldBe("totp_required");
    }
}
