using System.Runtime.Versioning;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
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
        entry.Detail.ShouldNotBeNull().ShouldStartWith("…712: ");
        (await store.AskAsync<long>($"select count(*) from {ReadLog.Name} r where r::text like '%{Number}%'")).ShouldBe(0);
    }

    [Fact]
    public async Task An_export_is_written_down_before_a_row_of_it_goes_out()
    {
        await AHouseholdAsync();

        (await store.Http.GetAsync("/ho-dan/xuat.csv?place=136")).EnsureSuccessStatusCode();

        var entry = (await NewestAsync(ReadKind.Exported)).ShouldHaveSingleItem();
        (entry.User, entry.Household, entry.Detail).ShouldBe(("test", null, "csv, Huyện Văn Yên"));
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
