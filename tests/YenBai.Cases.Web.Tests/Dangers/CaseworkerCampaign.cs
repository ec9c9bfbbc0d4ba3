using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Xunit.Abstractions;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Api;
using static YenBai.Cases.Web.Tests.Dangers.CampaignStore;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>One caseworker of one hamlet tries all that is served on a household elsewhere, emergency openings included.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CaseworkerCampaign(CampaignStore store, ITestOutputHelper output) : IClassFixture<CampaignStore>
{
    private Task<(string Name, HttpClient Http)> WorkerAsync() => store.SomebodyAsync(At(Role.Caseworker, Own, Hamlet));

    /// <summary>What an emergency opening opens.</summary>
    private static bool IsOpened((string Method, string Path, Operation? Needs) e) => e.Needs == Operation.OpenHousehold && e.Path.Contains("{code", StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task No_list_search_export_or_page_shows_a_household_elsewhere_before_or_during_an_opening()
    {
        var code = await store.AHouseholdElsewhereAsync();
        await store.CatchUpAsync();
        var (_, worker) = await WorkerAsync();
        var (_, manager) = await store.SomebodyAsync(At(Role.Manager, Elsewhere));

        // Anyone who may see it is shown it in many places: so the marks can be found.
        var shown = await store.LeaksAsync(manager, code);
        output.WriteLine($"shown to the manager of the place: {shown.Count}\n{string.Join('\n', shown)}");
        shown.Count.ShouldBeGreaterThan(12);
        (await store.LeaksAsync(worker, code)).ShouldBeEmpty("before");
        (await OpenAsync(worker, code)).Status.ShouldBe(HttpStatusCode.OK);
        (await worker.GetStringAsync($"/api/households/{code}")).ShouldContain(Mark);
        (await store.LeaksAsync(worker, code, but: IsOpened)).ShouldBeEmpty("while it stands open");
    }

    [Fact]
    public async Task No_command_and_no_upload_is_taken_while_a_household_stands_open()
    {
        var code = await store.AHouseholdElsewhereAsync();
        var (name, worker) = await WorkerAsync();
        (await OpenAsync(worker, code)).Status.ShouldBe(HttpStatusCode.OK);
        var before = await store.CaseAsync(code);

        var (taken, said) = (new List<string>(), new HashSet<string>());
        foreach (var (command, type) in CommandCatalog.All)
        {
            var body = NastyTextFacts.Filled(type, code);
            body["on"] = "2024-06-01";
            if (command == "annul") body["fact"] = before.Facts[^1].Id.ToString();
            if (command == "move") (body["place"], body["hamlet"]) = (Own, Hamlet);
            var (status, answer) = await PostAsync(worker, $"/api/households/{code}/{command}", body, $"\"{before.Version}\"");
            if (status != HttpStatusCode.Forbidden) taken.Add($"{command}: {(int)status}");
            said.Add(answer!["code"]!.GetValue<string>());
        }
        foreach (var e in store.Served().Where(e => e.Method == "POST" && e.Path.Contains("{code", StringComparison.OrdinalIgnoreCase) && e.Needs != Operation.BreakGlass && !CommandCatalog.All.ContainsKey(e.Path.Split('/')[^1])))
        {
            using var photo = new MultipartFormDataContent { { new ByteArrayContent([0xFF, 0xD8, 0xFF, 0xE0]) { Headers = { ContentType = new("image/jpeg") } }, "file", "anh.jpg" } };
            var (status, answer) = await PostAsync(worker, Address(e.Path, code), e.Path.EndsWith("attachments", StringComparison.Ordinal) ? photo : new { on = "2024-06-01" }, $"\"{before.Version}\"");
            if (status is not (HttpStatusCode.NotFound or HttpStatusCode.Forbidden)) taken.Add($"{e.Path}: {(int)status}");
            if (e.Path.EndsWith("attachments", StringComparison.Ordinal)) answer!["code"]!.GetValue<string>().ShouldBe("read_only");
        }

        taken.ShouldBeEmpty();
        // What no grant allows anywhere is not permitted; what one allows elsewhere is not for a household that is open to read.
        said.ShouldBe(["read_only", "not_permitted"], ignoreOrder: true);
        (await store.CaseAsync(code)).Version.ShouldBe(before.Version);
        (await store.AskAsync<long>($"select count(*) from cases.mt_events where user_name = '{name}' and stream_id = '{Ids.Household(code)}'")).ShouldBe(0);
        // The page of the case offers nothing to do.
        var page = await worker.GetStringAsync($"/ho-dan/{code}");
        page.ShouldContain("chỉ để đọc");
        page.ShouldNotContain("class=\"pick\"");
    }

    /// <summary>What a page sends, and one decision on many households, have no household in their address.</summary>
    [Fact]
    public async Task No_form_and_no_decision_on_a_list_is_taken_while_a_household_stands_open()
    {
        var code = await store.AHouseholdElsewhereAsync();
        await store.CatchUpAsync();
        var (name, worker) = await store.SomebodyAsync(At(Role.Caseworker, Own));
        var (_, manager) = await store.SomebodyAsync(At(Role.Manager, Elsewhere));
        (await OpenAsync(worker, code)).Status.ShouldBe(HttpStatusCode.OK);
        var version = (await store.CaseAsync(code)).Version;
        (string Form, Dictionary<string, string> Values)[] forms =
        [
            ("record-visit", new() { ["on"] = "01/06/2024", ["note"] = "Đã đến nhà" }),
            ("grant-loan", new() { ["on"] = "01/06/2024", ["amount"] = "1000000" }),
            ("decide-class", new() { ["on"] = "01/06/2024", ["standard"] = "2022-2025", ["class"] = "near_poor", ["decisionNumber"] = "1/QĐ" }),
            ("move", new() { ["on"] = "02/06/2024", ["place"] = Own, ["hamlet"] = Hamlet }),
        ];
        object Decision(bool dry) => new { place = Elsewhere, standard = "2022-2025", on = "2024-06-01", number = dry ? "2/QĐ" : "3/QĐ", households = new[] { new { code, version, @class = "near_poor" } } };

        foreach (var (form, values) in forms)
        {
            var (status, body) = await PostAsync(worker, $"/api/forms/{form}", new { code, version, values });
            (status, body!["outcome"]!.GetValue<string>()).ShouldBe((HttpStatusCode.OK, "refused"), form);
            body["says"]!.GetValue<string>().ShouldContain("chỉ được mở khẩn cấp để đọc", Case.Sensitive, form);
        }
        foreach (var dry in new[] { true, false })
        {
            var (status, body) = await PostAsync(worker, $"/api/decisions?dryRun={(dry ? "true" : "false")}", Decision(dry));
            (status, body!["outcomes"]![0]!["outcome"]!.GetValue<string>(), body["accepted"]!.GetValue<int>()).ShouldBe((HttpStatusCode.OK, "read_only", 0));
        }
        (await store.CaseAsync(code)).Version.ShouldBe(version);
        (await store.AskAsync<long>($"select count(*) from cases.mt_events where user_name = '{name}' and stream_id = '{Ids.Household(code)}'")).ShouldBe(0);

        // Each of them is one that is taken from anyone who may.
        (await PostAsync(manager, "/api/decisions?dryRun=true", Decision(true))).Body!["accepted"]!.GetValue<int>().ShouldBe(1);
        foreach (var (form, values) in forms)
        {
            var (status, body) = await PostAsync(manager, $"/api/forms/{form}", new { code, version = (await store.CaseAsync(code)).Version, values });
            (status, body!["outcome"]!.GetValue<string>()).ShouldBe((HttpStatusCode.OK, "accepted"), $"{form}: {body.ToJsonString()}");
        }
    }

    [Fact]
    public async Task A_household_elsewhere_is_not_moved_into_the_own_hamlet_by_any_way()
    {
        var code = await store.AHouseholdElsewhereAsync();
        var own = $"OW-{Guid.NewGuid():N}"[..14];
        await store.RegisterAsync(own, "Sùng A Dê", place: Own, hamlet: Hamlet, by: Actor.Operator);
        var (name, worker) = await WorkerAsync();
        (await OpenAsync(worker, code)).Status.ShouldBe(HttpStatusCode.OK);
        var actor = await store.Get<StaffDesk>().ActorAsync(name, null, default);
        var version = (await store.CaseAsync(code)).Version;

        // Every command that names another household, or takes one along, gets the answer for one that is not there.
        async Task<string> GiveAsync(string of, HouseholdCommand command)
        {
            var received = await store.Get<CommandDesk>().SubmitAsync(actor, of, (await store.CaseAsync(of)).Version, Guid.NewGuid().ToString(), command, default);
            return received.Answer?.Refusal?.Code ?? received.Reception.ToString();
        }
        (await GiveAsync(code, new Move(new(2024, 6, 1), Own, Hamlet))).ShouldBe("NoSuchHousehold");
        (await GiveAsync(code, new Merge(new(2024, 6, 1), own))).ShouldBe("NotPermitted");
        (await GiveAsync(code, new Split(new(2024, 6, 1), own + "X", "Sùng A Dê", null, null, 1, 0, Hamlet))).ShouldBe("NoSuchHousehold");
        (await GiveAsync(code, new YenBai.Cases.Needs.AssignWorker(new(2024, 6, 1), name))).ShouldBe("NotPermitted");
        (await GiveAsync(own, new Split(new(2024, 6, 1), code, "Giàng A Chua", null, null, 1, 0, Hamlet))).ShouldBe("code_taken");
        // A neighbour who answers for the whole commune, and has it open, too.
        var (commune, asCommune) = await store.SomebodyAsync(At(Role.Caseworker, Own));
        (await OpenAsync(asCommune, code)).Status.ShouldBe(HttpStatusCode.OK);
        actor = await store.Get<StaffDesk>().ActorAsync(commune, null, default);
        (await GiveAsync(code, new Merge(new(2024, 6, 1), own))).ShouldBe("NoSuchHousehold");
        (await GiveAsync(own, new Merge(new(2024, 6, 1), code))).ShouldBe("unknown_household");
        (await GiveAsync(code, new YenBai.Cases.Needs.AssignWorker(new(2024, 6, 1), name))).ShouldBe("NoSuchHousehold");
        var batch = store.Get<YenBai.Cases.Decisions.CommandBatch>();
        (await batch.TryAsync(actor, [new(code, version, new Move(new(2024, 6, 1), Own, Hamlet))], default)).ShouldAllBe(o => !o.Done);
        await foreach (var outcome in batch.RunAsync(actor, "đợt", [new(code, version, new Move(new(2024, 6, 1), Own, Hamlet))], default)) outcome.Done.ShouldBeFalse();

        (await store.CaseAsync(code)).Latest().Unit.ShouldStartWith(Elsewhere);
        // Anyone who holds the place of origin sends it.
        (await store.SubmitAsync(code, version, new Move(new(2024, 6, 1), Own, Hamlet))).Reception.ShouldBe(Reception.Accepted);
    }

    [Fact]
    public async Task Openings_in_bulk_end_at_three_and_raise_an_alarm()
    {
        var codes = new List<string>();
        for (var i = 0; i < 8; i++) codes.Add(await store.AHouseholdElsewhereAsync());
        var (name, worker) = await WorkerAsync();
        var (_, auditor) = await store.SomebodyAsync(At(Role.Auditor));
        var (_, administrator) = await store.SomebodyAsync(At(Role.Administrator));
        var (_, manager) = await store.SomebodyAsync(At(Role.Manager, Elsewhere));
        var (_, other) = await store.SomebodyAsync(At(Role.Manager, Own));

        var answers = await Task.WhenAll(codes.Select(code => OpenAsync(worker, code)));

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(3, "at once or one after the other");
        answers.Where(a => a.Status != HttpStatusCode.OK).Select(a => a.Body!["code"]!.GetValue<string>()).Distinct().ShouldBe(["emergency_limit"]);
        var opened = new List<string>();
        foreach (var code in codes)
            if ((await worker.GetAsync($"/api/households/{code}")).StatusCode == HttpStatusCode.OK) opened.Add(code);
        opened.Count.ShouldBe(3);
        // Beyond the limit nothing is learnt of any code.
        (await OpenAsync(worker, "nowhere99")).Body!["code"]!.GetValue<string>().ShouldBe("emergency_limit");
        (await OpenAsync(worker, codes.Except(opened).First(), "k")).Body!["code"]!.GetValue<string>().ShouldBe("reason_not_a_sentence");
        // Anyone who asks again for what stands open is answered the same, at no cost.
        (await OpenAsync(worker, opened[0])).Status.ShouldBe(HttpStatusCode.OK);
        (await store.AskAsync<long>($"select count(*) from cases.mt_doc_emergency_attempt where data ->> 'by' = '{name}'")).ShouldBe(5 + 1 + 1 + 1, "every attempt is on record");

        foreach (var (who, http, told) in new[] { ("auditor", auditor, true), ("administrator", administrator, true), ("manager of the place", manager, true), ("other manager", other, false), ("the one who did it", worker, false) })
        {
            var home = await http.GetStringAsync("/");
            home.Contains("mở khẩn cấp quá giới hạn", StringComparison.Ordinal).ShouldBe(told, who);
            if (told) home.ShouldContain(name, Case.Sensitive, who);
        }
        (await auditor.GetStringAsync("/quan-tri/nhat-ky?tab=emergencies")).ShouldContain("đã cảnh báo");

        // A day later there are three again.
        var now = store.Clock.Now;
        try
        {
            store.Clock.Now = now.AddHours(24);
            (await worker.GetAsync($"/api/households/{opened[0]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "it stood open for a day");
            (await OpenAsync(worker, codes[0])).Status.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            store.Clock.Now = now;
        }
    }

    [Fact]
    public async Task Codes_are_not_found_out_by_trying()
    {
        var (name, worker) = await WorkerAsync();
        var (_, auditor) = await store.SomebodyAsync(At(Role.Auditor));

        var answers = new List<string>();
        for (var i = 0; i < 14; i++) answers.Add((await OpenAsync(worker, $"nowhere-{i}")).Body!["code"]!.GetValue<string>());

        answers.Count(a => a == "unknown_household").ShouldBe(EmergencyRules.MostMisses);
        answers.Skip(EmergencyRules.MostMisses).Distinct().ShouldBe(["emergency_misses"]);
        (await auditor.GetStringAsync("/")).ShouldContain(name);
        (await store.AskAsync<long>($"select count(*) from cases.mt_doc_emergency_attempt where data ->> 'by' = '{name}'")).ShouldBe(14);
    }

    [Fact]
    public async Task What_was_opened_is_closed_with_the_grant_that_justified_it()
    {
        var code = await store.AHouseholdElsewhereAsync();
        var (name, worker) = await WorkerAsync();
        (await OpenAsync(worker, code)).Status.ShouldBe(HttpStatusCode.OK);

        var grant = (await store.Get<StaffDesk>().FindAsync(name, default))!.Grants.First(g => !g.Emergency);
        (await store.Get<StaffDesk>().RevokeAsync(Actor.Operator, name, grant.Id, "đã nghỉ", default)).ShouldBeNull();

        (await worker.GetAsync($"/api/households/{code}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await worker.GetAsync($"/ho-dan/{code}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
