using System.Net;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Web.Accounts;

namespace YenBai.Cases.Web.Tests.Accounts;

/// <summary>Guessing is slow from wherever it comes, and keeps nobody out of their own account.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class GuessingFacts(AccountStore store) : IClassFixture<AccountStore>
{
    private const string Stranger = "203.0.113.9", Office = "198.51.100.7";

    private async Task<bool> PassesFromAsync(string address, string user) => (await store.LoginFromAsync(address, user)).StatusCode == HttpStatusCode.OK;

    private async Task FailAsync(string address, string user, int times)
    {
        for (var i = 0; i < times; i++) (await store.LoginFromAsync(address, user, "một mật khẩu sai")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>From so many addresses that all unknown devices together have used up their attempts.</summary>
    private async Task GuessFromEverywhereAsync(string user)
    {
        for (var host = 1; host <= 10; host++) await FailAsync($"203.0.113.{host + 20}", user, SignInThrottle.FailuresAllowed - 1);
    }

    [Fact]
    public async Task Failures_from_one_address_block_that_address_and_not_the_owner()
    {
        var user = await store.AnAccountAsync();

        await FailAsync(Stranger, user, 50);

        (await PassesFromAsync(Stranger, user)).ShouldBeFalse();
        (await PassesFromAsync(Office, user)).ShouldBeTrue();
    }

    [Fact]
    public async Task Guessing_from_many_addresses_is_limited_for_the_account()
    {
        var user = await store.AnAccountAsync();

        await GuessFromEverywhereAsync(user);

        (await PassesFromAsync("192.0.2.77", user)).ShouldBeFalse();
        await store.WithClockAsync(SignInThrottle.WindowOfUnknown, async () => (await PassesFromAsync("192.0.2.77", user)).ShouldBeTrue());
    }

    [Fact]
    public async Task A_browser_that_signed_in_before_is_not_kept_out_by_strangers_and_has_five_attempts_of_its_own()
    {
        var (user, other) = (await store.AnAccountAsync(), await store.AnAccountAsync());
        using Browser known = new(store, Office), unknown = new(store, Office);
        await known.SignInAsync(user);
        await known.SendAsync("/tai-khoan/dang-xuat", "sign-out");
        await GuessFromEverywhereAsync(user);
        await FailAsync(Office, user, SignInThrottle.FailuresAllowed);

        await unknown.SignInAsync(user);
        (await unknown.WhoAsync()).ShouldBeNull();
        await known.SignInAsync(user);
        (await known.WhoAsync()).ShouldBe(user);

        // It is known for the account that signed in there, not for others; and it may not guess either.
        await known.SendAsync("/tai-khoan/dang-xuat", "sign-out");
        await GuessFromEverywhereAsync(other);
        await known.SignInAsync(other);
        (await known.WhoAsync()).ShouldBeNull();
        for (var i = 0; i < SignInThrottle.FailuresAllowed; i++) await known.SignInAsync(user, "một mật khẩu sai");
        await known.SignInAsync(user);
        (await known.WhoAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task The_mark_of_a_known_browser_can_neither_be_made_nor_moved_to_another_account()
    {
        var (user, other) = (await store.AnAccountAsync(), await store.AnAccountAsync());
        using Browser mine = new(store, Office), thief = new(store, Stranger);
        await mine.SignInAsync(user);
        await mine.SendAsync("/tai-khoan/dang-xuat", "sign-out");
        await mine.SignInAsync(other);
        var page = new Uri(store.Http.BaseAddress!, "/tai-khoan/dang-nhap");
        var marks = mine.Cookies.GetCookies(page).Where(c => c.Name.StartsWith("cases.device.", StringComparison.Ordinal)).ToList();
        marks.Count.ShouldBe(2);
        marks.ShouldAllBe(c => c.HttpOnly);

        await GuessFromEverywhereAsync(user);
        foreach (var (name, value) in new[] { (marks[0].Name, marks[1].Value), (marks[1].Name, marks[0].Value), (marks[0].Name, "x") }) thief.Cookies.Add(page, new Cookie(name, value, "/tai-khoan"));
        await thief.SignInAsync(user);

        (await thief.WhoAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_passkey_opens_the_account_whatever_failed_before()
    {
        var user = await store.AnAccountAsync();
        await GuessFromEverywhereAsync(user);

        var answer = await store.WithAsync(async s => await s.GetRequiredService<SignInDesk>().PasskeyAsync((await s.GetRequiredService<UserManager<StaffAccount>>().FindByNameAsync(user))!, default));

        (answer.Outcome, answer.SecondFactor).ShouldBe((SignInOutcome.Passed, true));
    }

    [Fact]
    public async Task Nothing_of_what_was_typed_or_of_where_from_is_kept()
    {
        await store.LoginFromAsync(Stranger, "mat-khau-go-nham-o-ten", "x");

        var kept = await store.AskAsync<string>("select coalesce(string_agg(f::text, ' '), '') from identity.sign_in_failure f");
        kept.ShouldNotContain("nham", Case.Insensitive);
        kept.ShouldNotContain("203.0.113");
    }
}
