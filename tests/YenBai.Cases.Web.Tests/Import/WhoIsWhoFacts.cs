using System.Net.Http.Json;
using System.Runtime.Versioning;
using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Import;

/// <summary>Yearly lists of the same households: who heads them, and what an older list may change.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class WhoIsWhoFacts(TestStore store) : IClassFixture<TestStore>
{
    private const string Header = "household_code,commune_code,hamlet,head_name,head_sex,head_birth_year,head_id_number,members,class";

    private static int files;

    private async Task<ImportResult> ImportAsync(string on, params string[] rows)
    {
        var file = store.Write($"list {Interlocked.Increment(ref files)}.csv", string.Join('\n', rows.Prepend(Header)));
        var trial = await store.Get<Importer>().RunAsync(Actor.Operator, file, new(DryRun: true, DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture)), null, default);
        var run = await store.ImportAsync(file, on);
        run.Summary.ShouldBe(trial.Summary);
        run.RemarkKinds.ShouldBe(trial.RemarkKinds);
        return run;
    }

    private async Task<Person> HeadAsync(string code)
    {
        await using var session = store.Get<IDocumentStore>().QuerySession();
        return (await session.LoadAsync<Person>((await store.CaseAsync(code)).Latest().HeadId!.Value)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_widow_who_follows_inherits_nothing_and_a_late_list_does_not_bring_the_dead_man_back()
    {
        var code = TestStore.NewCode();
        await ImportAsync("2022-12-31", $"{code},04375,Bản Một,Giàng A Mẫu,nam,1958,015058000001,5,poor");

        var result = await ImportAsync("2023-12-31", $"{code},04375,Bản Một,Vàng Thị Mẫu,nữ,,,4,poor");

        result.Summary.ShouldBe("taken 1, unchanged 0, ignored 0, refused 0");
        result.RemarkKinds.ShouldBe(new Dictionary<string, long> { ["head_changed"] = 1 });
        File.ReadAllText(result.RemarksFile!).ShouldContain("Vàng Thị Mẫu");
        var head = await HeadAsync(code);
        (head.Name, head.Sex, head.BirthYear, head.IdNumber).ShouldBe(("Vàng Thị Mẫu", Sex.Female, null, null));
        var state = (await store.CaseAsync(code)).Latest();
        (state.Members, state.Then.HeadSex).ShouldBe((4, Sex.Female));

        var late = await ImportAsync("2022-12-31", $"{code},04375,Bản Một,Giàng A Mẫu,nam,1958,015058000001,5,poor");
        late.Summary.ShouldBe("taken 0, unchanged 1, ignored 0, refused 0");
        late.RemarkKinds.Keys.ShouldContain("older_list");
        (await HeadAsync(code)).Name.ShouldBe("Vàng Thị Mẫu");
    }

    [Theory]
    [InlineData("NGUYỄN VĂN HOÀ")]
    [InlineData("Nguyễn Văn Hòa")]
    [InlineData("Nguyễn Văn  Hoà")]
    [InlineData("Nguyen Van Hoa")]
    public async Task Another_way_to_write_a_name_changes_nothing(string written)
    {
        var code = TestStore.NewCode();
        await ImportAsync("2022-12-31", $"{code},04375,,Nguyễn Văn Hoà,,,,4,poor");

        (await ImportAsync("2023-12-31", $"{code},04375,,{written},,,,4,poor")).ShouldSatisfyAllConditions(
            r => r.Summary.ShouldBe("taken 0, unchanged 1, ignored 0, refused 0"), r => r.RemarkKinds.ShouldBeEmpty());
        (await HeadAsync(code)).ShouldSatisfyAllConditions(h => h.Name.ShouldBe("Nguyễn Văn Hoà"), h => h.Superseded.ShouldBeEmpty());
    }

    [Fact]
    public async Task What_is_not_applied_is_said()
    {
        var code = TestStore.NewCode();
        await ImportAsync("2022-12-31", $"{code},04375,Bản Một,Lò Văn Thử,,,,4,poor");

        (await ImportAsync("2023-12-31", $"{code},04252,Bản Hai,Lò Văn Thử,,,,6,not_poor")).RemarkKinds.Keys
            .ShouldBe(["class_differs", "commune_differs", "hamlet_differs", "members_differ"]);
    }

    [Fact]
    public async Task One_number_that_heads_two_households_is_said_with_both()
    {
        var code = TestStore.NewCode();
        var result = await ImportAsync("2023-12-31", $"{code}-1,04375,,Lò Văn Thử,,1980,015080000030,4,poor", $"{code}-2,04375,,LÒ VĂN THỬ,,1980,015080000030,3,poor");
        result.Remarks.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Reason.ShouldBe("same_id_number"), r => r.Data.ShouldBe([$"{code}-2", $"{code}-1"]));

        var later = await ImportAsync("2023-12-31", $"{code}-3,04375,,Lò Văn Khác,,1980,015080000030,3,poor");
        later.RemarkKinds.ShouldBe(new Dictionary<string, long> { ["same_id_number"] = 2 });
    }

    [Theory]
    [InlineData("2021-12-31 2022-12-31 2023-12-31")]
    [InlineData("2023-12-31 2021-12-31 2022-12-31")]
    [InlineData("2022-12-31 2023-12-31 2021-12-31")]
    public async Task The_order_of_lists_makes_no_difference(string order)
    {
        var code = TestStore.NewCode();
        var number = $"0150801{Interlocked.Increment(ref files):D5}";
        var rows = new Dictionary<string, string>
        {
            ["2021-12-31"] = $"{code},04375,Bản Một,Lo Van Thu,,1980,060123456,4,poor",
            ["2022-12-31"] = $"{code},04375,Bản Một,Lò Văn Thử,nam,,{number},4,poor",
            ["2023-12-31"] = $"{code},04375,Bản Một,LÒ VĂN THỬ,,,,4,poor",
        };
        foreach (var day in order.Split(' ')) await ImportAsync(day, rows[day]);

        var head = await HeadAsync(code);
        (head.Name, head.BirthYear, head.IdNumber, head.Sex).ShouldBe(("Lò Văn Thử", 1980, number, Sex.Male));
    }

    [Fact]
    public async Task An_older_list_says_what_it_says_otherwise()
    {
        var code = TestStore.NewCode();
        await ImportAsync("2023-12-31", $"{code},04375,,Lò Văn Thử,,,015080000132,4,poor");

        (await ImportAsync("2022-12-31", $"{code},04375,,Lò Văn Thử,,,015080000131,4,poor")).RemarkKinds.Keys.ShouldContain("older_list");
        (await HeadAsync(code)).IdNumber.ShouldBe("015080000132");
    }

    [Fact]
    public async Task Two_lists_of_one_day_that_name_different_people_change_nothing()
    {
        var code = TestStore.NewCode();
        await ImportAsync("2023-12-31", $"{code},04375,,Giàng A Mẫu,nam,1958,,5,poor");

        (await ImportAsync("2023-12-31", $"{code},04375,,Vàng Thị Mẫu,nữ,1960,,4,poor")).RemarkKinds.Keys.ShouldBe(["head_unsure", "members_differ"]);
        (await HeadAsync(code)).Name.ShouldBe("Giàng A Mẫu");
    }

    [Fact]
    public async Task A_withdrawn_list_leaves_the_household_as_it_was()
    {
        var code = TestStore.NewCode();
        await ImportAsync("2021-12-31", $"{code},04375,Bản Một,Lò Văn Thử,nam,,,5,poor", $"{code}-2,04375,Bản Một,Giàng A Mẫu,nam,1958,015058000101,5,poor");
        var import = await ImportAsync("2022-12-31", $"{code},04375,Bản Một,Lò Văn Thử,nam,1980,015080000133,5,poor", $"{code}-2,04375,Bản Một,Vàng Thị Mẫu,nữ,,,4,poor");
        await ImportAsync("2023-12-31", $"{code},04375,Bản Một,Lò Văn Thử,nam,1980,,5,poor");

        (await store.Get<Withdrawal>().RunAsync(store.Clerk, import.Id, null, default)).ShouldBe(2);

        (await HeadAsync(code)).ShouldSatisfyAllConditions(h => h.IdNumber.ShouldBeNull(), h => h.BirthYear.ShouldBe(1980));
        (await HeadAsync($"{code}-2")).IdNumber.ShouldBe("015058000101");
        (await store.CaseAsync($"{code}-2")).Latest().Members.ShouldBe(5);
        (await store.Get<Withdrawal>().RunAsync(store.Clerk, import.Id, null, default)).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_withdrawn_is_taken_over_anew_from_the_corrected_list()
    {
        var code = TestStore.NewCode();
        var wrong = await ImportAsync("2023-12-31", $"{code},04375,Bản Một,Lò Văn Sai,,1970,015070000001,9,not_poor");
        await store.Get<Withdrawal>().RunAsync(store.Clerk, wrong.Id, null, default);

        (await ImportAsync("2023-12-31", $"{code},04375,Bản Hai,Lò Văn Thử,,1980,,4,poor")).Summary.ShouldBe("taken 1, unchanged 0, ignored 0, refused 0");

        (await HeadAsync(code)).ShouldSatisfyAllConditions(h => h.Name.ShouldBe("Lò Văn Thử"), h => h.IdNumber.ShouldBeNull());
        (await store.CaseAsync(code)).Latest().ShouldSatisfyAllConditions(s => s.Members.ShouldBe(4), s => s.Status.ShouldBe(ListStatus.Poor), s => s.Hamlet.ShouldBe("Bản Hai"));
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    [Fact]
    public async Task An_import_is_withdrawn_by_the_id_in_the_address_of_its_page()
    {
        var code = TestStore.NewCode();
        var upload = Guid.NewGuid().ToString("N");
        var file = store.Write($"upload {code}.csv", $"{Header}\n{code},04375,,Lò Văn Thử,,,,4,poor\n");
        var options = new ImportOptions(DryRun: true, new(2023, 12, 31), upload);
        var trial = await store.Get<Importer>().RunAsync(store.Clerk, file, options, null, default);
        await store.Get<Importer>().RunAsync(store.Clerk, file, options with { DryRun = false }, null, default);

        (await store.Get<Withdrawal>().RunAsync(store.Clerk, upload, null, default)).ShouldBe(1);
        (await store.CaseAsync(code)).Latest().Known.ShouldBeFalse();
        (await Should.ThrowAsync<UnreadableFileException>(() => store.Get<Withdrawal>().RunAsync(store.Clerk, Guid.NewGuid().ToString("N"), null, default))).Code.ShouldBe("unknown_import");
        (await Should.ThrowAsync<UnreadableFileException>(() => store.Get<Withdrawal>().RunAsync(store.Clerk, trial.Id, null, default))).Code.ShouldBe("withdraw_trial");
        var totals = await store.ImportAsync(store.Write("totals w.csv", "unit_code,on,households,source\n136,2022-12-31,12.000,\n"));
        (await Should.ThrowAsync<UnreadableFileException>(() => store.Get<Withdrawal>().RunAsync(store.Clerk, totals.Id, null, default))).Code.ShouldBe("withdraw_small");
    }

    [Fact]
    public async Task All_that_a_list_says_otherwise_is_said()
    {
        var code = TestStore.NewCode();
        const string header = "household_code,commune_code,class,members,under_16,merit_member,area,ethnicity,since,score_a,causes";
        await store.ImportAsync(store.Write($"a {code}.csv", $"{header}\n{code},04375,poor,5,2,1,rural,Kinh,2022-12-15,100,no_land\n"), "2022-12-31");

        var result = await store.ImportAsync(store.Write($"b {code}.csv", $"{header}\n{code},04375,poor,6,3,0,urban,Tày,2022-12-16,90,no_land\n"), "2023-12-31");

        result.Summary.ShouldBe("taken 0, unchanged 1, ignored 0, refused 0");
        result.RemarkKinds.Keys.ShouldBe(["area_differs", "assessment_differs", "children_differ", "members_differ", "merit_differs", "minority_differs", "since_differs"]);
        (await store.ImportAsync(store.Write($"c {code}.csv", $"{header}\n{code},04375,poor,5,2,1,rural,Kinh,2022-12-15,100,no_land\n"), "2023-12-31")).RemarkKinds.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_file_of_remarks_has_every_remark_and_is_its_owners_alone()
    {
        var code = TestStore.NewCode();
        var result = await ImportAsync("2023-12-31", [.. Enumerable.Range(1, 30).Select(i => $"{code}-{i},04375,,Lò Văn Thử {i},,,1507500{i:D4},4,poor"), "Tổng cộng,,,,,,,120,", $"{code}-99,04375,,Sai,,,,4,rich"]);

        result.RemarkKinds.ShouldBe(new Dictionary<string, long> { ["lines_left_out"] = 1, ["zero_restored"] = 30 });
        result.Remarks.Count.ShouldBe(20);
        File.ReadAllLines(result.RemarksFile!).Length.ShouldBe(32);
        foreach (var file in new[] { result.RemarksFile!, result.Rejects! }) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Both_households_of_one_number_name_each_other_to_who_may_see_both()
    {
        var code = TestStore.NewCode();
        await ImportAsync("2023-12-31", $"{code}-1,04375,,Lò Văn Thử,,1980,015080000077,4,poor", $"{code}-2,04252,,Lò Văn Thử,,1980,015080000077,3,poor");

        var cases = store.Get<CaseReader>();
        (await cases.OpenAsync(store.Clerk, $"{code}-1", default))!.SameNumber.ShouldBe([$"{code}-2"]);
        (await cases.OpenAsync(store.Clerk, $"{code}-2", default))!.SameNumber.ShouldBe([$"{code}-1"]);
        (await cases.OpenAsync(store.Somebody("worker", Role.Caseworker, "04375"), $"{code}-1", default))!.SameNumber.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_household_is_reached_however_its_code_is_written()
    {
        var code = $"YB-{Interlocked.Increment(ref files):D6}";
        await ImportAsync("2023-12-31", $"{code},04375,,Lò Văn Thử,,,,4,poor", $"{code}-2,04375,,Lò Văn Khác,,,,4,poor");
        var written = code.ToLowerInvariant().Replace("yb-", "yb – ");
        async Task<System.Text.Json.JsonElement> Get(string path) => await (await store.Http.GetAsync(path)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();

        (await Get($"/api/households/{Uri.EscapeDataString(written)}")).GetProperty("code").GetString().ShouldBe(code);
        (await Get($"/api/households?fresh=true&search={Uri.EscapeDataString(written)}")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString()).ShouldContain(code);
        (await store.SubmitAsync(written, 3, new Registering.Merge(new(2024, 1, 5), $"{code.ToLowerInvariant()}–2"))).Answer!.Refusal.ShouldBeNull();
        (await store.CaseAsync(code)).Latest().Status.ShouldBe(ListStatus.Gone);
        (await store.RegisterAsync(written)).Answer!.Refusal!.Code.ShouldBe("code_taken");
    }
}
