using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Hosting;

/// <summary>The operator's command line beside a running server, on the same store.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CommandLineFacts : IClassFixture<TestStore>, IDisposable
{
    private const string Header = "event_id,household,seq,effective,type,district\n";

    private readonly TestStore store;
    private readonly TextWriter console = Console.Out;
    private readonly StringWriter said = new();

    public CommandLineFacts(TestStore store)
    {
        this.store = store;
        Environment.SetEnvironmentVariable("ConnectionStrings__cases", store.ConnectionString);
        Console.SetOut(said);
    }

    public void Dispose()
    {
        Console.SetOut(console);
        Environment.SetEnvironmentVariable("ConnectionStrings__cases", null);
    }

    private async Task<(int Code, string LastLine)> RunAsync(params string[] args)
    {
        said.GetStringBuilder().Clear();
        var code = await CommandLine.RunAsync(args);
        return (code, said.ToString().TrimEnd().Split('\n')[^1].Trim());
    }

    [Fact]
    public async Task An_import_ends_with_its_counts_and_says_by_its_exit_code_whether_all_was_taken()
    {
        var code = TestStore.NewCode();
        var file = store.Write("all.csv", $"{Header}1,{code},1,2016-03-01,ENTER,Van Yen\n2,{code},2,2016-04-01,ENTER,Van Yen\n");
        var faulty = store.Write("faulty.csv", $"{Header}1,{code},1,2016-03-01,ENTER,Van Yen\n1,{code}-2,1,2016-03-01,LEAVE,Van Yen\n");

        (await RunAsync("import", file, "--dry-run")).ShouldBe((0, "taken 1, unchanged 0, ignored 1, refused 0"));
        (await RunAsync("import", file)).ShouldBe((0, "taken 1, unchanged 0, ignored 1, refused 0"));
        (await RunAsync("import", file)).ShouldBe((0, "taken 0, unchanged 2, ignored 0, refused 0"));
        (await RunAsync("import", faulty)).ShouldBe((3, "taken 0, unchanged 1, ignored 0, refused 1"));

        // The server sees at once what was taken.
        (await store.LedgerAsync(code)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Remarks_are_counted_in_words()
    {
        var file = store.Write("remarks.csv", $"household_code,commune_code,class,head_name,head_id_number,ethnicity\n{TestStore.NewCode()},04375,poor,Lò Văn Thử,15075000199,X\n");

        (await RunAsync("import", file, "--on", "31/12/2023")).Code.ShouldBe(0);

        var text = said.ToString();
        text.ShouldContain("1 × đã thêm lại số 0 ở đầu");
        text.ShouldContain("1 × không rõ dân tộc");
        text.ShouldNotContain("zero_restored");
        text.ShouldContain("line 2, head_id_number “15075000199”: Đã thêm lại số 0");
    }

    [Fact]
    public async Task What_cannot_be_done_fails()
    {
        (await RunAsync("import", Path.Combine(store.Directory, "missing.csv"))).Code.ShouldBe(1);
        (await RunAsync("import", store.Write("other.csv", "a,b\n1,2\n"))).Code.ShouldBe(1);
        (await RunAsync("import")).Code.ShouldBe(1);
        (await RunAsync("import", "x.csv", "--fast")).Code.ShouldBe(1);
        (await RunAsync("import", "x.csv", "--on", "yesterday")).Code.ShouldBe(1);
        (await RunAsync("import", store.Write("register.csv", "household_code,commune_code,class\nA,04375,poor\n"))).Code.ShouldBe(1);
        (await RunAsync("rebuild", "everything")).Code.ShouldBe(1);
        (await RunAsync("fly")).Code.ShouldBe(1);
        (await RunAsync()).Code.ShouldBe(1);
    }

    [Theory]
    [InlineData("header alone", "event_id,household,effective,type\n")]
    [InlineData("empty lines", "event_id,household,effective,type\n\n,,,\n\n")]
    [InlineData("nothing", "")]
    [InlineData("reviews", "review\n")]
    [InlineData("totals", "unit_code,on,households\n\n")]
    public async Task A_file_without_rows_is_no_success(string name, string text)
    {
        var (code, _, errors) = await ToldAsync("import", store.Write($"{name}.csv", text));

        (code, errors).ShouldBe((1, new YenBai.Cases.Import.Reasons().Text("no_rows")));
    }

    [Fact]
    public async Task A_file_that_is_something_else_is_answered_in_words()
    {
        foreach (var (bytes, reason) in new (byte[], string)[] { (System.Text.Encoding.BigEndianUnicode.GetBytes(Header), "text_utf16"), ([0x50, 0x4B, 0x03, 0x04, 1, 2, 3], "workbook_damaged"), ([0xD0, 0xCF, 0x11, 0xE0, 0], "workbook_old_or_locked") })
        {
            var (code, _, errors) = await ToldAsync("import", store.Write("foreign.csv", bytes));
            (code, errors).ShouldBe((1, new YenBai.Cases.Import.Reasons().Text(reason)));
        }
    }

    /// <summary>/dev/full takes nothing, as a disk that is full.</summary>
    [Fact]
    public async Task A_full_disk_is_told_and_nothing_half_written_passes_for_the_whole()
    {
        var faulty = store.Write("full.csv", $"{Header}1,{TestStore.NewCode()},1,2016-03-01,LEAVE,Van Yen\n");
        File.CreateSymbolicLink(faulty + ".unfinished.rejects.csv", "/dev/full");

        var (code, _, errors) = await ToldAsync("import", faulty);
        (code, errors).ShouldBe((1, new YenBai.Cases.Import.Reasons().Text("disk_full")));
        File.Exists(faulty + ".rejects.csv").ShouldBeFalse();
    }

    private async Task<(int Code, string LastLine, string Errors)> ToldAsync(params string[] args)
    {
        var errors = new StringWriter();
        var before = Console.Error;
        Console.SetError(errors);
        try
        {
            var (code, last) = await RunAsync(args);
            return (code, last, errors.ToString().Split('\n').Last(l => l.Trim().Length > 0 && l.Trim() != "reading the file").Trim());
        }
        finally
        {
            Console.SetError(before);
        }
    }

    [Fact]
    public async Task Damage_is_verified_and_rebuilt()
    {
        (await store.RegisterAsync(TestStore.NewCode())).Reception.ShouldBe(Commands.Reception.Accepted);
        (await RunAsync("verify")).ShouldBe((0, "Every read model is what the events say."));
        await store.ExecuteAsync("truncate cases.caseload");

        (await RunAsync("verify")).Code.ShouldBe(1);
        (await RunAsync("rebuild", "caseload")).Code.ShouldBe(0);

        (await RunAsync("verify")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task An_account_that_a_kill_left_without_a_grant_is_completed_by_the_same_command()
    {
        await using (var scope = store.Get<IServiceScopeFactory>().CreateAsyncScope())
            (await scope.ServiceProvider.GetRequiredService<AccountDesk>().CreateAsync(new() { UserName = "begun-01" }, null)).Succeeded.ShouldBeTrue();

        (await RunAsync("accounts", "create", "--user", "begun-01", "--role", "caseworker", "--place", "04375")).Code.ShouldBe(0);
        (await RunAsync("accounts", "create", "--user", "begun-01", "--role", "caseworker", "--place", "04375")).Code.ShouldBe(1);

        (await store.Get<StaffDesk>().AllAsync(default)).Single(m => m.Id == StaffMember.IdOf("begun-01")).Grants.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Places_and_standards_are_listed()
    {
        (await RunAsync("places", "136@2021-06-01")).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(0), r => r.LastLine.ShouldContain("Huyện Văn Yên"));
        (await RunAsync("places", "99999")).Code.ShouldBe(1);
        (await RunAsync("standards")).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(0), r => r.LastLine.ShouldStartWith("2027-2030"));
        (await RunAsync("help")).Code.ShouldBe(0);
    }
}
