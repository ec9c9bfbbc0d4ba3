using System.Runtime.Versioning;
using Marten;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Import;

[UnsupportedOSPlatform("windows")]
public sealed class RegisterImportFacts(TestStore store) : IClassFixture<TestStore>
{
    private const string Header = "household_code,commune_code,hamlet,head_name,head_sex,head_birth_year,head_id_number,phone,ethnicity,members,under_16,merit_member,area,class,standard,since,score_a,score_b,deprivations,causes,needs";
    private const string On = "2023-12-31";

    private static int files;

    private string File(string code, params string[] rows) =>
        store.Write($"register {Interlocked.Increment(ref files)}.csv", string.Join('\n', rows.Prepend(Header)).Replace("\nH,", $"\n{code},").Replace("\nH2,", $"\n{code}-2,"));

    private async Task<Person> HeadAsync(string code)
    {
        await using var session = store.Get<IDocumentStore>().QuerySession();
        return (await session.LoadAsync<Person>((await store.CaseAsync(code)).Latest().HeadId!.Value)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_new_poor_household_is_taken_over_and_listed_since_then()
    {
        var code = TestStore.NewCode();
        var result = await store.ImportAsync(File(code,
            "H,04375,Hồng Phong,Lò Thị Mai,nữ,1980,015180000001,0912345678,Thái,5,2,x,urban,hộ nghèo,2022-2025,15/12/2022,\"120,5\",\"30,0\",health_insurance;water,no_land,loan;training"), On);

        result.Summary.ShouldBe("taken 1, unchanged 0, ignored 0, refused 0");
        var events = (await store.CaseAsync(code)).Facts.Select(f => f.Event).ToArray();
        events.Select(Facts.NameOf).ShouldBe(["household_registered", "household_taken_over", "assessed", "listed_poor"], result.Problems.FirstOrDefault().Reason);
        var registered = events[0].ShouldBeOfType<HouseholdRegistered>();
        (registered.On, registered.Unit, registered.Members, registered.Area, registered.Then).ShouldBe((new(2022, 12, 15), "04375@2020-02-01", 5, Area.Urban, new Coarse(Sex.Female, true, true, 2)));
        events[1].ShouldBeOfType<HouseholdTakenOver>().ShouldSatisfyAllConditions(e => e.History.ShouldBe(TakenOverHistory.SurvivorsOnly), e => e.On.ShouldBe(new(2023, 12, 31)));
        (events[3].On, ((ListedPoor)events[3]).Cause).ShouldBe((new(2022, 12, 15), EntryCause.Unknown));
    }

    [Fact]
    public async Task Scores_may_have_decimal_commas()
    {
        var code = TestStore.NewCode();
        await store.ImportAsync(File(code, "H,04375,,,,,,,,,,,,poor,,,\"120,5\",30.25,water; health_insurance ,,"), On);

        var assessed = (await store.CaseAsync(code)).Facts.Select(f => f.Event).OfType<Assessed>().Single();
        (assessed.ScoreA, assessed.ScoreB).ShouldBe((120.5m, 30.25m));
        assessed.Deprivations.ShouldBe(["water", "health_insurance"]);
    }

    [Fact]
    public async Task A_new_household_that_is_near_poor_gets_its_class_and_is_on_no_list()
    {
        var code = TestStore.NewCode();
        await store.ImportAsync(File(code, "H,04375,,,,,,,,,,,,cận nghèo,,,,,,,"), On);

        var state = (await store.CaseAsync(code)).Latest();
        (state.Status, state.ClassOn(new(2024, 1, 1))!.Value.Class.Class).ShouldBe((ListStatus.Unknown, PovertyClass.NearPoor));
    }

    [Fact]
    public async Task Of_a_known_household_personal_data_are_corrected_and_the_old_ones_kept()
    {
        var code = TestStore.NewCode();
        await store.ImportAsync(File(code, "H,04375,,Lò Thị Mai,nữ,1980,015180000001,0912345678,Thái,,,,,poor,,,,,,,"), On);

        (await store.ImportAsync(File(code, "H,04375,,Lò Thị Mây,,,,0987654321,,,,,,poor,,,,,,,"), On)).Summary.ShouldBe("taken 1, unchanged 0, ignored 0, refused 0");
        var head = await HeadAsync(code);
        (head.Name, head.Phone, head.BirthYear, head.IdNumber, head.Ethnicity, head.SearchName).ShouldBe(("Lò Thị Mây", "0987654321", 1980, "015180000001", "Thái", "lo thi may"));
        head.Superseded.Select(p => (p.Name, p.Phone)).ShouldBe([("Lò Thị Mai", "0912345678")]);
        (await store.CaseAsync(code)).Version.ShouldBe(3);

        (await store.ImportAsync(File(code, "H,04375,,Lò Thị Mây,,,,0987654321,,,,,,poor,,,,,,,"), On)).Summary.ShouldBe("taken 0, unchanged 1, ignored 0, refused 0");
        (await HeadAsync(code)).Superseded.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_a_known_household_another_class_is_reported_and_not_applied()
    {
        var code = TestStore.NewCode();
        await store.ImportAsync(File(code, "H,04375,,,,,,,,,,,,poor,,,,,,,"), On);

        var result = await store.ImportAsync(File(code, "H,04252,,,,,,,,,,,,not_poor,,,,,,,"), On);

        result.Summary.ShouldBe("taken 0, unchanged 1, ignored 0, refused 0");
        result.Remarks.Select(r => (r.Line, r.Column, r.Value, r.Reason)).ShouldBe([(2, "class", "not_poor", "class_differs"), (2, "commune_code", "04252", "commune_differs")]);
        (await store.CaseAsync(code)).ShouldSatisfyAllConditions(h => h.Version.ShouldBe(3), h => h.Latest().Status.ShouldBe(ListStatus.Poor), h => h.Latest().Unit.ShouldBe("04375@2020-02-01"));
    }

    [Fact]
    public async Task Two_rows_for_one_household_are_both_refused()
    {
        var code = TestStore.NewCode();

        var result = await store.ImportAsync(File(code, "H,04375,,,,,,,,,,,,poor,,,,,,,", "H2,04375,,,,,,,,,,,,poor,,,,,,,", "H,04375,,,,,,,,,,,,not_poor,,,,,,,"), On);

        result.Summary.ShouldBe("taken 1, unchanged 0, ignored 0, refused 2");
        result.Problems.Select(p => (p.Line, p.Reason)).ShouldBe([(2, "household_claimed_twice"), (4, "household_claimed_twice")]);
        System.IO.File.ReadAllLines(result.Rejects!).Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("H,99999,,,,,,,,,,,,poor,,,,,,,", "commune_code", "unknown_place")]
    [InlineData("H,,,,,,,,,,,,,poor,,,,,,,", "commune_code", "missing")]
    [InlineData("H,04375,,,,,,,,,,,,rich,,,,,,,", "class", "unknown_value")]
    [InlineData("H,04375,,,,,,,,,,,,,,,,,,,", "class", "missing")]
    [InlineData("H,04375,,,,,,,,5,6,,,poor,,,,,,,", "under_16", "out_of_range")]
    [InlineData("H,04375,,,,,,,,100,,,,poor,,,,,,,", "members", "out_of_range")]
    [InlineData("H,04375,,,,,,,,,,,,poor,,2024-01-01,,,,,", "since", "after_the_register")]
    [InlineData("H,04375,,,,,,,,,,,,poor,,,lots,,,,", "score_a", "not_a_number")]
    [InlineData("H,04375,,An,they,,,,,,,,,poor,,,,,,,", "head_sex", "unknown_value")]
    [InlineData("H,04375,,An,,1850,,,,,,,,poor,,,,,,,", "head_birth_year", "out_of_range")]
    public async Task A_fault_refuses_its_row_and_no_other(string row, string column, string reason)
    {
        var code = TestStore.NewCode();

        var result = await store.ImportAsync(File(code, row, "H2,04375,,,,,,,,,,,,poor,,,,,,,"), On);

        result.Summary.ShouldBe("taken 1, unchanged 0, ignored 0, refused 1");
        result.Problems.Select(p => (p.Line, p.Column, p.Reason)).ShouldBe([(2, column, reason)]);
    }

    [Fact]
    public async Task A_register_stands_on_a_day_that_has_come()
    {
        var file = File(TestStore.NewCode(), "H,04375,,,,,,,,,,,,poor,,,,,,,");

        (await Should.ThrowAsync<UnreadableFileException>(() => store.ImportAsync(file))).Code.ShouldBe("on_required");
        (await Should.ThrowAsync<UnreadableFileException>(() => store.ImportAsync(file, "2024-06-16"))).Code.ShouldBe("on_in_future");
    }

    [Fact]
    public async Task Totals_are_taken_once_and_corrected_by_a_later_file()
    {
        const string header = "unit_code,on,households,source\n";
        (await Import("136,2023-12-31,33000,Niên giám\n04375,2023-12-31,2800,\nSa Pa,2023-12-31,10,\n136,2023-12-31,,\n")).ShouldBe("taken 2, unchanged 0, ignored 0, refused 2");
        (await Import("136,2023-12-31,33000,Niên giám\n04375,2023-12-31,2801,\n")).ShouldBe("taken 1, unchanged 1, ignored 0, refused 0");

        await using var session = store.Get<IDocumentStore>().QuerySession();
        (await session.LoadAsync<UnitTotal>("04375@2020-02-01|2023-12-31"))!.Households.ShouldBe(2801);

        async Task<string> Import(string rows) => (await store.ImportAsync(store.Write("totals.csv", header + rows))).Summary;
    }
}
