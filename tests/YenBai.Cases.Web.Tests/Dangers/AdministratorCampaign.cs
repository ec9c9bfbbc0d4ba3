using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Accounts;
using static YenBai.Cases.Web.Tests.Dangers.CampaignStore;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>One administrator alone tries to read households or to lock the others out.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AdministratorCampaign(CampaignStore store) : IClassFixture<CampaignStore>
{
    private static async Task<(HttpStatusCode Status, string? Code, JsonNode? Body)> GrantAsync(HttpClient http, string user, Role role, string? place = Whole, params string[] households)
    {
        var name = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(role.ToString());
        var (status, body) = await PostAsync(http, $"/api/accounts/{user}/grants", new { role = name, place = role == Role.Sponsor ? null : place, households, reason = "cần cho công việc" });
        return (status, body?["code"]?.GetValue<string>(), body);
    }

    private static Task<(HttpStatusCode Status, JsonNode? Body)> ApproveAsync(HttpClient http, string user, string proposal) =>
        PostAsync(http, $"/api/accounts/{user}/proposals/{proposal}/approve", new { });

    private static List<string> Proposals(JsonNode? account) => [.. account!["proposals"]!.AsArray().Select(p => p!["id"]!.GetValue<string>())];

    [Fact]
    public async Task An_administrator_reads_no_household_alone()
    {
        var code = await store.AHouseholdElsewhereAsync();
        await store.CatchUpAsync();
        var (bad, asBad) = await store.SomebodyAsync(At(Role.Administrator));
        (await store.LeaksAsync(asBad, code)).ShouldBeEmpty("an administrator's own pages");

        // A made-up account, whose link he opens himself, with each role there is.
        var (puppet, asPuppet) = await store.PuppetAsync(bad);
        var proposed = new List<string>();
        foreach (var role in Enum.GetValues<Role>())
        {
            var (status, refused, body) = await GrantAsync(asBad, puppet, role, role == Role.Caseworker ? Elsewhere : Whole, role == Role.Sponsor ? [code] : []);
            status.ShouldBe(HttpStatusCode.Accepted, $"{role} {refused}");
            body!["grants"]!.AsArray().ShouldAllBe(g => !g!["holds"]!.GetValue<bool>() && g["proposed"]!.GetValue<bool>());
            proposed = Proposals(body);
        }
        proposed.Count.ShouldBe(Enum.GetValues<Role>().Length);
        (await store.LeaksAsync(asPuppet, code)).ShouldBeEmpty("nothing holds");
        (await asPuppet.GetAsync($"/api/households/{code}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // Neither he nor his puppet is the second person; a puppet of the puppet is none either.
        foreach (var id in proposed)
        {
            (await ApproveAsync(asBad, puppet, id)).Body!["code"]!.GetValue<string>().ShouldBe("own_proposal");
            (await ApproveAsync(asPuppet, puppet, id)).Status.ShouldBe(HttpStatusCode.Forbidden);
        }
        var (second, asSecond) = await store.PuppetAsync(bad);
        (await GrantAsync(asBad, second, Role.Administrator)).Status.ShouldBe(HttpStatusCode.Accepted);
        (await ApproveAsync(asSecond, puppet, proposed[0])).Status.ShouldBe(HttpStatusCode.Forbidden);
        // Disabled and enabled again, a change of capitals, another place: all the same.
        await PostAsync(asBad, $"/api/accounts/{puppet}/disable", new { reason = "thử" });
        await PostAsync(asBad, $"/api/accounts/{puppet}/enable", new { reason = "thử" });
        (await GrantAsync(asBad, puppet.ToUpperInvariant(), Role.Manager, Elsewhere)).Status.ShouldBe(HttpStatusCode.Accepted);
        (await ApproveAsync(asBad, puppet.ToUpperInvariant(), proposed[0])).Body!["code"]!.GetValue<string>().ShouldBe("own_proposal");
        (await store.LeaksAsync(asPuppet, code)).ShouldBeEmpty("in the end");

        // Who is honest sees it on the home page and in the record.
        var (_, auditor) = await store.SomebodyAsync(At(Role.Auditor));
        (await auditor.GetStringAsync("/")).ShouldContain(puppet);
        (await auditor.GetStringAsync("/quan-tri/nhat-ky?tab=accounts")).ShouldContain("nhận liên kết đặt mật khẩu");
        // With a second administrator it holds: so it was the second person that was missing.
        var (_, honest) = await store.SomebodyAsync(At(Role.Administrator));
        var manager = (await store.Get<StaffDesk>().FindAsync(puppet, default))!.Proposals.First(p => p.Grant?.Role == Role.Manager).Id;
        (await ApproveAsync(honest, puppet, manager.ToString())).Status.ShouldBe(HttpStatusCode.OK);
        (await store.LeaksAsync(asPuppet, code)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_link_opens_no_account_that_holds_something()
    {
        var (bad, _) = await store.SomebodyAsync(At(Role.Administrator));
        // Granted to a staff code whose owner has no account yet; by the operator, or by two.
        (await store.Get<StaffDesk>().GrantAsync(Actor.Operator, "chua-co-tai-khoan", At(Role.Manager), default)).ShouldBeNull();
        (await store.Get<StaffDesk>().GrantAsync(await store.Get<StaffDesk>().ActorAsync(bad, null, default), "dang-cho-duyet", At(Role.Manager), default)).ShouldBeNull();

        await using var scope = store.Get<IServiceScopeFactory>().CreateAsyncScope();
        var office = scope.ServiceProvider.GetRequiredService<StaffOffice>();
        foreach (var user in new[] { "chua-co-tai-khoan", "CHUA-CO-TAI-KHOAN", "dang-cho-duyet" })
        {
            var (link, result) = await office.CreateAsync(await store.Get<StaffDesk>().ActorAsync(bad, null, default), user, null, default);
            (link, result.Succeeded, result.Errors.FirstOrDefault()?.Code).ShouldBe((null, false, "granted_already"), user);
        }
        await using var another = store.Get<IServiceScopeFactory>().CreateAsyncScope();
        (await another.ServiceProvider.GetRequiredService<YenBai.Cases.Web.Accounts.AccountDesk>().FindAsync("chua-co-tai-khoan")).ShouldBeNull();
    }

    [Fact]
    public async Task An_administrator_takes_no_watcher_out_and_no_crowd()
    {
        var (_, bad) = await store.SomebodyAsync(At(Role.Administrator));
        var (administrator, asAdministrator) = await store.SomebodyAsync(At(Role.Administrator));
        var (auditor, asAuditor) = await store.SomebodyAsync(At(Role.Auditor));
        var workers = new List<(string Name, HttpClient Http)>();
        for (var i = 0; i < TwoPeople.MostTakenAway + 4; i++) workers.Add(await store.SomebodyAsync(At(Role.Caseworker, Own)));

        foreach (var watcher in new[] { administrator, auditor })
        {
            var (status, body) = await PostAsync(bad, $"/api/accounts/{watcher}/disable", new { reason = "thử" });
            (status, body!["state"]!.GetValue<string>(), Proposals(body).Count).ShouldBe((HttpStatusCode.Accepted, "active", 1));
            var grant = body["grants"]!.AsArray().First(g => g!["holds"]!.GetValue<bool>())!["id"]!.GetValue<string>();
            (await PostAsync(bad, $"/api/accounts/{watcher}/grants/{grant}/revoke", new { reason = "thử" })).Status.ShouldBe(HttpStatusCode.Accepted);
        }
        (await asAdministrator.GetAsync("/api/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await asAuditor.GetAsync("/quan-tri/nhat-ky")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await asAdministrator.GetStringAsync("/")).ShouldContain("Khoá tài khoản");

        var (disabled, waiting) = (0, 0);
        foreach (var (name, _) in workers.Take(8))
            if ((await PostAsync(bad, $"/api/accounts/{name}/disable", new { reason = "thử" })).Status == HttpStatusCode.OK) disabled++;
        foreach (var (name, _) in workers.Skip(8))
        {
            var grant = (await store.Get<StaffDesk>().FindAsync(name, default))!.Grants[0].Id;
            var (status, _) = await PostAsync(bad, $"/api/accounts/{name}/grants/{grant}/revoke", new { reason = "thử" });
            if (status == HttpStatusCode.OK) disabled++;
            if (status == HttpStatusCode.Accepted) waiting++;
        }
        (disabled, waiting).ShouldBe((TwoPeople.MostTakenAway, 4));
        (await workers[^1].Http.GetAsync("/api/households")).StatusCode.ShouldBe(HttpStatusCode.OK);
        // The other administrator refuses, with a reason; and takes the first one out with a third.
        var proposal = Proposals((await GrantsOf(asAdministrator, workers[^1].Name))!)[0];
        (await PostAsync(asAdministrator, $"/api/accounts/{workers[^1].Name}/proposals/{proposal}/refuse", new { reason = " " })).Body!["code"]!.GetValue<string>().ShouldBe("required");
        (await PostAsync(asAdministrator, $"/api/accounts/{workers[^1].Name}/proposals/{proposal}/refuse", new { reason = "không có căn cứ" })).Status.ShouldBe(HttpStatusCode.OK);
        Proposals((await GrantsOf(asAdministrator, workers[^1].Name))!).ShouldBeEmpty();
    }

    private static async Task<JsonNode?> GrantsOf(HttpClient http, string user) => JsonNode.Parse(await http.GetStringAsync($"/api/accounts/{user}"));
}
