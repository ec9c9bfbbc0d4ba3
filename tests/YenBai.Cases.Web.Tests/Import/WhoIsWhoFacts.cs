using System.Runtime.Versioning;
using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Records;
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
}
