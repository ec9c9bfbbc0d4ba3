using System.Net;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using YenBai.Cases.Composition;
using YenBai.Cases.Web.Accounts;

namespace YenBai.Cases.Web.Tests.Accounts;

/// <summary>Accounts themselves: names, passwords, links, the tables they lie in.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AccountFacts(AccountStore store) : IClassFixture<AccountStore>
{
    private Task<IdentityResult> CreateAsync(string user, string? password = AccountStore.Password) =>
        store.WithAsync(s => s.GetRequiredService<AccountDesk>().CreateAsync(new() { UserName = user }, password));

    [Theory]
    [InlineData("Mai.Lo_15-04375")]
    [InlineData("07")]
    public async Task A_staff_code_is_letters_digits_and_three_signs(string user) => (await CreateAsync(user)).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("mai lo")]
    [InlineData("mai@example")]
    [InlineData("mại")]
    [InlineData("<b>")]
    [InlineData("")]
    public async Task Anything_else_is_none(string user) => (await CreateAsync(user)).Succeeded.ShouldBeFalse();

    [Fact]
    public async Task A_staff_code_is_one_in_capitals_or_without()
    {
        var user = await store.AnAccountAsync();

        (await CreateAsync(user.ToUpperInvariant())).Errors.Single().Code.ShouldBe("DuplicateUserName");
    }

    [Theory]
    [InlineData("11 letters.", "PasswordTooShort")]
    [InlineData("aaaaaaaaaaaaaaaa", "PasswordRequiresUniqueChars")]
    [InlineData("tho Pw-Holder mộc", PasswordRules.HoldsUserName)]
    [InlineData("123456789012", PasswordRules.OnlyDigits)]
    [InlineData("385720194631", PasswordRules.OnlyDigits)]
    [InlineData("0912 345 678", PasswordRules.OnlyDigits)]
    [InlineData("12-34-56-78-90", PasswordRules.OnlyDigits)]
    [InlineData("qwertyuiop12", PasswordRules.Easy)]
    [InlineData("asdfghjkl;'1", PasswordRules.Easy)]
    [InlineData("1qaz2wsx3edc", PasswordRules.Easy)]
    [InlineData("q1w2e3r4t5y6", PasswordRules.Easy)]
    [InlineData("poiuytrewq99", PasswordRules.Easy)]
    [InlineData("abcdefghijkl", PasswordRules.Easy)]
    [InlineData("abcabcabcabc", PasswordRules.Easy)]
    [InlineData("abcd1234abcd1234", PasswordRules.Easy)]
    [InlineData("aaaaaaaaaaab", PasswordRules.Easy)]
    [InlineData("password1234", PasswordRules.Easy)]
    [InlineData("P@ssw0rd2024!", PasswordRules.Easy)]
    [InlineData("iloveyou1234", PasswordRules.Easy)]
    [InlineData("ILoveYou<3<3", PasswordRules.Easy)]
    [InlineData("matkhau12345", PasswordRules.Easy)]
    [InlineData("Mật khẩu 2026", PasswordRules.Easy)]
    [InlineData("anhyeuem1314", PasswordRules.Easy)]
    [InlineData("Anh yêu em 2000", PasswordRules.Easy)]
    [InlineData("yenbaicases1", PasswordRules.Easy)]
    [InlineData("Tỉnh Yên Bái 15", PasswordRules.Easy)]
    [InlineData("giamngheo2026", PasswordRules.Easy)]
    [InlineData("holder-holder-1", PasswordRules.Easy)]
    [InlineData("nguyenvan1990", PasswordRules.Easy)]
    public async Task A_password_is_long_and_not_the_first_to_be_guessed(string password, string error) =>
        (await CreateAsync("pw-holder", password)).Errors.ShouldContain(e => e.Code == error);

    [Theory]
    [InlineData("chỉ là chữ thường")]
    [InlineData("ngựa đá cầu vồng tím")]
    [InlineData("correct horse battery staple")]
    [InlineData("gà trống 7 chân")]
    [InlineData("xK9#mQ2$vL8p")]
    [InlineData("bếp lửa nhà sàn 1975")]
    public async Task A_password_needs_no_digits_and_no_signs(string password) => (await CreateAsync(AccountStore.NewUser(), password)).Errors.ShouldBeEmpty();

    [Fact]
    public async Task A_link_sets_a_password_once()
    {
        var user = await store.AnAccountAsync(password: null);
        var token = TokenOf(await store.LinkAsync(user));

        (await UseAsync(user, token, "ngắn")).Errors.ShouldContain(e => e.Code == "PasswordTooShort");
        (await UseAsync(user, token)).Succeeded.ShouldBeTrue();
        (await UseAsync(user, token)).Errors.Single().Code.ShouldBe("InvalidToken");
        (await store.LoginAsync(user)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_link_is_for_one_account_and_one_day()
    {
        var (user, other) = (await store.AnAccountAsync(), await store.AnAccountAsync());
        var token = TokenOf(await store.LinkAsync(user));

        (await UseAsync(other, token)).Errors.Single().Code.ShouldBe("InvalidToken");
        (await UseAsync(user, token[..^4])).Errors.Single().Code.ShouldBe("InvalidToken");
        var now = store.Clock.Now;
        try
        {
            store.Clock.Now = now + PasswordLinks.Valid;
            (await UseAsync(user, token)).Errors.Single().Code.ShouldBe("InvalidToken");
            store.Clock.Now = now + PasswordLinks.Valid - TimeSpan.FromSeconds(1);
            (await UseAsync(user, token)).Succeeded.ShouldBeTrue();
        }
        finally
        {
            store.Clock.Now = now;
        }
    }

    private static string TokenOf(string link) => Uri.UnescapeDataString(link.Split("token=")[1]);

    private Task<IdentityResult> UseAsync(string user, string token, string password = AccountStore.Password) => store.WithAsync(async s =>
    {
        var users = s.GetRequiredService<UserManager<StaffAccount>>();
        return await users.ResetPasswordAsync((await users.FindByNameAsync(user))!, token, password);
    });

    [Fact]
    public async Task Two_processes_that_start_together_share_one_schema_and_one_key()
    {
        await using var own = await AccountStoreOfItsOwn.StartAsync();
        await own.Store.ExecuteAsync("drop schema identity cascade");
        ServiceProvider Process()
        {
            var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddSingleton(_ => NpgsqlDataSource.Create(own.Store.ConnectionString)).AddLocalization();
            services.AddAccountStore();
            return services.BuildServiceProvider();
        }
        await using ServiceProvider one = Process(), other = Process();

        await Task.WhenAll(new[] { one, other }.Select(p => p.GetServices<IHostedService>().OfType<AccountsSchema>().Single().StartAsync(default)));

        (await own.Store.AskAsync<long>("select count(*) from identity.migration")).ShouldBe(2);
        (await own.Store.AskAsync<long>("select count(*) from identity.data_protection_key")).ShouldBe(1);
        var told = one.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("xin chào");
        other.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(told).ShouldBe("xin chào");
    }

    [Fact]
    public async Task The_demonstration_accounts_are_made_once_and_their_table_is_in_Vietnamese()
    {
        await store.MakeDemonstrationAsync();
        for (var i = 0; i < 2; i++)
            await store.WithAsync(async s =>
            {
                await s.GetRequiredService<DemonstrationAccounts>().EnsureAsync(default);
                return true;
            });

        foreach (var account in DemonstrationAccounts.All)
            (await store.LoginAsync(account.UserName, DemonstrationAccounts.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await store.WithAsync(s => Task.FromResult(s.GetRequiredService<DemonstrationAccounts>().Table()))).ShouldContain("demo-manager         thoat-ngheo-ben-vung   Quản lý");
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://127.8.9.1:5080;http://[::1]:5080;http://localhost:5080", true)]
    [InlineData("http://unix:/run/cases.sock", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://127.0.0.1:5080;http://*:5081", false)]
    [InlineData("http://+:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://cases.example:5080", false)]
    public async Task A_demonstration_store_listens_to_this_machine_unless_told_twice(string urls, bool may)
    {
        async Task<bool> MayAsync(string key, string value, bool demonstration, string? setting, params string[] args) =>
            await DemonstrationExposure.RefusalAsync(
                new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [key] = value, [DemonstrationExposure.Setting] = setting }).Build(),
                args, () => Task.FromResult(demonstration)) is null;

        (await MayAsync("urls", urls, true, null)).ShouldBe(may);
        (await MayAsync("Kestrel:Endpoints:All:Url", urls.Split(';')[^1], true, null)).ShouldBe(may);
        (await MayAsync("urls", urls, true, null, DemonstrationExposure.Switch)).ShouldBe(may);
        (await MayAsync("urls", urls, true, "true")).ShouldBe(may);
        (await MayAsync("urls", urls, true, "true", DemonstrationExposure.Switch)).ShouldBeTrue();
        (await MayAsync("urls", urls, false, null)).ShouldBeTrue();
        (await MayAsync("http_ports", "8080", true, null)).ShouldBeFalse();
    }

    private sealed class Strict : AccountStore
    {
        protected override void Configure(WebApplicationBuilder builder)
        {
            base.Configure(builder);
            builder.Configuration["Limits:LoginsPerMinute"] = "3";
        }
    }

    [Fact]
    public async Task Too_many_attempts_from_one_address_have_to_wait()
    {
        await using var own = await AccountStoreOfItsOwn.StartAsync(new Strict());
        for (var i = 0; i < 3; i++) (await own.Store.LoginAsync("nobody")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var answer = await own.Store.LoginAsync("nobody");

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await AccountStore.CodeOf(answer)).ShouldBe("too_many_requests");
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
    }

    [Fact]
    public async Task Parts_of_a_page_may_list_the_accounts_at_the_same_time()
    {
        var user = await store.AnAccountAsync();

        var lists = await store.WithAsync(s =>
        {
            var desk = s.GetRequiredService<AccountDesk>();
            return Task.WhenAll(Enumerable.Range(0, 20).Select(_ => desk.ListAsync(default)));
        });

        lists.ShouldAllBe(l => l.Any(a => a.UserName == user));
    }
}
