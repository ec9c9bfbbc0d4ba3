using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using YenBai.Cases.Web.Accounts;

namespace YenBai.Cases.Web.Tests.Accounts;

/// <summary>When a session ends, however much it is used.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SessionFacts(AccountStore store) : IClassFixture<AccountStore>
{
    [Fact]
    public async Task Refreshing_every_day_lasts_two_weeks_and_no_longer()
    {
        var tokens = await store.TokensAsync(await store.AnAccountAsync());
        var day = 0;
        await store.WithClockAsync(TimeSpan.Zero, async () =>
        {
            for (; day < 31; day++)
            {
                store.Clock.Now += TimeSpan.FromDays(1);
                var answer = await store.RefreshAsync(tokens.RefreshToken);
                if (answer.StatusCode == HttpStatusCode.Unauthorized) break;
                tokens = (await answer.Content.ReadFromJsonAsync<AccountStore.Tokens>())!;
            }
            // Nor does what was given out on the last day.
            (await store.WhoAsync(tokens)).ShouldBeNull();
        });
        day.ShouldBe(13);
    }

    [Fact]
    public async Task A_month_later_no_refresh_token_serves()
    {
        var tokens = await store.TokensAsync(await store.AnAccountAsync());

        await store.WithClockAsync(TimeSpan.FromDays(31), async () => (await store.RefreshAsync(tokens.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task The_end_that_the_store_has_is_the_end_whatever_the_cookie_and_the_token_say()
    {
        var user = await store.AnAccountAsync();
        var (tokens, cookie) = (await store.TokensAsync(user), await store.CookieAsync(user));
        (await store.WhoAsync(cookie)).ShouldBe(user);

        await store.ExecuteAsync($"update identity.session s set until = '{store.Clock.Now.ToUniversalTime():O}' from identity.account a where a.id = s.account and a.user_name = '{user}'");

        (await store.WhoAsync(cookie)).ShouldBeNull();
        (await store.WhoAsync(tokens)).ShouldBeNull();
        (await store.RefreshAsync(tokens.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_cookie_that_is_used_every_eight_hours_lasts_a_week_and_no_longer()
    {
        // The browser's own cookies run out by the clock on the wall.
        await using var own = await AccountStoreOfItsOwn.StartAsync(new() { Clock = { Now = DateTimeOffset.Now } });
        var user = await own.Store.AnAccountAsync();
        using var browser = new Browser(own.Store);
        await browser.SignInAsync(user);
        var started = own.Store.Clock.Now;

        while (await browser.WhoAsync() == user && own.Store.Clock.Now < started.AddDays(30)) own.Store.Clock.Now += TimeSpan.FromHours(8);

        (own.Store.Clock.Now - started).ShouldBe(Schemes.CookieEnds);
    }

    [Fact]
    public async Task A_cookie_that_is_not_used_for_a_working_day_ends()
    {
        var user = await store.AnAccountAsync();
        var (used, unused) = (await store.CookieAsync(user), await store.CookieAsync(user));

        await store.WithClockAsync(Schemes.CookieLasts - TimeSpan.FromSeconds(1), async () => (await store.WhoAsync(used)).ShouldBe(user));
        await store.WithClockAsync(Schemes.CookieLasts, async () => (await store.WhoAsync(unused)).ShouldBeNull());
    }

    [Fact]
    public async Task What_ended_is_removed_after_ninety_days_and_nothing_else()
    {
        var (ended, ranOut, open) = (await store.AnAccountAsync(), await store.AnAccountAsync(), await store.AnAccountAsync());
        await store.TokensAsync(ended);
        await store.SetDisabledAsync(ended, true);
        await store.CookieAsync(ranOut);
        async Task<long> KeptAsync(string user) => await store.AskAsync<long>($"select count(*) from identity.session s, identity.account a where a.id = s.account and a.user_name = '{user}'");

        await store.WithClockAsync(Sessions.Retention, async () =>
        {
            await store.TokensAsync(open);
            await store.Get<Sessions>().SweepAsync(default);
            (await KeptAsync(ended), await KeptAsync(ranOut), await KeptAsync(open)).ShouldBe((1, 1, 1));
            store.Clock.Now += TimeSpan.FromDays(1);
            await store.Get<Sessions>().SweepAsync(default);
            (await KeptAsync(ended), await KeptAsync(ranOut), await KeptAsync(open)).ShouldBe((0, 0, 1));
        });
    }
}
