using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Tests.Dangers;
using static YenBai.Cases.Web.Tests.Dangers.CampaignStore;

namespace YenBai.Cases.Web.Tests.Access;

/// <summary>Grants that wait for a second person, as those concerned meet them.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class TwoPeopleApiFacts(CampaignStore store) : IClassFixture<CampaignStore>
{
    private static object Grant(string role, string place = Whole) => new { role, place, reason = "thay người nghỉ hưu" };

    private static string Only(JsonNode? account) => account!["proposals"]!.AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<string>();

    private static string? Code(JsonNode? body) => body?["code"]?.GetValue<string>();

    [Theory]
    [InlineData("manager")]
    [InlineData("evaluator")]
    [InlineData("administrator")]
    [InlineData("auditor")]
    public async Task A_grant_holds_when_another_administrator_approves(string role)
    {
        var (first, asFirst) = await store.SomebodyAsync(At(Role.Administrator));
        var (_, asSecond) = await store.SomebodyAsync(At(Role.Administrator));
        var (_, asAuditor) = await store.SomebodyAsync(At(Role.Auditor));
        var (user, asUser) = await store.SomebodyAsync();

        var (status, account) = await PostAsync(asFirst, $"/api/accounts/{user}/grants", Grant(role));
        status.ShouldBe(HttpStatusCode.Accepted);
        var grant = account!["grants"]!.AsArray().ShouldHaveSingleItem()!;
        (grant["holds"]!.GetValue<bool>(), grant["proposed"]!.GetValue<bool>()).ShouldBe((false, true));
        (await store.Get<StaffDesk>().ActorAsync(user, null, default)).Grants.ShouldBeEmpty();
        (await asUser.GetAsync("/api/plan/2024/progress")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // The person and the auditors are notified, and anyone who may decide it.
        (await asUser.GetStringAsync("/")).ShouldContain("Đề xuất đang chờ duyệt");
        (await asAuditor.GetStringAsync("/")).ShouldContain(user);
        (await asSecond.GetStringAsync("/")).ShouldContain(user);
        (await asSecond.GetStringAsync($"/quan-tri/tai-khoan/{user}")).ShouldContain("Duyệt");
        (await asFirst.GetStringAsync($"/quan-tri/tai-khoan/{user}")).ShouldContain("Người khác phải duyệt");

        var path = $"/api/accounts/{user}/proposals/{Only(account)}/approve";
        Code((await PostAsync(asFirst, path, new { })).Body).ShouldBe("own_proposal");
        (await PostAsync(asAuditor, path, new { })).Status.ShouldBe(HttpStatusCode.Forbidden);
        var (approved, after) = await PostAsync(asSecond, path, new { });
        approved.ShouldBe(HttpStatusCode.OK);
        after!["grants"]!.AsArray().ShouldHaveSingleItem()!["holds"]!.GetValue<bool>().ShouldBeTrue();
        (await asUser.GetAsync("/api/plan/2024/progress")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "permitted; there is no plan of that year");
        Code((await PostAsync(asSecond, path, new { })).Body).ShouldBe("unknown_proposal", "once");
        var record = await asAuditor.GetStringAsync("/quan-tri/nhat-ky?tab=accounts");
        (record.Contains("Đề xuất: Cấp quyền"), record.Contains("Duyệt đề xuất"), record.Contains(first)).ShouldBe((true, true, true));
        (await asUser.GetStringAsync("/")).ShouldContain("Thay đổi gần đây đối với tài khoản của bạn");
    }

    [Fact]
    public async Task A_proposal_is_made_once_and_refused_with_a_reason()
    {
        var (_, asFirst) = await store.SomebodyAsync(At(Role.Administrator));
        var (_, asSecond) = await store.SomebodyAsync(At(Role.Administrator));
        var (user, asUser) = await store.SomebodyAsync();
        var account = (await PostAsync(asFirst, $"/api/accounts/{user}/grants", Grant("manager"))).Body;

        Code((await PostAsync(asSecond, $"/api/accounts/{user}/proposals/{Only(account)}/refuse", new { reason = "" })).Body).ShouldBe("required");
        var (status, after) = await PostAsync(asSecond, $"/api/accounts/{user}/proposals/{Only(account)}/refuse", new { reason = "chưa có quyết định phân công" });
        (status, after!["proposals"]!.AsArray().Count, after["grants"]!.AsArray().Count).ShouldBe((HttpStatusCode.OK, 0, 0));
        (await asUser.GetStringAsync("/")).ShouldContain("chưa có quyết định phân công");
        Code((await PostAsync(asSecond, $"/api/accounts/{user}/proposals/{Only(account)}/approve", new { })).Body).ShouldBe("unknown_proposal");
    }

    [Fact]
    public async Task An_administrator_is_disabled_by_two_and_enabled_by_two()
    {
        var (_, asFirst) = await store.SomebodyAsync(At(Role.Administrator));
        var (_, asSecond) = await store.SomebodyAsync(At(Role.Administrator));
        var (user, asUser) = await store.SomebodyAsync(At(Role.Administrator));

        var disabling = await PostAsync(asFirst, $"/api/accounts/{user}/disable", new { reason = "nghi lộ mật khẩu" });
        disabling.Status.ShouldBe(HttpStatusCode.Accepted);
        (await asUser.GetAsync("/api/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(asSecond, $"/api/accounts/{user}/proposals/{Only(disabling.Body)}/approve", new { })).Body!["state"]!.GetValue<string>().ShouldBe("disabled");
        await Should.ThrowAsync<HttpRequestException>(() => asUser.GetAsync("/api/accounts"));

        var enabling = await PostAsync(asFirst, $"/api/accounts/{user}/enable", new { reason = "đã đổi mật khẩu" });
        (enabling.Status, enabling.Body!["state"]!.GetValue<string>()).ShouldBe((HttpStatusCode.Accepted, "disabled"));
        (await PostAsync(asSecond, $"/api/accounts/{user}/proposals/{Only(enabling.Body)}/approve", new { })).Body!["state"]!.GetValue<string>().ShouldBe("active");
        (await asUser.GetAsync("/api/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_manager_approves_a_caseworker_of_the_place_whom_an_administrator_made()
    {
        var (first, asFirst) = await store.SomebodyAsync(At(Role.Administrator));
        var (_, asManager) = await store.SomebodyAsync(At(Role.Manager, Own));
        var (_, asOther) = await store.SomebodyAsync(At(Role.Manager, Elsewhere));
        var (user, asUser) = await store.PuppetAsync(first);

        var account = await PostAsync(asFirst, $"/api/accounts/{user}/grants", Grant("caseworker", Own));
        account.Status.ShouldBe(HttpStatusCode.Accepted);
        (await asManager.GetStringAsync("/")).ShouldContain(user);
        (await asOther.GetStringAsync("/")).ShouldNotContain(user);
        (await PostAsync(asOther, $"/api/accounts/{user}/proposals/{Only(account.Body)}/approve", new { })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(asManager, $"/api/accounts/{user}/proposals/{Only(account.Body)}/approve", new { })).Status.ShouldBe(HttpStatusCode.OK);
        (await asUser.GetAsync("/api/households")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_operator_approves_where_there_is_one_administrator()
    {
        var (first, _) = await store.SomebodyAsync(At(Role.Administrator));
        var (user, _) = await store.SomebodyAsync();
        var staff = store.Get<StaffDesk>();
        (await staff.GrantAsync(await staff.ActorAsync(first, null, default), user, At(Role.Manager), default)).ShouldBeNull();

        (await staff.ApproveAsync(Actor.Operator, user, (await staff.FindAsync(user, default))!.Proposals[0].Id, default)).ShouldBeNull();

        (await staff.ActorAsync(user, null, default)).Has(Role.Manager).ShouldBeTrue();
    }

    [Fact]
    public async Task Seasons_of_a_caseworker_cannot_be_chained_nor_begin_far_ahead()
    {
        var (_, asManager) = await store.SomebodyAsync(At(Role.Manager, Own));
        var (user, _) = await store.SomebodyAsync(At(Role.Caseworker, Own) with { Until = new DateOnly(2024, 6, 20) });
        object Season(string from, string until) => new { role = "caseworker", place = Own, from, until, reason = "đợt rà soát cuối năm" };

        Code((await PostAsync(asManager, $"/api/accounts/{user}/grants", Season("2090-01-01", "2090-03-01"))).Body).ShouldBe("starts_too_late");
        (await PostAsync(asManager, $"/api/accounts/{user}/grants", Season("2024-06-15", "2024-10-01"))).Status.ShouldBe(HttpStatusCode.OK);
        var now = store.Clock.Now;
        try
        {
            store.Clock.Now = new(2024, 10, 1, 9, 0, 0, TimeSpan.FromHours(7));
            Code((await PostAsync(asManager, $"/api/accounts/{user}/grants", Season("2024-10-02", "2025-01-20"))).Body).ShouldBe("season_used_up");
        }
        finally
        {
            store.Clock.Now = now;
        }
    }
}

/// <summary>On a store of its own: here the administrators are counted.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LastAdministratorFacts(CampaignStore store) : IClassFixture<CampaignStore>
{
    [Fact]
    public async Task Nobody_takes_the_last_administrator_out()
    {
        var staff = store.Get<StaffDesk>();
        var (first, _) = await store.SomebodyAsync(At(Role.Administrator));
        var (second, _) = await store.SomebodyAsync(At(Role.Administrator));
        async Task<string?> DisableAsync(Actor by, string user) => (await staff.SetDisabledAsync(by, user, true, "nghỉ việc", default))?.Code;
        foreach (var other in (await staff.AllAsync(default)).Where(m => m.UserName != first && m.UserName != second)) (await DisableAsync(Actor.Operator, other.UserName)).ShouldBeNull();

        (await DisableAsync(await staff.ActorAsync(first, null, default), first)).ShouldBe("own_grant");
        (await DisableAsync(await staff.ActorAsync(first, null, default), second)).ShouldBeNull();
        (await staff.FindAsync(second, default))!.Disabled.ShouldBeFalse("it was proposed");
        (await staff.ApproveAsync(Actor.Operator, second, (await staff.FindAsync(second, default))!.Proposals[0].Id, default)).ShouldBeNull();
        (await DisableAsync(Actor.Operator, first)).ShouldBe("last_administrator");
        var grant = (await staff.FindAsync(first, default))!.Grants[0].Id;
        (await staff.RevokeAsync(Actor.Operator, first, grant, "nghỉ việc", default))!.Code.ShouldBe("last_administrator");
        // With another one it goes.
        (await staff.SetDisabledAsync(Actor.Operator, second, false, "trở lại", default)).ShouldBeNull();
        (await staff.RevokeAsync(Actor.Operator, first, grant, "nghỉ việc", default)).ShouldBeNull();
    }
}
