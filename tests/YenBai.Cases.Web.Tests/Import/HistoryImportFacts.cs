using System.Runtime.Versioning;
using System.Text;
using Marten;
using MiniExcelLibs;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Import;

[UnsupportedOSPlatform("windows")]
public sealed class HistoryImportFacts(TestStore store) : IClassFixture<TestStore>
{
    private const string Header = "event_id,household,seq,effective,recorded,type,district,voluntary,support,cause,history,reference,standard";

    private static int files;

    /// <summary>A file of rows in which H stands for a household that no other test knows.</summary>
    private string File(string code, params string[] rows) => File(code, Header, rows);

    private string File(string code, string header, string[] rows) =>
        store.Write($"{Interlocked.Increment(ref files)}.csv", string.Join('\n', rows.Prepend(header)).Replace(",H,", $",{code},").Replace(",H2,", $",{code}-2,") + "\n");

    private static string Counts(ImportResult result) => $"{result.Taken} {result.Unchanged} {result.Ignored} {result.Refused}";

    private async Task<HouseholdEvent[]> EventsAsync(string code) => [.. (await store.CaseAsync(code)).Facts.Select(f => f.Event)];

    private async Task<bool> KnownAsync(string code)
    {
        await using var session = store.Get<IDocumentStore>().QuerySession();
        return await session.LoadAsync<Household>(Ids.Household(code)) is not null;
    }

    [Fact]
    public async Task A_dry_run_stores_nothing()
    {
        var code = TestStore.NewCode();
        var file = File(code, "1,H,1,2016-03-01,,ENTER,Van Yen,,,,,,", "2,H2,1,2016-03-01,,LEAVE,Van Yen,,,,,,");

        var result = await store.ImportAsync(file, dryRun: true);

        Counts(result).ShouldBe("1 0 0 1");
        result.Rejects.ShouldBeNull();
        System.IO.File.Exists(file + ".rejects.csv").ShouldBeFalse();
        (await KnownAsync(code)).ShouldBeFalse();
        Counts(await store.ImportAsync(file)).ShouldBe("1 0 0 1");
    }

    [Fact]
    public async Task A_first_row_registers_and_every_row_is_one_fact_in_the_order_of_telling()
    {
        var code = TestStore.NewCode();
        await store.ImportAsync(File(code,
            "3,H,3,2018-12-15,2018-12-20,CONFIRM,Van Yen,,,,,,2016-2020",
            "2,H,2,2017-12-15,2017-12-20,EXIT,Van Yen,1,loan,,,,2016-2020",
            "1,H,1,2016-03-01,2016-03-05,ENTER,Van Yen,,,deterioration,,,2016-2020"));

        var events = await EventsAsync(code);

        events.Select(e => Facts.NameOf(e)).ShouldBe(["household_registered", "listed_poor", "exited", "exit_confirmed"]);
        events[0].On.ShouldBe(new(2016, 3, 1));
        var exit = events[2].ShouldBeOfType<Exited>();
        (exit.On, exit.Recorded, exit.Unit, exit.Standard, exit.To, exit.Voluntary, exit.Support)
            .ShouldBe((new(2017, 12, 15), new(2017, 12, 20, 0, 0, 0, TimeSpan.FromHours(7)), "136@2020-02-01", "2016-2020", null, true, "loan"));
        (await store.LedgerAsync(code)).Select(f => f.Kind).ShouldBe([FactKind.Enter, FactKind.Exit, FactKind.Confirm]);
    }

    [Fact]
    public async Task A_second_entry_after_an_exit_is_a_re_entry_unless_corrected_or_by_another_standard()
    {
        var code = TestStore.NewCode();
        await store.ImportAsync(File(code,
            "1,H,1,2016-03-01,,ENTER,Van Yen,,,,,,", "2,H,2,2017-12-15,,EXIT,Van Yen,,,,,,", "3,H,3,2018-12-15,,ENTER,Van Yen,,,deterioration,,,",
            "4,H,4,2019-12-15,,EXIT,Van Yen,,,,,,", "5,H,5,2020-02-01,,ENTER,Van Yen,,,correction,,,"));

        (await EventsAsync(code)).Select(Facts.NameOf).ShouldBe(["household_registered", "listed_poor", "exited", "re_entered", "exited", "listed_poor"]);
    }

    [Fact]
    public async Task The_further_columns_are_taken_and_names_stay_out_of_the_events()
    {
        var code = TestStore.NewCode();
        await store.ImportAsync(File(code, Header + ",commune_code,hamlet,head_name,head_sex,merit,ethnic_minority,to", [
            "1,H,1,2022-03-01,,ENTER,Huyện Văn Yên,,,,,,,04375,Hồng Phong,Bàn Thị Ghến,nữ,0,có,",
            "2,H,2,2023-12-15,,EXIT,136,,,,,,,04375,,,,,,near_poor",
        ]));

        var events = await EventsAsync(code);

        var registered = events[0].ShouldBeOfType<HouseholdRegistered>();
        (registered.Unit, registered.Hamlet).ShouldBe(("04375@2020-02-01", "Hồng Phong"));
        events[2].ShouldBeOfType<Exited>().ShouldSatisfyAllConditions(e => e.To.ShouldBe(PovertyClass.NearPoor), e => e.Then.ShouldBe(new Coarse(Sex.Female, false, true)));
        await using var session = store.Get<IDocumentStore>().QuerySession();
        (await session.LoadAsync<Records.Person>(registered.HeadId!.Value))!.Name.ShouldBe("Bàn Thị Ghến");
        (await store.AskAsync<long>("select count(*) from cases.mt_events e where e::text ilike '%Ghến%'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("2,H,2,2017-13-15,,EXIT,Van Yen,,,,,,", "effective", "2017-13-15", "not_a_date")]
    [InlineData("2,H,2,31/02/2017,,EXIT,Van Yen,,,,,,", "effective", "31/02/2017", "not_a_date")]
    [InlineData("2,H,2,,,EXIT,Van Yen,,,,,,", "effective", null, "missing")]
    [InlineData("2,H,2,2024-06-16,,EXIT,Van Yen,,,,,,", "effective", "2024-06-16", "date_in_future")]
    [InlineData("2,H,2,2017-12-15,2024-06-16,EXIT,Van Yen,,,,,,", "recorded", "2024-06-16", "date_in_future")]
    [InlineData("2,H,2,1944-12-15,,EXIT,Van Yen,,,,,,", "effective", "1944-12-15", "date_too_early")]
    [InlineData("2,H,2,2017-12-15,,EXIT,Sa Pa,,,,,,", "district", "Sa Pa", "unknown_place")]
    [InlineData("2,H,2,2017-12-15,,EXIT,,,,,,,", "district", null, "missing")]
    [InlineData("2,H,2,2017-12-15,,LEAVE,Van Yen,,,,,,", "type", "LEAVE", "unknown_value")]
    [InlineData("2,H,2,2017-12-15,,,Van Yen,,,,,,", "type", null, "missing")]
    [InlineData(",H,2,2017-12-15,,EXIT,Van Yen,,,,,,", "event_id", null, "missing")]
    [InlineData("2,H,x,2017-12-15,,EXIT,Van Yen,,,,,,", "seq", "x", "not_a_number")]
    [InlineData("2,H,1.5,2017-12-15,,EXIT,Van Yen,,,,,,", "seq", "1.5", "not_a_whole_number")]
    [InlineData("2,H,-1,2017-12-15,,EXIT,Van Yen,,,,,,", "seq", "-1", "out_of_range")]
    [InlineData("2,H,2,2017-12-15,,EXIT,Van Yen,maybe,,,,,", "voluntary", "maybe", "not_yes_or_no")]
    [InlineData("2,H,2,2017-12-15,,ENTER,Van Yen,,,bad luck,,,", "cause", "bad luck", "unknown_value")]
    [InlineData("2,H,2,2017-12-15,,IMPORT,Van Yen,,,,some,,", "history", "some", "unknown_value")]
    [InlineData("2,H,2,2017-12-15,,EXIT,Van Yen,,,,,,2006-2010", "standard", "2006-2010", "unknown_standard")]
    [InlineData("2,H,2,2017-12-15,,VOID,Van Yen,,,,,99,", "reference", "99", "void_of_unknown")]
    [InlineData("2,H,2,2017-12-15,,VOID,Van Yen,,,,,,", "reference", null, "missing")]
    [InlineData("1,H,1,2016-03-02,,ENTER,Van Yen,,,,,,", "event_id", "1", "fact_differs_in_file")]
    public async Task A_fault_refuses_its_household_whole_and_no_other(string row, string column, string? value, string reason)
    {
        var code = TestStore.NewCode();
        var file = File(code, "1,H,1,2016-03-01,,ENTER,Van Yen,,,,,,", row, "3,H2,1,2016-03-01,,ENTER,Van Yen,,,,,,");

        var result = await store.ImportAsync(file);

        Counts(result).ShouldBe("1 0 0 2");
        result.Problems.Select(p => (p.Line, p.Column, p.Value, p.Reason)).ShouldBe([(3, column, value, reason)]);
        (await KnownAsync(code)).ShouldBeFalse();
        (await KnownAsync(code + "-2")).ShouldBeTrue();
        result.Rejects.ShouldBe(file + ".rejects.csv");
        var rejects = System.IO.File.ReadAllLines(result.Rejects!);
        rejects.Length.ShouldBe(3);
        rejects[0].ShouldEndWith(",line,column,value,reason");
        rejects[1].ShouldContain($"1,{code},1,2016-03-01");
        rejects[2].ShouldContain($",3,{column},{value}");
    }

    [Fact]
    public void A_reason_is_said_in_the_words_of_the_reader()
    {
        var culture = System.Globalization.CultureInfo.CurrentUICulture;
        var words = new List<string>();
        try
        {
            foreach (var language in new[] { "vi", "en" })
            {
                System.Globalization.CultureInfo.CurrentUICulture = new(language);
                words.Add(store.Get<Reasons>().Text("void_of_unknown"));
            }
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = culture;
        }
        words.Append("void_of_unknown").ShouldBeUnique();
    }

    [Fact]
    public async Task A_void_of_a_void_is_refused_also_when_the_first_is_stored()
    {
        var code = TestStore.NewCode();
        var told = new[] { "1,H,1,2016-03-01,,ENTER,Van Yen,,,,,,", "2,H,2,2016-03-01,2017-01-01,VOID,Van Yen,,,,,1," };
        const string again = "3,H,3,2016-03-01,2018-01-01,VOID,Van Yen,,,,,2,";

        (await store.ImportAsync(File(code, [.. told, again]))).Problems.ShouldHaveSingleItem().Reason.ShouldBe("void_of_void");
        Counts(await store.ImportAsync(File(code, told))).ShouldBe("2 0 0 0");
        (await store.ImportAsync(File(code, again))).Problems.ShouldHaveSingleItem().Reason.ShouldBe("void_of_void");
        (await store.CaseAsync(code)).Latest().Status.ShouldBe(ListStatus.Unknown);
    }

    [Fact]
    public async Task The_same_fact_with_another_content_is_refused()
    {
        var code = TestStore.NewCode();
        await store.ImportAsync(File(code, "1,H,1,2016-03-01,,ENTER,Van Yen,,,,,,"));

        var result = await store.ImportAsync(File(code, "1,H,1,2016-03-02,,ENTER,Van Yen,,,,,,", "2,H,2,2017-12-15,,EXIT,Van Yen,,,,,,"));

        Counts(result).ShouldBe("0 0 0 2");
        result.Problems.ShouldHaveSingleItem().Reason.ShouldBe("fact_differs_from_stored");
        (await store.CaseAsync(code)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task One_damaged_quote_costs_its_household_and_not_the_rest_of_the_file()
    {
        var code = TestStore.NewCode();

        var result = await store.ImportAsync(File(code, "1,H,1,2016-03-01,,ENTER,\"Van Yen,,,,,,", "2,H2,1,2016-03-01,,ENTER,Van Yen,,,,,,"));

        Counts(result).ShouldBe("1 0 0 1");
        result.Problems[0].Reason.ShouldBe("line_damaged");
        (await KnownAsync(code + "-2")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Văn Yên")]
    [InlineData("Van Yen")]
    [InlineData("HUYỆN VĂN YÊN")]
    [InlineData("  huyen   van yen ")]
    [InlineData("136")]
    public async Task A_file_is_read_as_people_write_it(string district)
    {
        var code = TestStore.NewCode();
        var text = string.Join("\r\n", " EVENT_ID ,household,seq,effective,type,district", $" 1 ,  {code}  , 1 ,15/12/2017, exit , {district} ", $"2,{code},2.0,5/3/2018,Confirm,\"{district}\"", "", ",,,,,", "");
        var file = store.Write($"{Interlocked.Increment(ref files)}.csv", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.Normalize(NormalizationForm.FormD))]);

        Counts(await store.ImportAsync(file)).ShouldBe("2 0 0 0");

        var events = await EventsAsync(code);
        events[1].ShouldBeOfType<Exited>().ShouldSatisfyAllConditions(e => e.On.ShouldBe(new(2017, 12, 15)), e => e.Unit.ShouldBe("136@2020-02-01"));
        events[2].On.ShouldBe(new(2018, 3, 5));
    }

    [Fact]
    public async Task An_Excel_file_with_the_same_columns_is_the_same()
    {
        var code = TestStore.NewCode();
        var csv = File(code, "1,H,1,2016-03-01,2016-03-05,ENTER,Van Yen,,,,,,2016-2020", "2,H,2,2017-12-15,2017-12-20,EXIT,Van Yen,1,loan,,,,2016-2020");
        var excel = Path.Combine(store.Directory, code + ".xlsx");
        await MiniExcel.SaveAsAsync(excel, new[]
        {
            Row("1", 1, new(2016, 3, 1), new(2016, 3, 5), "ENTER", null, null),
            Row("2", 2, new(2017, 12, 15), new(2017, 12, 20), "EXIT", 1, "loan"),
        });

        Counts(await store.ImportAsync(excel)).ShouldBe("2 0 0 0");
        Counts(await store.ImportAsync(csv)).ShouldBe("0 2 0 0");

        Dictionary<string, object?> Row(string id, int seq, DateTime effective, DateTime recorded, string type, int? voluntary, string? support) => new()
        {
            ["event_id"] = id,
            ["household"] = code,
            ["seq"] = seq,
            ["effective"] = effective,
            ["recorded"] = recorded,
            ["type"] = type,
            ["district"] = "Van Yen",
            ["voluntary"] = voluntary,
            ["support"] = support,
            ["cause"] = null,
            ["history"] = null,
            ["reference"] = null,
            ["standard"] = "2016-2020",
        };
    }

    [Fact]
    public async Task The_rows_of_a_household_may_stand_anywhere_in_the_file()
    {
        var code = TestStore.NewCode();

        var result = await store.ImportAsync(File(code,
            "1,H,1,2016-03-01,,ENTER,Van Yen,,,,,,", "1,H2,1,2016-03-01,,ENTER,Van Yen,,,,,,", "2,H,2,2017-12-15,,EXIT,Van Yen,,,,,,", "2,H2,2,2017-12-15,,EXIT,Van Yen,,,,,,"));

        (Counts(result), result.Households).ShouldBe(("4 0 0 0", 2));
        (await EventsAsync(code)).Length.ShouldBe(3);
        (await EventsAsync(code + "-2")).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_changed_place_without_a_transfer_is_one()
    {
        var code = TestStore.NewCode();
        await store.ImportAsync(File(code, "1,H,1,2016-03-01,,ENTER,Van Yen,,,,,,", "2,H,2,2017-12-15,,EXIT,Tram Tau,,,,,,", "3,H,3,2018-06-01,,TRANSFER,Luc Yen,,,,,,", "4,H,4,2018-12-15,,CONFIRM,Luc Yen,,,,,,"));

        var events = await EventsAsync(code);

        events.Select(Facts.NameOf).ShouldBe(["household_registered", "listed_poor", "moved_within", "exited", "moved_within", "exit_confirmed"]);
        events.OfType<MovedWithin>().Select(m => (m.On, m.From, m.Unit)).ShouldBe([
            (new(2017, 12, 15), "136@2020-02-01", "139@2020-02-01"),
            (new(2018, 6, 1), "139@2020-02-01", "135@2020-02-01"),
        ]);
        events.OfType<ListEvent>().Last().Unit.ShouldBe("135@2020-02-01");
    }

    [Fact]
    public async Task A_district_that_holds_the_known_commune_moves_nobody()
    {
        var code = TestStore.NewCode();
        await store.ImportAsync(File(code, Header + ",commune_code", ["1,H,1,2022-03-01,,ENTER,Van Yen,,,,,,,04375", "2,H,2,2023-12-15,,EXIT,Van Yen,,,,,,,"]));

        (await EventsAsync(code)).Select(Facts.NameOf).ShouldBe(["household_registered", "listed_poor", "exited"]);
    }

    [Fact]
    public async Task An_appended_file_extends_known_households()
    {
        var code = TestStore.NewCode();
        string[] first = ["1,H,1,2016-03-01,,ENTER,Van Yen,,,,,,", "2,H,2,2017-12-15,,EXIT,Van Yen,,,,,,"];
        await store.ImportAsync(File(code, first));

        Counts(await store.ImportAsync(File(code, [.. first, "3,H,3,2018-12-15,,ENTER,Van Yen,,,deterioration,,,", "1,H2,1,2016-03-01,,ENTER,Van Yen,,,,,,"]))).ShouldBe("2 2 0 0");
        Counts(await store.ImportAsync(File(code, [.. first, "4,H,4,2018-12-14,,CONFIRM,Van Yen,,,,,,"]))).ShouldBe("1 2 0 0");
        Counts(await store.ImportAsync(File(code, "5,H,5,2018-12-15,2019-02-01,VOID,Van Yen,,,,,3,"))).ShouldBe("1 0 0 0");

        var household = await store.CaseAsync(code);
        household.Facts.Select(f => Facts.NameOf(f.Event)).ShouldBe(["household_registered", "listed_poor", "exited", "re_entered", "exit_confirmed", "fact_annulled"]);
        (household.Latest().Status, household.Latest().LastConfirmed).ShouldBe((ListStatus.Out, new DateOnly(2018, 12, 14)));
        (await store.LedgerAsync(code)).Select(f => f.Kind).ShouldBe([FactKind.Enter, FactKind.Exit, FactKind.Enter, FactKind.Confirm, FactKind.Void]);
    }

    [Fact]
    public async Task Facts_of_one_day_are_told_by_their_seq_and_not_by_their_place_in_the_file()
    {
        var (last, first) = (TestStore.NewCode(), TestStore.NewCode());
        const string enter = "9,H,{0},2018-12-15,,ENTER,Van Yen,,,deterioration,,,", exit = "8,H,2,2018-12-15,,EXIT,Van Yen,,,,,,", before = "1,H,1,2016-03-01,,ENTER,Van Yen,,,,,,";

        await store.ImportAsync(File(last, before, string.Format(enter, 3), exit));
        await store.ImportAsync(File(first, before, exit, string.Format(enter, 1)));

        (await store.CaseAsync(last)).Latest().Status.ShouldBe(ListStatus.Poor);
        (await store.CaseAsync(first)).Latest().Status.ShouldBe(ListStatus.Out);
    }

    [Fact]
    public async Task A_fact_annulled_twice_by_the_register_can_still_be_read()
    {
        var code = TestStore.NewCode();
        await store.ImportAsync(File(code, "1,H,1,2016-03-01,,ENTER,Van Yen,,,,,,", "2,H,2,2016-03-01,2017-01-01,VOID,Van Yen,,,,,1,", "3,H,3,2016-03-01,2018-01-01,VOID,Van Yen,,,,,1,"));

        (await store.Http.GetAsync($"/api/households/{code}/events")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task Exits_judged_under_the_standard_of_2011_are_taken()
    {
        var code = TestStore.NewCode();

        Counts(await store.ImportAsync(File(code, "1,H,1,2012-03-01,,ENTER,Van Yen,,,,,,2011-2015", "2,H,2,2014-12-15,,EXIT,Van Yen,,,,,,2011-2015"))).ShouldBe("2 0 0 0");

        (await store.CaseAsync(code)).Facts.Select(f => f.Event).OfType<ListEvent>().Select(e => e.Standard).ShouldBe(["2011-2015", "2011-2015"]);
        (await store.LedgerAsync(code)).Select(f => f.Standard).ShouldBe(["2011-2015", "2011-2015"]);
    }

    [Fact]
    public async Task A_withdrawn_import_counts_no_more_and_may_be_told_again()
    {
        var code = TestStore.NewCode();
        var file = File(code, "1,H,1,2016-03-01,,ENTER,Van Yen,,,,,,", "2,H,2,2017-12-15,,EXIT,Van Yen,,,,,,");
        var import = await store.ImportAsync(file);

        (await store.Get<Withdrawal>().RunAsync(store.Clerk, import.Id, null, default)).ShouldBe(1);
        (await store.Get<Withdrawal>().RunAsync(store.Clerk, import.Id, null, default)).ShouldBe(0);
        (await store.CaseAsync(code)).Latest().Known.ShouldBeFalse();
        (await store.Http.GetAsync($"/api/households/{code}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await store.Http.GetAsync($"/api/households/{code}/events")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await store.LedgerAsync(code)).Select(f => f.Kind).ShouldBe([FactKind.Enter, FactKind.Exit, FactKind.Withdraw]);

        Counts(await store.ImportAsync(file)).ShouldBe("2 0 0 0");
        (await store.CaseAsync(code)).Latest().Status.ShouldBe(ListStatus.Out);
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    [Fact]
    public async Task The_same_fact_written_otherwise_is_the_same()
    {
        var code = TestStore.NewCode();
        await store.ImportAsync(File(code, "1,H,1,2016-03-01,,ENTER,Van Yen,,,,,,2016-2020"));

        Counts(await store.ImportAsync(File(code, " 1 ,H,1.0,01/03/2016,2016-03-01,enter,Huyện Văn Yên,,,unknown,,,2016–2020"))).ShouldBe("0 1 0 0");
    }

    [Fact]
    public async Task A_file_of_no_known_kind_is_not_taken()
    {
        (await Should.ThrowAsync<UnreadableFileException>(() => store.ImportAsync(store.Write("other.csv", "a,b\n1,2\n")))).Code.ShouldBe("unknown_kind");
        (await Should.ThrowAsync<UnreadableFileException>(() => store.ImportAsync(store.Write("empty.csv", "")))).Code.ShouldBe("no_rows");
        (await Should.ThrowAsync<UnreadableFileException>(() => store.ImportAsync(Path.Combine(store.Directory, "missing.csv")))).Code.ShouldBe("file_not_found");
    }
}
