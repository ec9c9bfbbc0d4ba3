using System.Globalization;
using System.Runtime.Versioning;
using Marten;
using MiniExcelLibs;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Privacy;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Import;

/// <summary>Lists about support: agreements, what became of their conditions, what the bank says of loans, services.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SupportImportFacts(TestStore store) : IClassFixture<TestStore>
{
    private const string Agreements = "agreement_id,household_code,agreed_on,instrument,amount,funding,start,end,sponsor,condition_no,condition_kind,condition_title,condition_due,evidence,after_miss,owner";
    private const string Conditions = "household_code,agreement_id,condition_no,result,on,note";
    private const string LoanStatus = "household_code,agreement_id,on,balance,overdue,days_overdue";
    private const string Services = "event_id,household_code,on,service,until";

    private const string Livestock = "A1,H,2024-01-10,livestock,8000000,state:6000000;own_share:2000000,2024-02-01,2025-12-31,,,,,,,,";
    private const string WithConditions =
        "A1,H,2024-01-10,livestock,8000000,state:6000000;own_share:2000000,2024-02-01,2025-12-31,SO-NN,1,build_shelter,,2024-05-01,photo,suspend,CB01\n"
        + "A1,,,,,,,,,2,vaccinate,,2025-03-01,note,remind,\n"
        + "A1,H,,,8000000,,,,,3,other,Nuôi cùng bà Mai,2025-11-30,none,,";
    private const string Loan = "V1,H,2024-01-10,vbsp_loan_poor,50000000,policy_bank:50000000,2024-02-01,2027-01-31,,,,,,,,";

    private static int files;

    private Task<ImportResult> ImportAsync(string code, string header, string rows, bool dryRun = false) => store.ImportAsync(File(code, header, rows), dryRun: dryRun);

    /// <summary>A file of rows in which H and H2 stand for households that no other test knows.</summary>
    private string File(string code, string header, string rows) =>
        store.Write($"support-{Interlocked.Increment(ref files)}.csv", $"{header}\n{rows}\n".Replace("\nH,", $"\n{code},").Replace(",H,", $",{code},").Replace("\nH2,", $"\n{code}-2,").Replace(",H2,", $",{code}-2,"));

    /// <summary>Two households that have been poor since 2022.</summary>
    private async Task<string> PoorAsync([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var code = TestStore.NewCode(test);
        (await ImportAsync(code, "event_id,household,seq,effective,type,district,standard", "1,H,1,2022-03-01,ENTER,Van Yen,2022-2025\n1,H2,1,2022-03-01,ENTER,Van Yen,2022-2025")).Taken.ShouldBe(2);
        return code;
    }

    private static string Counts(ImportResult result) => $"{result.Taken} {result.Unchanged} {result.Ignored} {result.Refused}";

    private async Task<T[]> ToldAsync<T>(string code) => [.. (await store.CaseAsync(code)).Facts.Select(f => f.Event).OfType<T>()];

    private async Task<Agreement> AgreementAsync(string code) => (await store.CaseAsync(code)).Latest().Agreements.Values.Single();

    [Fact]
    public async Task An_agreement_is_told_by_the_rows_of_its_conditions()
    {
        var code = await PoorAsync();

        var result = await ImportAsync(code, Agreements, WithConditions);

        (Counts(result), result.Kind, result.Events, result.Remarks.Count).ShouldBe(("3 0 0 0", FileKind.Agreements, 1, 0));
        var agreed = (await ToldAsync<SupportAgreed>(code)).Single();
        (agreed.On, agreed.Instrument, agreed.Amount, agreed.Start, agreed.End, agreed.Sponsor).ShouldBe((new(2024, 1, 10), "livestock", 8_000_000, new(2024, 2, 1), new(2025, 12, 31), "SO-NN"));
        agreed.Funding.ShouldBe([new(FundingSource.State, 6_000_000), new(FundingSource.OwnShare, 2_000_000)]);
        agreed.Conditions.Select(c => (c.Kind, c.Owner, c.Due, c.Evidence, c.AfterMiss)).ShouldBe([
            ("build_shelter", "CB01", new(2024, 5, 1), Evidence.Photo, AfterMiss.Suspend), ("vaccinate", null, new(2025, 3, 1), Evidence.Note, AfterMiss.Remind),
            ("other", null, new(2025, 11, 30), Evidence.None, AfterMiss.Remind),
        ]);
        await using var session = store.Get<IDocumentStore>().QuerySession();
        (await session.LoadAsync<Note>(agreed.Conditions[2].TitleId!.Value))!.Text.ShouldBe("Nuôi cùng bà Mai");
        (await store.AskAsync<long>("select count(*) from cases.mt_events e where e::text like '%bà Mai%'")).ShouldBe(0);
        (await store.AskAsync<long>($"select count(*) from {SupportTables.Conditions} where support = '{agreed.SupportId}'")).ShouldBe(3);
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    [Fact]
    public async Task The_same_again_is_unchanged_however_it_is_written()
    {
        var code = await PoorAsync();
        await ImportAsync(code, Agreements, WithConditions);

        Counts(await ImportAsync(code, Agreements, WithConditions)).ShouldBe("0 3 0 0");
        Counts(await ImportAsync(code, Agreements,
            "A1,H,,,,,,,,3,Điều kiện khác,Nuôi cùng bà Mai,30/11/2025,không,nhắc,\n"
            + "A1,H,10/01/2024,Hỗ trợ vật nuôi,8.000.000,trung ương:6.000.000; hộ : 2.000.000,1/2/2024,31/12/2025,SO-NN,2,Tiêm phòng đầy đủ cho vật nuôi,,1/3/2025,ghi chú,nhắc,\n"
            + "A1,H,,,,,,,,1,build_shelter,,1/5/2024,ảnh,tạm dừng,CB01")).ShouldBe("0 3 0 0");
        (await ToldAsync<SupportAgreed>(code)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Another_content_under_the_same_number_is_refused_and_the_household_with_it()
    {
        var code = await PoorAsync();
        await ImportAsync(code, Agreements, Livestock);

        var result = await ImportAsync(code, Agreements, Livestock.Replace("2025-12-31", "2025-12-30") + "\n" + Loan + "\n" + Loan.Replace("H,", "H2,"));

        Counts(result).ShouldBe("1 0 0 2");
        result.Problems.Select(p => (p.Line, p.Column, p.Value, p.Reason)).ShouldBe([(2, "agreement_id", "A1", "fact_differs_from_stored")]);
        var rejects = System.IO.File.ReadAllLines(result.Rejects!);
        rejects.Length.ShouldBe(3);
        rejects[2].ShouldContain("V1");
        (await ToldAsync<SupportAgreed>(code)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_and_stores_nothing()
    {
        var code = await PoorAsync();

        var result = await ImportAsync(code, Agreements, WithConditions + "\nA2,H2,2024-01-10,gold,1,state:1,2024-02-01,2024-03-01,,,,,,,,", dryRun: true);

        (Counts(result), result.Rejects).ShouldBe(("3 0 0 1", null));
        (await store.CaseAsync(code)).Version.ShouldBe(2);
    }

    [Theory]
    [InlineData("vbsp_loan_near_poor,50000000,policy_bank:50000000,2024-02-01,2027-01-31", "instrument", "not_eligible")]
    [InlineData("vocational_training,5000000,donor:5000000,2024-02-01,2024-12-31", "amount", "over_ceiling")]
    [InlineData("livestock,8000000,state:8000000,2024-02-01,2034-01-31", "end", "longer_than_allowed")]
    [InlineData("housing,30000000,state:29000000;own_share:1000000,2024-02-01,2025-01-31", "funding", "own_share_too_small")]
    public async Task What_happened_against_our_rules_is_taken_and_remarked(string agreed, string column, string reason)
    {
        var code = await PoorAsync();
        var rows = $"A1,H,2024-01-10,{agreed},,,,,,,,";

        var result = await ImportAsync(code, Agreements, rows);

        Counts(result).ShouldBe("1 0 0 0");
        result.Remarks.Select(r => (r.Line, r.Column, r.Reason)).ShouldBe([(2, column, reason)]);
        ShouldBeSaidInWords(result.Remarks[0]);
        (await AgreementAsync(code)).Terms.Conditions.ShouldBeEmpty();
        (await ImportAsync(code, Agreements, rows)).Remarks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Several_rules_that_were_broken_at_once_are_all_remarked()
    {
        var code = await PoorAsync();

        var result = await ImportAsync(code, Agreements, "A1,H,2024-01-10,housing,50000000,state:50000000,2024-02-01,2044-01-31,,,,,,,,");

        (Counts(result), string.Join(' ', result.Remarks.Select(r => r.Reason))).ShouldBe(("1 0 0 0", "longer_than_allowed over_ceiling own_share_too_small"));
    }

    [Theory]
    [InlineData("A1,H,,livestock,1,state:1,2024-02-01,2024-03-01,,,,,,,,", "agreed_on", "missing")]
    [InlineData("A1,H,2024-06-16,livestock,1,state:1,2024-02-01,2024-03-01,,,,,,,,", "agreed_on", "date_in_future")]
    [InlineData(",H,2024-01-10,livestock,1,state:1,2024-02-01,2024-03-01,,,,,,,,", "agreement_id", "missing")]
    [InlineData("A1,X,2024-01-10,livestock,1,state:1,2024-02-01,2024-03-01,,,,,,,,", "household_code", "unknown_household")]
    [InlineData("A1,,2024-01-10,livestock,1,state:1,2024-02-01,2024-03-01,,,,,,,,", "household_code", "missing")]
    [InlineData("A1,H,2024-01-10,gold,1,state:1,2024-02-01,2024-03-01,,,,,,,,", "instrument", "unknown_instrument")]
    [InlineData("A1,H,2024-01-10,livestock,many,state:1,2024-02-01,2024-03-01,,,,,,,,", "amount", "not_an_amount")]
    [InlineData("A1,H,2024-01-10,livestock,1.5,state:1,2024-02-01,2024-03-01,,,,,,,,", "amount", "not_an_amount")]
    [InlineData("A1,H,2024-01-10,livestock,-1,state:-1,2024-02-01,2024-03-01,,,,,,,,", "amount", "out_of_range")]
    [InlineData("A1,H,2024-01-10,livestock,2,state:1,2024-02-01,2024-03-01,,,,,,,,", "funding", "funding_does_not_add_up")]
    [InlineData("A1,H,2024-01-10,livestock,1,king:1,2024-02-01,2024-03-01,,,,,,,,", "funding", "not_a_funding")]
    [InlineData("A1,H,2024-01-10,livestock,1,state,2024-02-01,2024-03-01,,,,,,,,", "funding", "not_a_funding")]
    [InlineData("A1,H,2024-01-10,livestock,1,state:1,2024-02-01,2024-01-31,,,,,,,,", "end", "ends_before_it_starts")]
    [InlineData("A1,H,2024-01-10,livestock,1,state:1,2024-02-01,,,,,,,,,", "end", "missing")]
    [InlineData("A1,H,2024-01-10,livestock,1,state:1,2024-02-01,2024-03-01,,2,vaccinate,,2024-02-15,,,", "condition_no", "condition_numbers_have_gaps")]
    [InlineData("A1,H,2024-01-10,livestock,1,state:1,2024-02-01,2024-03-01,,,vaccinate,,2024-02-15,,,", "condition_no", "missing")]
    [InlineData("A1,H,2024-01-10,livestock,1,state:1,2024-02-01,2024-03-01,,1,sing,,2024-02-15,,,", "condition_kind", "unknown_condition_kind")]
    [InlineData("A1,H,2024-01-10,livestock,1,state:1,2024-02-01,2024-03-01,,1,other,,2024-02-15,,,", "condition_title", "missing")]
    [InlineData("A1,H,2024-01-10,livestock,1,state:1,2024-02-01,2024-03-01,,1,vaccinate,,,,,", "condition_due", "missing")]
    [InlineData("A1,H,2024-01-10,livestock,1,state:1,2024-02-01,2024-03-01,,1,vaccinate,,2024-03-02,,,", "condition_due", "due_outside_support")]
    [InlineData("A1,H,2024-01-10,livestock,1,state:1,2024-02-01,2024-03-01,,1,vaccinate,,2024-02-15,film,,", "evidence", "unknown_value")]
    [InlineData("A1,H,2024-01-10,livestock,1,state:1,2024-02-01,2024-03-01,,1,vaccinate,,2024-02-15,,shout,", "after_miss", "unknown_value")]
    public async Task A_fault_of_an_agreement_refuses_its_household_and_no_other(string row, string column, string reason)
    {
        var code = await PoorAsync();

        var result = await ImportAsync(code, Agreements, $"{row}\n{Loan.Replace("H,", "H2,")}");

        Counts(result).ShouldBe("1 0 0 1");
        result.Problems.Select(p => (p.Line, p.Column, p.Reason)).ShouldBe([(2, column, reason)]);
        ShouldBeSaidInWords(result.Problems[0]);
        System.IO.File.ReadAllLines(result.Rejects!)[1].ShouldContain($",2,{column},");
        (await store.CaseAsync(code)).Version.ShouldBe(2);
    }

    [Theory]
    [InlineData("A1,H,2024-01-11,,,,,,,,,,,,,", "agreed_on", "agreement_differs_in_file")]
    [InlineData("A1,H,,,,state:8000000,,,,,,,,,,", "funding", "agreement_differs_in_file")]
    [InlineData("A1,H,,,,,,,,1,build_shelter,,2024-05-02,photo,suspend,CB01", "condition_no", "condition_differs_in_file")]
    [InlineData("A1,H,,,,,,,,4,vaccinate,,2026-05-02,note,remind,", "condition_due", "due_outside_support")]
    public async Task A_row_that_does_not_fit_its_agreement_is_pointed_at(string row, string column, string reason)
    {
        var code = await PoorAsync();

        var result = await ImportAsync(code, Agreements, $"{WithConditions}\n{row}");

        Counts(result).ShouldBe("0 0 0 4");
        result.Problems.Select(p => (p.Line, p.Column, p.Reason)).ShouldBe([(5, column, reason)]);
        ShouldBeSaidInWords(result.Problems[0]);
    }

    [Fact]
    public async Task Conditions_are_met_waived_and_missed()
    {
        var code = await PoorAsync();
        await ImportAsync(code, Agreements, WithConditions);
        const string rows = "H,A1,1,missed,2024-05-02,\nH,A1,1,met,2024-05-20,\nH,A1,2,đạt,2024-06-01,\"Thú y xã, ông Sơn\"\nH,A1,3,waived,2024-06-10,Ốm";

        var result = await ImportAsync(code, Conditions, rows);

        (Counts(result), result.Kind).ShouldBe(("4 0 0 0", FileKind.Conditions));
        result.Remarks.Select(r => (r.Line, r.Reason)).ShouldBe([(3, "evidence_required")]);
        ShouldBeSaidInWords(result.Remarks[0]);
        var agreement = await AgreementAsync(code);
        agreement.Conditions.Select(agreement.StateOf).ShouldBe([ConditionState.MetLate, ConditionState.Met, ConditionState.Waived]);
        await using (var session = store.Get<IDocumentStore>().QuerySession())
            (await session.LoadAsync<Note>(agreement.Conditions.ElementAt(1).Met!.NoteId!.Value))!.Text.ShouldBe("Thú y xã, ông Sơn");
        Counts(await ImportAsync(code, Conditions, rows)).ShouldBe("0 4 0 0");
        (await ImportAsync(code, Conditions, "H,A1,2,met,2024-06-02,")).Problems.ShouldHaveSingleItem().Reason.ShouldBe("fact_differs_from_stored");
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    [Theory]
    [InlineData("H,A9,1,met,2024-05-01,", "agreement_id", "unknown_support")]
    [InlineData("H,A1,4,met,2024-05-01,", "condition_no", "unknown_condition")]
    [InlineData("H,A1,1,met,2024-01-09,", "on", "before_agreement")]
    [InlineData("H,A1,1,met,2024-06-16,", "on", "date_in_future")]
    [InlineData("H,A1,1,done,2024-05-01,", "result", "unknown_value")]
    [InlineData("H,A1,1,waived,2024-05-01,", "note", "missing")]
    [InlineData("H,A1,1,missed,2024-05-01,", "on", "not_yet_due")]
    [InlineData("H,,1,met,2024-05-01,", "agreement_id", "missing")]
    [InlineData("H,A1,,met,2024-05-01,", "condition_no", "missing")]
    public async Task A_fault_of_a_condition_refuses_its_household(string row, string column, string reason)
    {
        var code = await PoorAsync();
        await ImportAsync(code, Agreements, WithConditions);

        var result = await ImportAsync(code, Conditions, $"H,A1,2,met,2024-05-01,Thú y\n{row}");

        Counts(result).ShouldBe("0 0 0 2");
        result.Problems.Select(p => (p.Line, p.Column, p.Reason)).ShouldBe([(3, column, reason)]);
        ShouldBeSaidInWords(result.Problems[0]);
        (await ToldAsync<ConditionMet>(code)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_settled_here_already_is_unchanged_and_told_otherwise_refused()
    {
        var code = await PoorAsync();
        await ImportAsync(code, Agreements, WithConditions);
        var shelter = (await AgreementAsync(code)).Conditions.First().Id;
        (await store.SubmitAsync(code, 3, new WaiveCondition(new(2024, 4, 1), shelter, "Đã có chuồng"))).Answer!.Refusal.ShouldBeNull();

        Counts(await ImportAsync(code, Conditions, "H,A1,1,waived,2024-04-01,Đã có chuồng")).ShouldBe("0 1 0 0");
        (await ImportAsync(code, Conditions, "H,A1,1,met,2024-04-01,")).Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Reason.ShouldBe("condition_settled"), ShouldBeSaidInWords);
    }

    [Fact]
    public async Task A_miss_that_the_clock_told_first_is_unchanged()
    {
        var code = await PoorAsync();
        await ImportAsync(code, Agreements, WithConditions);
        await store.Get<ClockWork>().RunAsync(null, default);
        (await ToldAsync<ConditionMissed>(code)).ShouldHaveSingleItem();

        Counts(await ImportAsync(code, Conditions, "H,A1,1,missed,2024-05-10,")).ShouldBe("0 1 0 0");
    }

    [Fact]
    public async Task A_file_may_speak_of_an_agreement_that_was_made_here_and_on_the_same_day()
    {
        var code = await PoorAsync();
        var asked = new AskedCondition("take_job", null, null, new(2024, 12, 1), Evidence: Evidence.None);
        (await store.SubmitAsync(code, 2, new AgreeSupport(new(2024, 6, 1), "job_placement", 0, [], new(2024, 6, 1), new(2025, 5, 31), null, null, [asked]))).Answer!.Refusal.ShouldBeNull();
        var agreement = await AgreementAsync(code);

        Counts(await ImportAsync(code, Conditions, $"H,{agreement.Id},1,met,2024-06-01,")).ShouldBe("1 0 0 0");

        agreement = await AgreementAsync(code);
        agreement.Conditions.Select(agreement.StateOf).ShouldBe([ConditionState.Met]);
    }

    [Fact]
    public async Task The_bank_says_every_month_how_a_loan_stands()
    {
        var code = await PoorAsync();
        await ImportAsync(code, Agreements, Loan);
        const string rows = "H,,2024-03-31,50.000.000,,\nH,V1,2024-04-30,\"49,500,000\",500000,30";

        var result = await ImportAsync(code, LoanStatus, rows);

        (Counts(result), result.Kind).ShouldBe(("2 0 0 0", FileKind.LoanStatus));
        var loan = (await store.CaseAsync(code)).Latest().LoanStatus.Values.Single();
        (loan.SupportId, loan.On, loan.Balance, loan.Overdue, loan.DaysOverdue).ShouldBe(((await AgreementAsync(code)).Id, new(2024, 4, 30), 49_500_000, 500_000, 30));
        Counts(await ImportAsync(code, LoanStatus, rows)).ShouldBe("0 2 0 0");
        Counts(await ImportAsync(code, LoanStatus, "H,V1,2024-03-31,50000000,0,0")).ShouldBe("0 1 0 0");
        (await ImportAsync(code, LoanStatus, "H,,2024-03-31,50000001,,")).Problems.ShouldHaveSingleItem().Reason.ShouldBe("fact_differs_from_stored");
    }

    [Theory]
    [InlineData("H,V9,2024-03-31,1,,", "agreement_id", "unknown_support")]
    [InlineData("H,A1,2024-03-31,1,,", "agreement_id", "wrong_instrument")]
    [InlineData("H,V1,2024-01-31,1,,", "on", "before_support")]
    [InlineData("H,V1,2024-03-31,,,", "balance", "missing")]
    [InlineData("H,V1,2024-03-31,-1,,", "balance", "out_of_range")]
    [InlineData("H,V1,2024-03-31,10,11,5", "overdue", "out_of_range")]
    [InlineData("H,V1,2024-03-31,10,5,", "days_overdue", "overdue_without_days")]
    [InlineData("H,V1,2024-03-31,10,,5", "days_overdue", "overdue_without_days")]
    [InlineData("H,,2024-03-31,1,,", "agreement_id", "which_loan")]
    public async Task A_fault_of_a_loan_status_refuses_its_household(string row, string column, string reason)
    {
        var code = await PoorAsync();
        await ImportAsync(code, Agreements, $"{Livestock}\n{Loan}\n{Loan.Replace("V1", "V2")}");

        var result = await ImportAsync(code, LoanStatus, row);

        Counts(result).ShouldBe("0 0 0 1");
        result.Problems.Select(p => (p.Line, p.Column, p.Reason)).ShouldBe([(2, column, reason)]);
        ShouldBeSaidInWords(result.Problems[0]);
    }

    [Fact]
    public async Task Services_are_taken_once_and_their_numbers_are_their_own()
    {
        var code = await PoorAsync();
        const string rows = "1,H,2024-01-01,thẻ BHYT,2024-12-31\n2,H,2024-02-01,học phí,";

        var result = await ImportAsync(code, Services, rows.Replace("thẻ ", ""));

        (Counts(result), result.Kind).ShouldBe(("2 0 0 0", FileKind.Services));
        (await ToldAsync<ServiceProvided>(code)).Select(s => (s.On, s.Service, s.Until)).ShouldBe([(new(2024, 1, 1), BasicService.HealthInsurance, new(2024, 12, 31)), (new(2024, 2, 1), BasicService.Education, null)]);
        Counts(await ImportAsync(code, Services, "1,H,2024-01-01,health_insurance,2024-12-31")).ShouldBe("0 1 0 0");
        (await ImportAsync(code, Services, "1,H,2024-01-01,housing,2024-12-31")).Problems.ShouldHaveSingleItem().Reason.ShouldBe("fact_differs_from_stored");
        (await ImportAsync(code, Services, "3,H,2024-03-01,water_sanitation,\n3,H,2024-03-02,water_sanitation,")).Problems.Select(p => (p.Line, p.Reason)).ShouldBe([(3, "fact_differs_in_file")]);
        (await ImportAsync(code, Services, "3,H,2024-03-01,gold,")).Problems.ShouldHaveSingleItem().Reason.ShouldBe("unknown_value");
        (await ImportAsync(code, Services, "3,H,2024-03-01,housing,2024-02-01")).Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Column.ShouldBe("until"), p => p.Reason.ShouldBe("ends_before_it_starts"));
    }

    [Fact]
    public async Task While_processing_is_restricted_agreements_and_loans_wait_and_services_go_on()
    {
        var code = await PoorAsync();
        await ImportAsync(code, Agreements, Loan);
        (await store.SubmitAsync(code, 3, new RestrictProcessing(new(2024, 6, 1), null))).Answer!.Refusal.ShouldBeNull();

        foreach (var refused in new[] { await ImportAsync(code, Agreements, Livestock), await ImportAsync(code, LoanStatus, "H,,2024-05-31,1,,") })
            refused.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Reason.ShouldBe("processing_restricted"), ShouldBeSaidInWords);
        Counts(await ImportAsync(code, Services, "1,H,2024-06-01,bhyt,")).ShouldBe("1 0 0 0");
    }

    [Fact]
    public async Task A_household_that_moved_away_before_gets_nothing_new()
    {
        var code = await PoorAsync();
        (await store.SubmitAsync(code, 2, new MoveOut(new(2023, 6, 1)))).Answer!.Refusal.ShouldBeNull();

        (await ImportAsync(code, Agreements, Livestock)).Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Reason.ShouldBe("household_gone"), ShouldBeSaidInWords);
    }

    [Fact]
    public async Task An_Excel_file_with_Vietnamese_headings_is_the_same()
    {
        var code = await PoorAsync();
        var excel = Path.Combine(store.Directory, code + ".xlsx");
        await MiniExcel.SaveAsAsync(excel, new[]
        {
            new Dictionary<string, object?>
            {
                ["Mã thoả thuận"] = "A1", ["Mã hộ"] = code, ["Ngày thoả thuận"] = new DateTime(2024, 1, 10), ["Loại hỗ trợ"] = "Hỗ trợ vật nuôi", ["Số tiền"] = 8_000_000,
                ["Nguồn vốn"] = "trung ương:6.000.000;hộ:2.000.000", ["Ngày bắt đầu"] = new DateTime(2024, 2, 1), ["Ngày kết thúc"] = new DateTime(2025, 12, 31),
            },
        });

        Counts(await store.ImportAsync(excel)).ShouldBe("1 0 0 0");
        Counts(await ImportAsync(code, Agreements, Livestock)).ShouldBe("0 1 0 0");
        (await ImportAsync(code, "Mã hộ,Ngày,Dư nợ", "H,2024-05-01,nhiều")).Problems.ShouldHaveSingleItem().Column.ShouldBe("dư nợ");
    }

    [Fact]
    public async Task A_withdrawn_agreement_is_gone_and_may_be_told_again()
    {
        var code = await PoorAsync();
        var import = await ImportAsync(code, Agreements, WithConditions);

        (await store.Get<Withdrawal>().RunAsync(store.Clerk, import.Id, null, default)).ShouldBe(1);
        (await store.CaseAsync(code)).Latest().Agreements.ShouldBeEmpty();
        (await ImportAsync(code, Conditions, "H,A1,2,met,2024-05-01,Thú y")).Problems.ShouldHaveSingleItem().Reason.ShouldBe("unknown_support");

        Counts(await ImportAsync(code, Agreements, WithConditions)).ShouldBe("3 0 0 0");
        (await AgreementAsync(code)).Conditions.Count.ShouldBe(3);
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    private void ShouldBeSaidInWords(Problem problem)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            foreach (var language in new[] { "vi", "en" })
            {
                CultureInfo.CurrentUICulture = new(language);
                store.Get<Reasons>().Text(problem).ShouldNotBe(problem.Reason);
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
