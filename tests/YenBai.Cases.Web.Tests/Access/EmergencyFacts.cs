using System.Net;
using System.Runtime.Versioning;
using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Erasure;
using YenBai.Cases.Privacy;
using YenBai.Cases.Records;
using YenBai.Cases.Web.Tests.Dangers;
using static YenBai.Cases.Web.Tests.Dangers.CampaignStore;

namespace YenBai.Cases.Web.Tests.Access;

/// <summary>Who is notified of an emergency opening, until when, and what becomes of its reason.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EmergencyFacts(CampaignStore store) : IClassFixture<CampaignStore>
{
    private const string Reason = "Bố bị tai nạn, con nhỏ ở nhà một mình đêm nay";

    private Task<(string Name, HttpClient Http)> WorkerAsync() => store.SomebodyAsync(At(Role.Caseworker, Own, Hamlet));

    private async Task<bool> IsToldAsync(HttpClient http, string code) => (await http.GetStringAsync("/")).Contains($">{code}</a>", StringComparison.Ordinal);

    private async Task<Guid> NoticeAsync(string code)
    {
        await using var session = store.Get<IDocumentStore>().QuerySession();
        return (await session.Query<GlassBroken>().FirstAsync(b => b.Code == code)).Id;
    }

    private async Task<bool> AcknowledgeAsync(string who, Guid notice) => await store.Get<EmergencyAccess>().AcknowledgeAsync(await store.Get<StaffDesk>().ActorAsync(who, null, default), notice, default);

    [Fact]
    public async Task The_managers_of_the_place_see_at_once_who_opened_what_and_why()
    {
        var code = await store.AHouseholdElsewhereAsync();
        var (worker, asWorker) = await WorkerAsync();
        var (manager, asManager) = await store.SomebodyAsync(At(Role.Manager, Elsewhere));
        var (_, asDistrict) = await store.SomebodyAsync(At(Role.Manager, "136"));
        var (_, asOther) = await store.SomebodyAsync(At(Role.Manager, Own));
        (await OpenAsync(asWorker, code, Reason)).Status.ShouldBe(HttpStatusCode.OK);

        foreach (var http in new[] { asManager, asDistrict })
        {
            var home = await http.GetStringAsync("/");
            home.ShouldContain(worker);
            home.ShouldContain(Reason);
            (await IsToldAsync(http, code)).ShouldBeTrue();
        }
        (await IsToldAsync(asOther, code)).ShouldBeFalse();
        var readers = await asManager.GetStringAsync($"/ho-dan/{code}/ai-da-xem");
        (readers.Contains(worker), readers.Contains(Reason), readers.Contains("chưa có quản lý xác nhận")).ShouldBe((true, true, true));

        (await AcknowledgeAsync(worker, await NoticeAsync(code))).ShouldBeFalse("nobody acknowledges their own");
        (await AcknowledgeAsync(manager, await NoticeAsync(code))).ShouldBeTrue();
        (await IsToldAsync(asManager, code)).ShouldBeFalse();
        (await asDistrict.GetStringAsync($"/ho-dan/{code}/ai-da-xem")).ShouldContain("đã xác nhận");
    }

    [Fact]
    public async Task What_nobody_acknowledges_within_a_day_goes_up_to_the_province_and_then_to_the_auditors()
    {
        var code = await store.AHouseholdElsewhereAsync();
        var (_, asWorker) = await WorkerAsync();
        var (_, asManager) = await store.SomebodyAsync(At(Role.Manager, Elsewhere));
        var (_, asProvince) = await store.SomebodyAsync(At(Role.Manager));
        var (auditor, asAuditor) = await store.SomebodyAsync(At(Role.Auditor));
        var (administrator, asAdministrator) = await store.SomebodyAsync(At(Role.Administrator));
        (await OpenAsync(asWorker, code)).Status.ShouldBe(HttpStatusCode.OK);
        var notice = await NoticeAsync(code);

        var now = store.Clock.Now;
        async Task<string> ToldAfterAsync(double hours)
        {
            store.Clock.Now = now.AddHours(hours);
            return $"{await IsToldAsync(asManager, code)} {await IsToldAsync(asProvince, code)} {await IsToldAsync(asAuditor, code)} {(await asAdministrator.GetStringAsync("/")).Contains(code)}";
        }
        try
        {
            (await ToldAfterAsync(23.9)).ShouldBe("True False False False");
            (await AcknowledgeAsync(auditor, notice)).ShouldBeFalse("not yet theirs");
            (await ToldAfterAsync(24)).ShouldBe("True True False False");
            (await ToldAfterAsync(48)).ShouldBe("True True True False");
            (await AcknowledgeAsync(administrator, notice)).ShouldBeFalse("an administrator answers for no case");
            (await AcknowledgeAsync(auditor, notice)).ShouldBeTrue();
            (await ToldAfterAsync(49)).ShouldBe("False False False False");
        }
        finally
        {
            store.Clock.Now = now;
        }
    }

    [Fact]
    public async Task A_reason_is_stored_with_the_household_and_goes_with_its_person()
    {
        var code = await store.AHouseholdElsewhereAsync();
        var (_, asWorker) = await WorkerAsync();
        var (_, asManager) = await store.SomebodyAsync(At(Role.Manager, Elsewhere));
        (await OpenAsync(asWorker, code, $"{Mark} Thị đang ở viện huyện, các con ở nhà một mình")).Status.ShouldBe(HttpStatusCode.OK);
        (await asManager.GetStringAsync("/")).ShouldContain("đang ở viện huyện");

        (await store.SubmitAsync(code, (await store.CaseAsync(code)).Version, new ErasePersonalData(store.Clock.Today(), null))).Reception.ShouldBe(Commands.Reception.Accepted);

        (await store.AskAsync<long>("select count(*) from cases.mt_doc_note where data ->> 'text' like '%viện huyện%'")).ShouldBe(0);
        (await asManager.GetStringAsync("/")).ShouldNotContain("viện huyện");
        (await asManager.GetStringAsync($"/ho-dan/{code}/ai-da-xem")).ShouldNotContain("viện huyện");
    }

    [Fact]
    public async Task The_reasons_of_an_earlier_store_move_to_their_households_or_go_where_those_were_erased()
    {
        var (kept, erased) = (await store.AHouseholdElsewhereAsync(), await store.AHouseholdElsewhereAsync());
        var (worker, asWorker) = await WorkerAsync();
        foreach (var code in new[] { kept, erased })
        {
            (await OpenAsync(asWorker, code, $"Chuyện cũ của nhà {code} đêm mưa lũ")).Status.ShouldBe(HttpStatusCode.OK);
            // As an earlier version stored it.
            await store.ExecuteAsync($"update cases.mt_doc_note set data = jsonb_set(data, '{{householdId}}', to_jsonb('{StaffMember.IdOf(worker)}'::text)) where data ->> 'text' like '%{code}%'");
        }
        (await store.SubmitAsync(erased, (await store.CaseAsync(erased)).Version, new ErasePersonalData(store.Clock.Today(), null))).Reception.ShouldBe(Commands.Reception.Accepted);
        (await NotesAsync(erased)).Count.ShouldBe(1, "the erasure did not reach it");

        await store.Get<Erasures>().ReconcileAsync(default);

        (await NotesAsync(erased)).ShouldBeEmpty();
        (await NotesAsync(kept)).ShouldHaveSingleItem().HouseholdId.ShouldBe(Ids.Household(kept));
        await store.Get<Erasures>().ReconcileAsync(default);
        (await NotesAsync(kept)).Count.ShouldBe(1);

        async Task<IReadOnlyList<Note>> NotesAsync(string code)
        {
            await using var session = store.Get<IDocumentStore>().QuerySession();
            return await session.Query<Note>().Where(n => n.Text.Contains(code)).ToListAsync();
        }
    }

    [Fact]
    public async Task A_grant_of_an_earlier_store_reads_and_does_nothing_else()
    {
        var code = await store.AHouseholdElsewhereAsync();
        var (worker, asWorker) = await WorkerAsync();
        var now = store.Clock.Now;
        await store.AskAsync<int>($$"""
            with e as (update cases.mt_doc_staff_member set data = jsonb_set(data, '{grants}', data -> 'grants' || '[{"id":"{{Guid.NewGuid()}}","role":"caseworker","place":null,"hamlet":null,"households":["{{Ids.Household(code)}}"],"from":"{{now.AddHours(-1):O}}","until":"{{now.AddHours(9):O}}","emergency":true}]'::jsonb) where id = '{{StaffMember.IdOf(worker)}}' returning 1)
            select count(*)::int from e
            """);

        (await asWorker.GetAsync($"/api/households/{code}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var version = (await store.CaseAsync(code)).Version;
        (await PostAsync(asWorker, $"/api/households/{code}/record-visit", new { on = "2024-06-01", note = "đã đến thăm" }, $"\"{version}\"")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await asWorker.GetStringAsync("/api/households?search=" + Mark)).ShouldContain("\"total\":0");
    }
}
