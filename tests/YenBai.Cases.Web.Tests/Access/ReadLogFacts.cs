using System.Runtime.Versioning;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Access;

/// <summary>Who read whose data is on record.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReadLogFacts(TestStore store) : IClassFixture<TestStore>
{
    private const string Number = "015180004712";

    private async Task<string> AHouseholdAsync()
    {
        var code = TestStore.NewCode();
        await store.Get<Commands.CommandDesk>().RegisterAsync(store.Clerk, Guid.NewGuid().ToString(),
            new RegisterHousehold(code, new(2022, 1, 1), "04375", "Hồng Phong", "Sùng A Chống", null, 1980, Number, null, null, null, 4, 1, null, null), default);
        await store.CatchUpAsync();
        return code;
    }

    private Task<IReadOnlyList<ReadEntry>> OfAsync(string code) => store.Get<ReadLog>().OfHouseholdAsync(Ids.Household(code), default);

    private async Task<IReadOnlyList<ReadEntry>> NewestAsync(ReadKind what) =>
        await store.Get<ReadLog>().FindAsync(store.Somebody("kt-01", Role.Auditor, "15"), new(What: what), 1, 0, default);

    [Theory]
    [InlineData("/api/households/{0}")]
    [InlineData("/api/households/{0}/events")]
    [InlineData("/ho-dan/{0}")]
    public async Task Each_opening_is_written_down_with_who_when_and_from_where(string address)
    {
        var code = await AHouseholdAsync();

        (await store.Http.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, code))).EnsureSuccessStatusCode();

        var entry = (await OfAsync(code)).ShouldHaveSingleItem();
        (entry.User, entry.What, entry.Sight, entry.Code, entry.At, entry.From).ShouldBe(("test", ReadKind.Opened, Sight.Full, code, store.Clock.Now, "127.0.0.1"));
    }

    [Fact]
    public async Task What_was_not_theirs_to_open_was_not_opened()
    {
        var code = await AHouseholdAsync();
        using var elsewhere = await store.SignInAsync("mcc-33", new GrantRequest(Role.Caseworker, "04456", null, [], null, null, "test"));

        (await elsewhere.GetAsync($"/api/households/{code}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);

        (await OfAsync(code)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_evaluator_opens_no_household_without_a_release()
    {
        var code = await AHouseholdAsync();
        using var evaluator = await store.SignInAsync("dg-33", new GrantRequest(Role.Evaluator, "15", null, [], null, null, "test"));
        foreach (var purpose in new[] { "list 2023-12-31", "spells 2023-12-31", "latest" })
        {
            var pseudonym = (await store.Get<Pseudonyms>().GetAsync(purpose, default)).Of(Ids.Household(code));
            (await evaluator.GetAsync($"/api/households/{pseudonym}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        }

        (await OfAsync(code)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_search_by_identity_number_finds_the_person_and_keeps_no_more_than_its_end()
    {
        var code = await AHouseholdAsync();

        (await store.Http.GetStringAsync($"/api/households?search={Number}")).ShouldContain(code);

        var entry = (await NewestAsync(ReadKind.SearchedByIdNumber)).ShouldHaveSingleItem();
        entry.User.ShouldBe("test");
        var question = Question.Parse(entry.Detail.ShouldNotBeNull());
        question.Parts.Single(p => p.Name == "search").Value.ShouldBe("…712");
        entry.Named.ShouldBeGreaterThan(0);
        (await store.AskAsync<long>($"select count(*) from {ReadLog.Name} r where r::text like '%{Number}%'")).ShouldBe(0);
    }

    [Fact]
    public async Task An_export_is_written_down_before_a_row_of_it_goes_out()
    {
        await AHouseholdAsync();

        (await store.Http.GetAsync("/ho-dan/xuat.csv?place=136")).EnsureSuccessStatusCode();

        var entry = (await store.Get<ReadLog>().FindAsync(store.Somebody("kt-01", Role.Auditor, "15"), new(What: ReadKind.Exported), 50, 0, default))
            .Where(e => Question.Parse(e.Detail!).List == "households").ShouldHaveSingleItem();
        (entry.User, entry.Household, Value("place"), Value("format")).ShouldBe(("test", null, YenBai.Cases.Places.PlaceCatalog.Default.Resolve("136", Kernel.Days.DayOf(store.Clock.Now))!.Id, "csv"));

        string? Value(string name) => Question.Parse(entry.Detail!).Parts.SingleOrDefault(p => p.Name == name)?.Value;
    }

    [Fact]
    public async Task A_list_is_written_down_with_its_question_and_the_households_it_names()
    {
        var (code, other) = (await AHouseholdAsync(), await AHouseholdAsync());

        (await store.Http.GetAsync($"/api/households?search={code}&class=&size=50&page=1")).EnsureSuccessStatusCode();

        var entry = (await OfAsync(code)).ShouldHaveSingleItem();
        (entry.User, entry.What, entry.Sight, entry.Named, entry.From).ShouldBe(("test", ReadKind.Listed, Sight.Full, 1, "127.0.0.1"));
        var question = Question.Parse(entry.Detail!);
        question.List.ShouldBe("households");
        question.Parts.Where(p => p.Name is "page" or "size" or "sort").Select(p => (p.Name, p.Value)).Order().ShouldBe([("page", "1"), ("size", "50"), ("sort", "changed")]);
        (await OfAsync(other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_was_searched_for_is_not_kept_and_can_be_looked_for()
    {
        await AHouseholdAsync();
        (await store.Http.GetAsync("/api/households?search=L%C3%B9%20Th%E1%BB%8B%20Kh%C3%B4ng%20C%C3%B3")).EnsureSuccessStatusCode();

        (await store.AskAsync<long>($"select count(*) from {ReadLog.Name} r where r::text ilike '%Không%' or r::text ilike '%khong co%' or r::text ilike '%Kh%C3%'")).ShouldBe(0);
        var auditor = store.Somebody("kt-02", Role.Auditor, "15");
        var found = await store.Get<ReadLog>().FindAsync(auditor, new(Term: "lù thị khong co"), 10, 0, default);
        (found.ShouldHaveSingleItem().User, found[0].Named).ShouldBe(("test", 0), "a search that finds nobody is a search");
        (await store.Get<ReadLog>().FindAsync(auditor, new(Term: "lù thị khong"), 10, 0, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_asks_twice_in_one_look_has_read_once()
    {
        var code = await AHouseholdAsync();
        var (who, log) = (store.Somebody("ql-07", Role.Manager, "15"), store.Get<ReadLog>());
        who.Look = Guid.NewGuid();
        foreach (var _ in new[] { "on the server", "when it comes alive" })
            await log.AddAsync(who, ReadKind.Listed, Sight.Full, [Ids.Household(code)], new Question("review", []), default);
        (await OfAsync(code)).Count.ShouldBe(1);

        // Another answer in the same look, and the same in the next.
        await log.AddAsync(who, ReadKind.Listed, Sight.Full, [Ids.Household(code)], new Question("requests", []), default);
        who.Look = Guid.NewGuid();
        await log.AddAsync(who, ReadKind.Listed, Sight.Full, [Ids.Household(code)], new Question("review", []), default);
        (await OfAsync(code)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Who_reads_the_record_is_in_it()
    {
        var code = await AHouseholdAsync();
        (await store.Http.GetAsync($"/api/households/{code}")).EnsureSuccessStatusCode();

        (await store.Http.GetAsync($"/quan-tri/nhat-ky?code={code}")).EnsureSuccessStatusCode();
        (await store.Http.GetAsync($"/quan-tri/nhat-ky/xuat.csv?code={code}")).EnsureSuccessStatusCode();

        (await OfAsync(code)).Select(e => e.What).ShouldBe([ReadKind.Opened, ReadKind.Listed, ReadKind.Exported], ignoreOrder: true);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_recorded_is_not_given()
    {
        var code = await AHouseholdAsync();
        await store.ExecuteAsync($"alter table {ReadLog.Name} rename to reading_away");
        try
        {
            foreach (var address in new[] { $"/api/households/{code}", "/api/households", "/api/supports", "/api/watch", "/ho-dan", "/ho-dan/xuat.csv" })
            {
                var said = "";
                try
                {
                    said = await (await store.Http.GetAsync(address)).Content.ReadAsStringAsync();
                }
                catch (HttpRequestException)
                {
                    // A file that broke off.
                }
                said.ShouldNotContain("Chống", Case.Sensitive, address);
            }
        }
        finally
        {
            await store.ExecuteAsync("alter table cases.reading_away rename to reading");
        }
    }

    [Fact]
    public async Task The_record_is_for_auditors_and_administrators()
    {
        await AHouseholdAsync();
        var log = store.Get<ReadLog>();

        (await log.FindAsync(store.Somebody("mcc-01", Role.Caseworker, "04375"), new(), 10, 0, default)).ShouldBeEmpty();
        (await log.FindAsync(store.Somebody("ql-01", Role.Manager, "15"), new(), 10, 0, default)).ShouldBeEmpty();
        (await store.Http.GetAsync($"/api/households/{await AHouseholdAsync()}")).EnsureSuccessStatusCode();
        (await log.FindAsync(store.Somebody("qt-01", Role.Administrator, "15"), new(), 10, 0, default)).ShouldNotBeEmpty();
    }
}
