using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Marten;
using MiniExcelLibs;
using Npgsql;
using YenBai.Cases.Caseload;
using YenBai.Cases.Commands;
using YenBai.Cases.Erasure;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Listing;
using YenBai.Cases.Privacy;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Components.Import;
using YenBai.Cases.Web.Components.Privacy;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Privacy;

/// <summary>After an erasure nothing names the person any more, and nothing else has changed.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class ErasureFacts(TestStore store) : IClassFixture<TestStore>
{
    private const string Name = "Lò Thị Xuyến", Folded = "lo thi xuyen", Old = "Lò Thị Xuyên", IdNumber = "015180004711", Phone = "0912004711", Secret = "bệnh phổi kinh niên";
    private const string Header = "household_code,commune_code,head_name,head_id_number,phone,class,standard";
    private static readonly string[] Words = [Name, Folded, Old, "lo thi xuyen", IdNumber, Phone, Secret];
    private static readonly DateOnly Day = new(2024, 6, 1), Exit = new(2024, 6, 10);

    /// <summary>A household that left the list, with notes, refused commands, a superseded name and a file that told of it.</summary>
    private async Task<string> ALivedInHouseholdAsync(string code)
    {
        (await store.Get<CommandDesk>().RegisterAsync(store.Clerk, Guid.NewGuid().ToString(),
            new RegisterHousehold(code, new(2022, 1, 1), "04375", "Hồng Phong", Old, Sex.Female, 1980, IdNumber, Phone, "Thái", null, 4, 1, null, null), default)).Reception.ShouldBe(Reception.Accepted);
        var head = (await store.CaseAsync(code)).Latest().HeadId!.Value;
        await AcceptAsync(code, new DecideClass(Day, "2022-2025", PovertyClass.Poor, null, null, null));
        await AcceptAsync(code, new CorrectPerson(Day, head, Name, null, null, null, null, null));
        await AcceptAsync(code, new RecordVisit(Day, $"{Name} bị {Secret}, gọi {Phone}"));
        await AcceptAsync(code, new GrantLoan(Day, 20_000_000, 24, null, $"Chữa {Secret}"));
        await AcceptAsync(code, new RecordExit(Exit, PovertyClass.NearPoor, null, null, null));
        await AcceptAsync(code, new GiveConsent(Exit, ConsentScope.SponsorSharing, ConsentForm.Written, head));
        // Somebody typed the name where a place belongs: the refusal quotes it.
        (await store.SubmitAsync(code, await VersionAsync(code), new Move(Exit, Name, null))).Answer!.Refusal!.Data.ShouldBe([Name]);
        return code;
    }

    private async Task AcceptAsync(string code, HouseholdCommand command) => (await store.SubmitAsync(code, await VersionAsync(code), command)).Reception.ShouldBe(Reception.Accepted, command.GetType().Name);

    private async Task<int> VersionAsync(string code) => (await store.CaseAsync(code)).Version;

    private Task EraseAsync(string code) => AcceptAsync(code, new ErasePersonalData(store.Clock.Today(), null));

    private async Task<string> UploadAsync(string name, byte[] content, bool import)
    {
        var (id, path) = store.Get<ImportFolders>().New(name);
        await File.WriteAllBytesAsync(path, content);
        if (import) await store.Get<Importer>().RunAsync(store.Clerk, path, new ImportOptions(false, new(2024, 6, 1), id), null, default);
        return id;
    }

    private static byte[] Register(params string[] rows) => System.Text.Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(Header)) + "\n");

    private static byte[] Workbook(string code, string name)
    {
        using var memory = new MemoryStream();
        memory.SaveAs(new[] { new { household_code = code, commune_code = "04375", head_name = name, @class = "poor" } });
        return memory.ToArray();
    }

    [Fact]
    public async Task Nothing_names_the_person_any_more_in_the_database_and_in_the_files()
    {
        var code = await ALivedInHouseholdAsync(TestStore.NewCode());
        var rows = $"{code},04375,{Name},{IdNumber},{Phone},near_poor,2022-2025";
        var told = await UploadAsync($"Ho {Name}.csv", Register(rows, $"{code}-x,99999,{Name},,,poor,"), import: true);
        var workbook = await UploadAsync("danh sach.xlsx", Workbook($"{code}-y", Name.ToUpperInvariant()), import: false);
        var unreadable = await UploadAsync("anh.csv", [0xFF, 0xD8, 0xFF, 0xE0], import: false);
        var others = await UploadAsync("khac.csv", Register($"{TestStore.NewCode()},04375,Hà Văn Tư,,,poor,"), import: true);
        var before = await store.TracesOfAsync(Words);
        foreach (var table in new[] { "mt_doc_person.data", "mt_doc_person.search_name", "mt_doc_note.data", "mt_doc_receipt.data", "mt_doc_import_run.data" })
            before.ShouldContain($"cases.{table}");
        before.Where(t => t.EndsWith(".rejects.csv", StringComparison.Ordinal)).ShouldNotBeEmpty();
        before.Where(t => t.EndsWith(".remarks.csv", StringComparison.Ordinal)).ShouldNotBeEmpty();
        before.ShouldContain(t => t.StartsWith($"imports/{workbook}", StringComparison.Ordinal));

        await EraseAsync(code);
        await store.CatchUpAsync();

        (await store.TracesOfAsync(Words)).ShouldBeEmpty();
        var folders = store.Get<ImportFolders>();
        new[] { told, workbook, unreadable }.ShouldAllBe(id => folders.FileOf(id) == null);
        folders.FileOf(others).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_left_is_a_stub_and_the_facts()
    {
        var code = await ALivedInHouseholdAsync(TestStore.NewCode());
        var head = (await store.CaseAsync(code)).Latest().HeadId!.Value;

        await EraseAsync(code);

        await using var session = store.Get<IDocumentStore>().QuerySession();
        var stub = (await session.LoadAsync<Person>(head)).ShouldNotBeNull();
        stub.ShouldBe(Person.Stub(head, Ids.Household(code), store.Clock.Now) with { Superseded = stub.Superseded });
        stub.Superseded.ShouldBeEmpty();
        (await session.Query<Note>().Where(n => n.HouseholdId == Ids.Household(code)).ToListAsync()).ShouldBeEmpty();
        (await store.CaseAsync(code)).Facts.Select(f => Facts.NameOf(f.Event)).ShouldBe(
            ["household_registered", "class_decided", "listed_poor", "person_corrected", "visit_recorded", "loan_granted", "class_decided", "exited", "consent_given", "personal_data_erased"], ignoreOrder: true);
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    [Fact]
    public async Task Every_statistic_is_exactly_as_before()
    {
        var code = await ALivedInHouseholdAsync(TestStore.NewCode());
        var before = await FiguresAsync(code);

        await EraseAsync(code);

        (await FiguresAsync(code)).ShouldBe(before);
    }

    private async Task<string> FiguresAsync(string code)
    {
        await store.CatchUpAsync();
        var ledger = await store.AskAsync<string>("select coalesce(jsonb_agg(to_jsonb(l) order by l.sequence), '[]')::text from cases.ledger l");
        var counts = await store.Get<CaseloadQuery>().CountAsync(store.Clerk, new(2000, 1, 1), default);
        var page = await store.Get<CaseloadQuery>().PageAsync(store.Clerk, new(Search: code), 1, 10, default);
        var row = page.Items.ShouldHaveSingleItem() with { HeadName = null, HeadErased = false, LastEvent = null, LastOn = null, Changed = default };
        var plan = await store.Http.GetStringAsync("/api/plan/2021/progress");
        return $"{ledger}\n{counts.Households} {string.Join(' ', counts.ByClass.OrderBy(c => c.Key))} {counts.ExitRequested}\n{row}\n{Position().Replace(plan, "")}";
    }

    [GeneratedRegex("\"(position|knownAt)\":[^,]*,")]
    private static partial Regex Position();

    [Fact]
    public async Task The_caseload_the_page_and_the_api_say_erased_rather_than_no_name()
    {
        var code = await ALivedInHouseholdAsync(TestStore.NewCode());
        await EraseAsync(code);
        await store.CatchUpAsync();

        var item = (await store.Get<CaseloadQuery>().PageAsync(store.Clerk, new(Search: code), 1, 10, default)).Items.ShouldHaveSingleItem();
        (item.HeadName, item.HeadErased).ShouldBe((null, true));
        (await store.Get<CaseloadQuery>().PageAsync(store.Clerk, new(Search: "xuyen"), 1, 10, default)).Total.ShouldBe(0);
        var list = System.Net.WebUtility.HtmlDecode(await store.Http.GetStringAsync($"/ho-dan?q={code}"));
        list.ShouldContain("(đã xoá)");
        var page = System.Net.WebUtility.HtmlDecode(await store.Http.GetStringAsync($"/ho-dan/{code}"));
        Regex.Count(page, Regex.Escape("(đã xoá)")).ShouldBeGreaterThanOrEqualTo(5); // the title, the head, and on the timeline the head, the visit and the loan
        page.ShouldNotContain("Xuyến");
        (await store.Http.GetStringAsync($"/api/households/{code}")).ShouldContain("\"erased\":");
    }

    [Fact]
    public async Task An_import_does_not_fill_the_stub_again_and_says_so()
    {
        var code = await ALivedInHouseholdAsync(TestStore.NewCode());
        await EraseAsync(code);

        var register = await store.ImportAsync(store.Write("again.csv", Register($"{code},04375,{Name},{IdNumber},{Phone},poor,2022-2025")), "2024-06-01");
        var history = await store.ImportAsync(store.Write("history.csv", $"event_id,household,seq,effective,type,district,head_name\n900,{code},1,2024-06-12,CONFIRM,Van Yen,{Name}\n"));

        register.Summary.ShouldBe("taken 0, unchanged 1, ignored 0, refused 0");
        register.Remarks.Select(r => r.Reason).ShouldBe(["erased_stays"]);
        history.Taken.ShouldBe(1);
        history.Remarks.Select(r => r.Reason).ShouldBe(["erased_stays"]);
        store.Get<Reasons>().Text(register.Remarks[0]).ShouldNotBe("erased_stays");
        (await Traces.InTablesAsync(store.Get<NpgsqlDataSource>(), Words)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_import_that_has_read_the_record_before_the_erasure_does_not_write_it_after()
    {
        var code = await ALivedInHouseholdAsync(TestStore.NewCode());
        var head = (await store.CaseAsync(code)).Latest().HeadId!.Value;
        await using var erasing = await store.Get<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await erasing.BeginTransactionAsync();
        await using (var empty = new NpgsqlCommand("update cases.mt_doc_person set data = data - 'name' || '{\"erased\":\"2024-06-15T00:00:00+07:00\"}', search_name = '' where id = $1", erasing))
        {
            empty.Parameters.Add(new() { Value = head });
            (await empty.ExecuteNonQueryAsync()).ShouldBe(1);
        }

        var import = store.ImportAsync(store.Write("beside.csv", Register($"{code},04375,Lò Thị Xoan,,,poor,2022-2025")), "2024-06-01");
        while (!await store.AskAsync<bool>("select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')") && !import.IsCompleted) await Task.Yield();
        await transaction.CommitAsync();
        await import;

        (await Traces.InTablesAsync(store.Get<NpgsqlDataSource>(), "Lò Thị Xoan", "lo thi xoan")).ShouldBeEmpty();
        await store.ExecuteAsync($"update cases.mt_doc_person set data = data - 'erased' || '{{\"name\":\"-\"}}' where id = '{head}'");
        await EraseAsync(code);
    }

    [Fact]
    public async Task Who_comes_after_the_erasure_is_written_down_as_anybody()
    {
        var code = await ALivedInHouseholdAsync(TestStore.NewCode());
        await EraseAsync(code);
        await AcceptAsync(code, new ChangeHead(store.Clock.Today(), "Hà Văn Tư", null, null, null, null, null, null));

        var register = await store.ImportAsync(store.Write("later.csv", Register($"{code},04375,Hà Văn Tú,,,near_poor,2022-2025")), "2024-06-15");

        (register.Taken, string.Join(",", register.Remarks.Select(r => r.Reason))).ShouldBe((1, ""));
        await store.CatchUpAsync();
        (await store.Get<CaseloadQuery>().PageAsync(store.Clerk, new(Search: code), 1, 10, default)).Items.Single().HeadName.ShouldBe("Hà Văn Tú");
        await EraseAsync(code); // nobody else may meet this name in the store
    }

    [Fact]
    public async Task What_was_uploaded_since_goes_at_the_next_sweep_with_what_is_too_old()
    {
        var code = await ALivedInHouseholdAsync(TestStore.NewCode());
        await EraseAsync(code);
        var again = await UploadAsync("lai.csv", Register($"{code},04375,{Name},,,near_poor,"), import: false);
        var other = await UploadAsync("khac.csv", Register($"{TestStore.NewCode()},04375,Hà Văn Tư,,,poor,"), import: false);
        var (folders, sweep, now) = (store.Get<ImportFolders>(), store.Get<UploadSweep>(), store.Clock.Now);

        sweep.Sweep();
        (folders.FileOf(again), folders.FileOf(other) is null).ShouldBe((null, false));

        store.Clock.Now = now + RetentionSchedule.Uploads - TimeSpan.FromMinutes(1);
        sweep.Sweep();
        folders.FileOf(other).ShouldNotBeNull();
        store.Clock.Now = now + RetentionSchedule.Uploads + TimeSpan.FromMinutes(1);
        sweep.Sweep();
        folders.FileOf(other).ShouldBeNull();
        store.Clock.Now = now;
    }

    [Fact]
    public async Task A_start_erases_again_what_the_list_has_and_the_store_has_not_and_the_other_way_round()
    {
        var code = await ALivedInHouseholdAsync(TestStore.NewCode());
        var head = (await store.CaseAsync(code)).Latest().HeadId!.Value;
        var list = store.Get<ErasureList>();
        list.Add(new(Ids.Household(code), [head], store.Clock.Now));

        await store.RestartAsync();

        (await store.CaseAsync(code)).Facts[^1].Event.ShouldBeOfType<PersonalDataErased>().PersonIds.ShouldBe([head]);
        (await Traces.InTablesAsync(store.Get<NpgsqlDataSource>(), Words)).ShouldBeEmpty();
        var version = await VersionAsync(code);

        var all = list.Read();
        File.Delete(list.Path);
        await store.RestartAsync();

        store.Get<ErasureList>().Read().Select(e => (e.Household, e.At)).ShouldBe(all.Select(e => (e.Household, e.At)), ignoreOrder: true);
        (await VersionAsync(code)).ShouldBe(version);
    }
}
