using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Decisions;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Plan;
using YenBai.Cases.Privacy;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Decisions;

/// <summary>Decisions on a whole hamlet, their letters, and what is left to confirm. Every test has a hamlet of its own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DecisionFacts(TestStore store) : IClassFixture<TestStore>
{
    private const string Standard = "2022-2025", MauA = "04375@2020-02-01";

    private DateOnly Today => store.Clock.Today();

    /// <summary>Poor since 2023, scored, and met over unless the meeting did not consent.</summary>
    private async Task<(string Code, int Version)> PoorAsync(
        PovertyClass? consented, string name = "Lò Thị Mai", bool asks = false, [CallerMemberName] string hamlet = "")
    {
        var code = TestStore.NewCode(hamlet);
        (await store.RegisterAsync(code, name, hamlet: hamlet)).Reception.ShouldBe(Reception.Accepted);
        var version = 1;
        async Task Told(HouseholdCommand command)
        {
            var received = await store.SubmitAsync(code, version, command);
            received.Reception.ShouldBe(Reception.Accepted, received.Answer?.Refusal?.Code);
            version = received.Answer!.Version;
        }
        await Told(new DecideClass(new(2023, 1, 10), Standard, PovertyClass.Poor, "1", null, null));
        if (asks) await Told(new RequestExit(new(2024, 3, 1), "Nhà tôi đã đủ ăn", "Giàng A Páo"));
        await Told(new RecordAssessment(new(2024, 5, 1), Standard, "B", Area.Rural, consented == PovertyClass.NotPoor ? 160 : 120, consented == PovertyClass.NearPoor ? 10 : 40, null, null, null));
        await Told(new HoldMeeting(new(2024, 5, 20), Standard, consented ?? PovertyClass.Poor, 30, consented is null ? 10 : 28, "02/BB"));
        return (code, version);
    }

    private async Task<(HttpStatusCode Status, JsonNode Json)> DecideAsync(string body, bool dry, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/decisions?dryRun={(dry ? "true" : "false")}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await store.Http.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    private static string Body(string hamlet, params (string Code, int Version, string Class)[] households) => $$"""
        {"place":"04375","hamlet":"{{hamlet}}","standard":"{{Standard}}","on":"2024-06-10","number":"12/QĐ-UBND","signatory":"vice_chairman",
         "households":[{{string.Join(",", households.Select(h => $$"""{"code":"{{h.Code}}","version":{{h.Version}},"class":"{{h.Class}}"}"""))}}]}
        """;

    private static string[] Outcomes(JsonNode answer, string member) => [.. answer["outcomes"]!.AsArray().Select(o => o![member]?.ToString() ?? "")];

    private async Task<string> PageAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Cookie", ".AspNetCore.Culture=c%3Dvi%7Cuic%3Dvi");
        using var response = await store.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_trial_says_what_each_decision_would_do_and_changes_nothing()
    {
        var (leaves, stays, unheard) = (await PoorAsync(PovertyClass.NotPoor), await PoorAsync(PovertyClass.Poor), await PoorAsync(null));
        var body = Body(nameof(A_trial_says_what_each_decision_would_do_and_changes_nothing),
            (leaves.Code, leaves.Version, "not_poor"), (stays.Code, stays.Version, "poor"), (unheard.Code, unheard.Version, "near_poor"), (leaves.Code + "x", 1, "poor"));

        var (status, answer) = await DecideAsync(body, dry: true);

        status.ShouldBe(HttpStatusCode.OK);
        Outcomes(answer, "outcome").ShouldBe(["accepted", "accepted", "accepted", "unknown_household"]);
        Outcomes(answer, "effect").ShouldBe(["exits_fully", "stays", "exits_to_near_poor", ""]);
        answer["outcomes"]![2]!["warnings"]!.AsArray().Select(w => w!.GetValue<string>()).ShouldBe(["meeting_did_not_consent", "against_scores"]);
        ((int)answer["accepted"]!, (int)answer["refused"]!).ShouldBe((3, 1));
        (await store.CaseAsync(leaves.Code)).Version.ShouldBe(leaves.Version);
    }

    [Fact]
    public async Task A_decision_acts_once_however_often_it_is_sent()
    {
        var hamlet = nameof(A_decision_acts_once_however_often_it_is_sent);
        var (leaves, stays) = (await PoorAsync(PovertyClass.NotPoor), await PoorAsync(PovertyClass.Poor));
        var (body, key) = (Body(hamlet, (leaves.Code, leaves.Version, "not_poor"), (stays.Code, stays.Version, "poor")), Guid.NewGuid().ToString());

        var (_, first) = await DecideAsync(body, dry: false, key);
        var (_, again) = await DecideAsync(body, dry: false, key);

        Outcomes(first, "outcome").ShouldBe(["accepted", "accepted"]);
        Outcomes(first, "effect").ShouldBe(["exits_fully", "stays"]);
        Outcomes(first, "letter").ShouldBe([$"{leaves.Version + 1}", $"{stays.Version + 1}"]);
        again.ToJsonString().ShouldBe(first.ToJsonString());
        var household = await store.CaseAsync(leaves.Code);
        (household.Version, household.Latest().Status).ShouldBe((leaves.Version + 2, ListStatus.Out));
        var decided = household.Facts[leaves.Version].Event.ShouldBeOfType<ClassDecided>();
        (decided.DecisionNumber, decided.Signatory, decided.On).ShouldBe(("12/QĐ-UBND", Signatory.ViceChairman, new DateOnly(2024, 6, 10)));
        var (status, other) = await DecideAsync(Body(hamlet, (leaves.Code, leaves.Version, "poor")), dry: false, key);
        (status, other["code"]!.GetValue<string>()).ShouldBe((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"));
    }

    [Fact]
    public async Task Who_was_changed_meanwhile_or_stands_elsewhere_is_left_out_and_the_others_are_decided()
    {
        var hamlet = nameof(Who_was_changed_meanwhile_or_stands_elsewhere_is_left_out_and_the_others_are_decided);
        var (changed, fine, elsewhere) = (await PoorAsync(PovertyClass.Poor), await PoorAsync(PovertyClass.Poor), await PoorAsync(PovertyClass.Poor, hamlet: "another"));

        var (_, answer) = await DecideAsync(Body(hamlet, (changed.Code, changed.Version - 1, "poor"), (fine.Code, fine.Version, "poor"), (elsewhere.Code, elsewhere.Version, "poor")), dry: false, Guid.NewGuid().ToString());

        Outcomes(answer, "outcome").ShouldBe(["stale", "accepted", "unknown_household"]);
        Outcomes(answer, "reason")[0].ShouldNotBeEmpty();
        (await store.CaseAsync(elsewhere.Code)).Version.ShouldBe(elsewhere.Version);
    }

    [Theory]
    [InlineData("""{"standard":"2022-2025","number":"1","place":"04375"}""", 422, "required", "on")]
    [InlineData("""{"on":"2024-06-10","standard":"1993","number":"1","place":"04375"}""", 422, "unknown_standard", "standard")]
    [InlineData("""{"on":"2024-06-10","standard":"2022-2025","place":"04375"}""", 422, "required", "number")]
    [InlineData("""{"on":"2024-06-10","standard":"2022-2025","number":"1"}""", 422, "required", "place")]
    [InlineData("""{"on":"2024-06-10","standard":"2022-2025","number":"1","place":"99999"}""", 400, "unknown_place", "place")]
    [InlineData("""{"on":"2024-06-10","standard":"2022-2025","number":"1","place":"04375","households":[]}""", 422, "out_of_range", "households")]
    [InlineData("""{"on":"2024-06-10","standard":"2022-2025","number":"1","place":"04375","households":[null]}""", 422, "required", "households")]
    [InlineData("""{"on":"2024-06-10","standard":"2022-2025","number":"1","place":"04375","households":[{"code":"x"}]}""", 422, "required", "households")]
    [InlineData("""{"on":"soon"}""", 400, "body_malformed", "on")]
    public async Task What_is_missing_is_named(string body, int status, string code, string field)
    {
        var (answered, problem) = await DecideAsync(body, dry: true);

        ((int)answered, problem["code"]!.GetValue<string>(), problem["field"]!.GetValue<string>()).ShouldBe((status, code, field));
    }

    [Fact]
    public async Task To_act_it_needs_a_key()
    {
        var (status, problem) = await DecideAsync(Body("x", ("x", 1, "poor")), dry: false);

        (status, problem["code"]!.GetValue<string>()).ShouldBe((HttpStatusCode.BadRequest, "idempotency_key_required"));
    }

    [Fact]
    public async Task A_batch_that_was_stopped_goes_on_and_nothing_happens_twice()
    {
        var asked = new List<Asked>();
        for (var i = 0; i < 4; i++)
            if (await PoorAsync(PovertyClass.NearPoor) is var (code, version)) asked.Add(new(code, version, new DecideClass(new(2024, 6, 10), Standard, PovertyClass.NearPoor, "7", null, null)));
        using var stop = new CancellationTokenSource();
        var done = new List<BatchOutcome>();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var outcome in store.Get<CommandBatch>().RunAsync(store.Clerk, "decide 7", asked, stop.Token))
            {
                done.Add(outcome);
                if (done.Count == 2) await stop.CancelAsync();
            }
        });
        (await store.CaseAsync(asked[2].Code)).Version.ShouldBe(asked[2].Version, "after the stop nothing is begun");

        await store.RestartAsync();
        var again = new List<BatchOutcome>();
        await foreach (var outcome in store.Get<CommandBatch>().RunAsync(store.Clerk, "decide 7", asked, default)) again.Add(outcome);

        again.ShouldAllBe(o => o.Done && o.Effect == ListEffect.ExitsToNearPoor);
        again.Take(2).Select(o => (o.Code, o.Version, o.Decision)).ShouldBe(done.Select(o => (o.Code, o.Version, o.Decision)));
        foreach (var one in asked) (await store.CaseAsync(one.Code)).Facts.Count(f => f.Event is ClassDecided { DecisionNumber: "7" }).ShouldBe(1);
    }

    [Fact]
    public async Task The_list_for_a_decision_is_of_ones_own_places()
    {
        var hamlet = nameof(The_list_for_a_decision_is_of_ones_own_places);
        var (code, _) = await PoorAsync(PovertyClass.NotPoor);
        await store.CatchUpAsync();
        Task<IReadOnlyList<ReviewLine>> Ask(Actor who) => store.Get<ReviewLists>().AskAsync(who, new(MauA, hamlet, Standard, Today), default);

        var line = (await Ask(store.Clerk)).ShouldHaveSingleItem();
        (line.Household.Code, line.HeadName, line.Class, line.Effect, line.Problem).ShouldBe((code, "Lò Thị Mai", PovertyClass.NotPoor, ListEffect.ExitsFully, null));
        (await Ask(store.Somebody("neighbour", Role.Caseworker, "04456"))).ShouldBeEmpty();
        (await Ask(store.Somebody("evaluator", Role.Evaluator, "15"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_shows_each_household_with_what_a_decision_would_do()
    {
        var hamlet = nameof(The_page_shows_each_household_with_what_a_decision_would_do);
        await PoorAsync(PovertyClass.NotPoor, "Sùng Thị Dế");
        await PoorAsync(null, "Giàng A Chu");
        await store.CatchUpAsync();

        var page = await PageAsync($"/quyet-dinh?noi={MauA}&thon={hamlet}");

        foreach (var said in new[] { "Sùng Thị Dế", "Giàng A Chu", "thoát nghèo, vượt chuẩn cận nghèo", "họp thôn chưa đồng ý, phải rà soát lại", "28/30 đồng ý" }) page.ShouldContain(said);
    }

    [Fact]
    public async Task The_letter_says_what_was_decided_on_what_and_how_to_contest_it()
    {
        var (code, version) = await PoorAsync(PovertyClass.NotPoor, "Mùa Thị Sua");
        await store.SubmitAsync(code, version, new DecideClass(new(2024, 6, 10), Standard, PovertyClass.NotPoor, "15/QĐ-UBND", null, null, Signatory.Chairman));

        var letter = await PageAsync($"/ho-dan/{code}/thu/{version + 1}");

        foreach (var said in new[]
        {
            "Kính gửi: Gia đình ", "Mùa Thị Sua", "15/QĐ-UBND", "Mậu A, ngày 10 tháng 06 năm 2024", "gia đình thoát nghèo: trước đây là hộ nghèo, nay là không nghèo", "Điểm thu nhập (A): 160, trên 140.", "28 trên 30 người dự đồng ý",
            "Biên bản số 02/BB", "không nhận mới: Vay vốn hộ nghèo", "đến hết ngày 10/06/2027 được xét", "trong 90 ngày", "đến hết 08/09/2024", "Chủ tịch UBND xã",
        })
            letter.ShouldContain(said);
        foreach (var ours in new[] { "đối chiếu", "giả thiết", "phiên bản", "(M)" }) letter.ShouldNotContain(ours);
        (await PageAsync($"/ho-dan/{code}/thu/1")).ShouldContain("Sự việc này không có thư");
    }

    [Fact]
    public async Task A_request_decided_otherwise_has_a_letter_that_says_so()
    {
        var (code, version) = await PoorAsync(PovertyClass.Poor, asks: true);
        await store.SubmitAsync(code, version, new DecideClass(new(2024, 6, 10), Standard, PovertyClass.Poor, "16", null, null));

        var letter = await PageAsync($"/ho-dan/{code}/thu/{version + 1}");

        letter.ShouldContain("Thư báo chưa công nhận thoát nghèo theo đơn của hộ");
        letter.ShouldContain("Ngày 01/03/2024 gia đình có đơn xin thoát nghèo");
    }

    [Fact]
    public async Task After_an_erasure_the_letter_names_nobody()
    {
        var (code, version) = await PoorAsync(PovertyClass.NotPoor, "Vừ A Dình");
        await store.SubmitAsync(code, version, new DecideClass(new(2024, 6, 10), Standard, PovertyClass.NotPoor, "17", null, null));
        await store.SubmitAsync(code, version + 2, new ErasePersonalData(Today, null));

        var letter = await PageAsync($"/ho-dan/{code}/thu/{version + 1}");

        letter.ShouldNotContain("Vừ A Dình");
        letter.ShouldContain("(đã xoá)");
    }

    [Fact]
    public async Task All_letters_of_a_decision_come_on_one_page_and_that_is_on_record()
    {
        var hamlet = nameof(All_letters_of_a_decision_come_on_one_page_and_that_is_on_record);
        foreach (var name in new[] { "Hờ A Lử", "Cứ Thị Mỷ" })
            if (await PoorAsync(PovertyClass.NotPoor, name) is var (code, version)) await store.SubmitAsync(code, version, new DecideClass(new(2024, 6, 10), Standard, PovertyClass.NotPoor, "18/QĐ-UBND", null, null));
        await PoorAsync(PovertyClass.NotPoor, "Không Quyết Định");
        await store.CatchUpAsync();

        var page = await PageAsync($"/quyet-dinh/thu?noi={MauA}&thon={hamlet}&ngay=2024-06-10&so={Uri.EscapeDataString("18/QĐ-UBND")}");

        System.Text.RegularExpressions.Regex.Count(page, "<article class=\"letter\">").ShouldBe(2);
        page.ShouldContain("Cứ Thị Mỷ");
        page.ShouldNotContain("Không Quyết Định");
        (await store.AskAsync<long>("select count(*) from cases.reading where detail like 'letters?%' and named = 2")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Who_left_within_36_months_is_to_be_confirmed_and_counts_once_confirmed()
    {
        var (left, seen, back) = (await PoorAsync(PovertyClass.NotPoor, "Chưa Ai Xác Nhận"), await PoorAsync(PovertyClass.NotPoor), await PoorAsync(PovertyClass.NotPoor));
        foreach (var (code, version) in new[] { left, seen, back }) await store.SubmitAsync(code, version, new DecideClass(new(2023, 6, 10), Standard, PovertyClass.NotPoor, "19", null, null));
        await store.SubmitAsync(seen.Code, seen.Version + 2, new ConfirmExit(new(2023, 12, 15)));
        await store.SubmitAsync(back.Code, back.Version + 2, new RecordReEntry(new(2024, 2, 1), EntryCause.Deterioration, null, null));
        await store.CatchUpAsync();

        var list = await store.Get<Confirmations>().AskAsync(store.Clerk, null, MauA, default);

        list.Cycle.Review.ShouldBe(new DateOnly(2023, 12, 15));
        var mine = list.All.Where(h => h.Hamlet == nameof(Who_left_within_36_months_is_to_be_confirmed_and_counts_once_confirmed)).ToList();
        mine.Select(h => (h.Code, h.Exit, h.Confirmed)).ShouldBe([(left.Code, new DateOnly(2023, 6, 10), null), (seen.Code, new DateOnly(2023, 6, 10), new DateOnly(2023, 12, 15))], ignoreOrder: true);
        list.Whole.All.ShouldBe(list.Units.Sum(u => u.All));
        list.Whole.Confirmed.ShouldBe(list.All.Count(h => h.Confirmed is not null));
        (await store.Get<Confirmations>().AskAsync(store.Somebody("neighbour", Role.Caseworker, "04456"), null, null, default)).All.ShouldNotContain(h => h.Code == left.Code);
        (await PageAsync($"/quyet-dinh/xac-nhan?noi={MauA}")).ShouldContain("Chưa Ai Xác Nhận");
    }

    [Fact]
    public async Task An_annulled_confirmation_counts_no_more()
    {
        var (code, version) = await PoorAsync(PovertyClass.NotPoor);
        await store.SubmitAsync(code, version, new DecideClass(new(2023, 6, 10), Standard, PovertyClass.NotPoor, "20", null, null));
        await store.SubmitAsync(code, version + 2, new ConfirmExit(new(2023, 12, 15)));
        await store.SubmitAsync(code, version + 3, new Annul((await store.CaseAsync(code)).Facts[^1].Id, "ghi nhầm hộ"));
        await store.CatchUpAsync();

        (await store.Get<Confirmations>().AskAsync(store.Clerk, null, MauA, default)).All.Single(h => h.Code == code).Confirmed.ShouldBeNull();
    }

    [Fact]
    public async Task A_request_after_the_target_while_the_scores_say_poor_is_flagged()
    {
        var plan = Plans.Find(2021)! with { Year = 2024, Standard = Standard, Date = new(2024, 2, 1), From = new(2024, 1, 1), Through = new(2024, 12, 31) };
        (await store.Get<PlanShelf>().EnterAsync(Actor.Operator, 2024, 0, PlanDraft.Of(plan), "plan of 2024", default)).ShouldBeEmpty();
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Thào A Sình", hamlet: "flag");
        await store.SubmitAsync(code, 1, new DecideClass(new(2023, 1, 10), Standard, PovertyClass.Poor, "1", null, null));
        await store.SubmitAsync(code, 3, new RecordAssessment(new(2023, 11, 1), Standard, "B", Area.Rural, 100, 40, null, null, null));
        await store.SubmitAsync(code, 4, new RequestExit(new(2024, 3, 1), "Xin thoát nghèo", "Lý A Tủa"));
        await store.CatchUpAsync();

        var overview = await store.Get<ExitRequests>().AskAsync(store.Clerk, MauA, null, default);

        var mine = overview.Open.Single(o => o.Case.Household.Code == code);
        (mine.IsFlagged, mine.ScoresSaid, mine.Wording, mine.Witness).ShouldBe((true, PovertyClass.Poor, "Xin thoát nghèo", "Lý A Tủa"));
        overview.Bunching.Before.ShouldBeGreaterThan(0);
        (await store.Get<ExitRequests>().AskAsync(store.Clerk, MauA, 2021, default)).Open.Single(o => o.Case.Household.Code == code).IsFlagged.ShouldBeFalse("in that year nothing was asked");
        (await PageAsync($"/quyet-dinh/don-tu-nguyen?noi={MauA}")).ShouldContain("Đơn nộp sau khi giao chỉ tiêu");
    }

    [Fact]
    public async Task Requests_open_on_the_present_year_and_another_can_be_chosen()
    {
        var requests = store.Get<ExitRequests>();

        var now = await requests.AskAsync(store.Clerk, null, null, default);
        (now.Period.Year, now.Period.Through.Year).ShouldBe((Today.Year, Today.Year));
        now.Years[0].ShouldBe(Today.Year);
        now.Years.ShouldContain(2021);
        var then = await requests.AskAsync(store.Clerk, null, 2021, default);
        (then.Period.Year, then.Period.From, then.Period.Plan!.Number).ShouldBe((2021, new DateOnly(2021, 1, 1), "19-KH/TU"));
        var without = await requests.AskAsync(store.Clerk, null, 2022, default);
        (without.Period.From, without.Period.Through, without.Period.Plan).ShouldBe((new DateOnly(2022, 1, 1), new DateOnly(2022, 12, 31), null));

        var page = await PageAsync("/quyet-dinh/don-tu-nguyen?ke-hoach=2022");
        page.ShouldContain("Năm 2022 chưa có kế hoạch được nhập");
        page.ShouldContain("<option value=\"2022\" selected");
    }

    [Fact]
    public async Task Persons_and_collectives_are_commended_in_a_register_of_ones_own_places()
    {
        var (register, key) = (store.Get<Commendations>(), Guid.NewGuid().ToString());
        var entry = new CommendationEntry(CommendedWho.Collective, " Hội Phụ nữ xã ", MauA, Today, CommendedBy.District, "30", "Giấy khen");
        var neighbour = store.Somebody("neighbour", Role.Caseworker, "04456");

        (await register.EnterAsync(store.Clerk, key, entry, default)).ShouldBeNull();
        (await register.EnterAsync(store.Clerk, key, entry, default)).ShouldBeNull("sent again it is the same");
        (await register.EnterAsync(store.Clerk, "2", entry with { Name = " " }, default))!.Code.ShouldBe("required");
        (await register.EnterAsync(store.Clerk, "2", entry with { On = Today.AddDays(1) }, default))!.Code.ShouldBe("date_in_future");
        (await register.EnterAsync(neighbour, "2", entry, default))!.Code.ShouldBe("place_not_yours");

        var kept = (await register.AllAsync(store.Clerk, null, default)).ShouldHaveSingleItem();
        (kept.Name, kept.Clerk).ShouldBe(("Hội Phụ nữ xã", "test"));
        (await register.AllAsync(neighbour, null, default)).ShouldBeEmpty();
        (await register.RemoveAsync(neighbour, kept.Id, default)).ShouldBeFalse();
        (await register.RemoveAsync(store.Clerk, kept.Id, default)).ShouldBeTrue();
        (await register.AllAsync(store.Clerk, null, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_plan_tells_what_waits_beside_what_is_decided()
    {
        var plan = Plans.Find(2021)! with { Year = 2023, Standard = Standard, Date = new(2023, 1, 1), From = new(2023, 1, 1), Through = new(2024, 12, 31) };
        (await store.Get<PlanShelf>().EnterAsync(Actor.Operator, 2023, 0, PlanDraft.Of(plan), "plan of 2023", default)).ShouldBeEmpty();
        async Task<int> PipelineAsync()
        {
            await store.CatchUpAsync();
            var answer = JsonNode.Parse(await store.Http.GetStringAsync("/api/plan/2023/progress?place=136"))!;
            return answer["rows"]!.AsArray().First(r => r!["measure"]!.GetValue<string>() == "net_reduction_households")!["pipeline"]!.GetValue<int>();
        }
        var before = await PipelineAsync();

        var (code, version) = await PoorAsync(PovertyClass.NotPoor);
        (await PipelineAsync()).ShouldBe(before + 1);
        await store.SubmitAsync(code, version, new DecideClass(new(2024, 6, 10), Standard, PovertyClass.NotPoor, "21", null, null));
        (await PipelineAsync()).ShouldBe(before);
    }
}
