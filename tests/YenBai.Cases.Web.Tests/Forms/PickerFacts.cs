using System.Net;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Households;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Components.Forms;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Forms;

/// <summary>Households, officers, agencies and places are chosen by name, from what somebody may see; after the mergers of 2025.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PickerFacts(PickerFacts.Today store) : IClassFixture<PickerFacts.Today>
{
    private const string Commune = "04456", Former = "04471@2020-02-01", Other = "04375";

    public sealed class Today : TestStore
    {
        public Today() => Clock.Now = new(2025, 9, 1, 9, 0, 0, TimeSpan.FromHours(7));

        protected override async Task FillAsync()
        {
            await RegisterAsync("PK-1", "Giàng A Páo", place: Former, hamlet: "Bản Háng", by: Actor.Operator);
            await RegisterAsync("PK-2", "Giàng Thị Páo", place: Commune, hamlet: "Bản Đề", by: Actor.Operator);
            await RegisterAsync("PK-3", "Giàng A Páo", place: Other, hamlet: "Tổ 1", by: Actor.Operator);
            await SubmitAsync("PK-1", 1, new Split(new(2025, 8, 1), "PK-9", "Giàng A Dê", null, null, 1, 0, null));
            await using (var session = Get<Marten.IDocumentStore>().LightweightSession())
            {
                session.Store(new Sponsor("VT", "Sở Tài chính", SponsorKind.Agency, null));
                await session.SaveChangesAsync();
            }
            await CatchUpAsync();
        }
    }

    private static GrantRequest At(Role role, string? place, string? hamlet = null) => new(role, place, hamlet, [], null, null, "phân công");

    private static async Task<string[]> FoundAsync(HttpClient http, string search)
    {
        var found = JsonNode.Parse(await http.GetStringAsync($"/ho-dan/chon?q={Uri.EscapeDataString(search)}"))!.AsArray();
        return [.. found.Select(h => h!["code"]!.GetValue<string>()).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_household_is_found_by_its_heads_name_or_its_code_within_ones_places()
    {
        using var worker = await store.SignInAsync("pick-worker", At(Role.Caseworker, Commune));

        (await FoundAsync(worker, "giang")).ShouldBe(["PK-1", "PK-2", "PK-9"], "the one of another commune is not there");
        (await FoundAsync(worker, "PK-1")).ShouldBe(["PK-1"]);
        (await FoundAsync(worker, "PK-3")).ShouldBeEmpty("a code outside one's places is answered as one that does not exist");
        (await FoundAsync(worker, "g")).ShouldBeEmpty("one letter is no search");
        var text = JsonNode.Parse(await worker.GetStringAsync("/ho-dan/chon?q=PK-1"))!.AsArray()[0]!["text"]!.GetValue<string>();
        text.ShouldBe("Giàng A Páo (PK-1) · Bản Háng, Xã Mù Cang Chải");

        using var hamlet = await store.SignInAsync("pick-hamlet", At(Role.Caseworker, Commune, "Bản Đề"));
        (await FoundAsync(hamlet, "giang")).ShouldBe(["PK-2"]);
    }

    [Fact]
    public async Task What_was_offered_is_on_record_as_a_list_is()
    {
        using var worker = await store.SignInAsync("pick-recorded", At(Role.Caseworker, Commune));
        await FoundAsync(worker, "giang");
        await FoundAsync(worker, "PK-777");

        (await store.AskAsync<long>($"select count(*) from {ReadLog.Name} where actor = 'pick-recorded' and '{Ids.Household("PK-1")}' = any(households)")).ShouldBe(1);
        (await store.AskAsync<long>($"select count(*) from {ReadLog.Name} where actor = 'pick-recorded'")).ShouldBe(2, "what was searched for in vain is on record, too");
    }

    [Theory]
    [InlineData(Role.Evaluator, "15")]
    [InlineData(Role.Administrator, "15")]
    [InlineData(Role.Auditor, "15")]
    [InlineData(Role.Sponsor, null)]
    public async Task Who_records_no_work_is_offered_nobody(Role role, string? place)
    {
        using var http = await store.SignInAsync($"pick-{role}", place is null ? new GrantRequest(role, null, null, ["PK-2"], null, null, "thoả thuận") : At(role, place));
        (await http.GetAsync("/ho-dan/chon?q=giang")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Officers_are_those_who_work_where_the_household_stands()
    {
        foreach (var (name, place) in new[] { ("officer-here", Commune), ("officer-there", Other) })
            (await store.SignInAsync(name, At(Role.Caseworker, place))).Dispose();
        (await store.SignInAsync("officer-evaluates", At(Role.Evaluator, "15"))).Dispose();
        await using var scope = store.Get<IServiceScopeFactory>().CreateAsyncScope();
        var officers = scope.ServiceProvider.GetRequiredService<StaffChoices>();

        var at = (await officers.AtAsync("04456@2025-07-01", "Bản Háng", default)).Select(o => o.Value).ToList();
        at.ShouldContain("officer-here");
        at.ShouldNotContain("officer-there");
        at.ShouldNotContain("officer-evaluates");

        var beside = (await officers.BesideAsync(store.Somebody("officer-here", Role.Caseworker, Commune), default)).Select(o => o.Value).ToList();
        beside[0].ShouldBe("officer-here", "oneself first");
        beside.ShouldNotContain("officer-there");
        var sponsor = new Actor("x", [new Grant(Guid.NewGuid(), Role.Sponsor, null, null, [Ids.Household("PK-2")], DateTimeOffset.MinValue, null)], store.Clock.Now, Places.PlaceCatalog.Default);
        (await officers.BesideAsync(sponsor, default)).ShouldBeEmpty("agencies learn nothing of officers");
    }

    [Fact]
    public void No_form_asks_for_the_code_of_a_person_an_agency_or_a_household()
    {
        string[] codes = ["worker", "owner", "sponsor", "from", "into", "to"];
        var typed = CommandForms.All.SelectMany(f => f.Fields.Where(x => x.Kind == FieldKind.Text && codes.Contains(x.Name)).Select(x => $"{f.Name}.{x.Name}"));

        typed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Agencies_are_offered_by_name_with_their_code()
    {
        await using var scope = store.Get<IServiceScopeFactory>().CreateAsyncScope();
        var field = CommandForms.Named("agree-support").Fields.Single(f => f.Name == "sponsor");

        (await field.Offer!(scope.ServiceProvider, null)).ShouldContain(new Option("VT", "Sở Tài chính (VT)"));
        field.Required.ShouldBeFalse();
    }

    [Fact]
    public async Task Ones_own_places_and_hamlets_come_first_in_the_filter_and_narrow_the_list()
    {
        using var worker = await store.SignInAsync("filter-worker", At(Role.Caseworker, Commune));

        var page = WebUtility.HtmlDecode(await worker.GetStringAsync("/ho-dan"));

        var own = page[page.IndexOf("<optgroup label=\"Địa bàn của tôi\"", StringComparison.Ordinal)..];
        own[..own.IndexOf("</optgroup>", StringComparison.Ordinal)].ShouldSatisfyAllConditions(
            group => group.ShouldContain("value=\"04456@2025-07-01\""), group => group.ShouldContain("value=\"04456@2025-07-01#Bản Háng\""), group => group.ShouldNotContain("04375"));
        var narrowed = await worker.GetStringAsync($"/ho-dan?place={Uri.EscapeDataString("04456@2025-07-01#Bản Đề")}");
        narrowed.ShouldContain("PK-2");
        narrowed.ShouldNotContain("PK-1<");
        // A hamlet that is not theirs is no way around.
        (await worker.GetStringAsync($"/ho-dan?place={Uri.EscapeDataString("04375@2025-07-01#Tổ 1")}")).ShouldNotContain("PK-3<");
        (await store.Http.GetStringAsync("/ho-dan")).ShouldNotContain("Địa bàn của tôi", Case.Sensitive, "the whole province is nobody's own");
    }

    [Fact]
    public async Task A_household_of_a_merged_commune_is_shown_under_the_name_of_today_and_its_case_says_the_former()
    {
        var list = WebUtility.HtmlDecode(await store.Http.GetStringAsync("/ho-dan?q=PK-1"));
        list.ShouldContain("Bản Háng, </span>Xã Mù Cang Chải</td>");
        list.ShouldNotContain("</span>Xã Chế Cu Nha");

        var page = WebUtility.HtmlDecode(await store.Http.GetStringAsync("/ho-dan/PK-1"));
        page.ShouldContain("trước đây: Xã Chế Cu Nha, Huyện Mù Cang Chải");
        var then = WebUtility.HtmlDecode(await store.Http.GetStringAsync("/ho-dan/PK-1?asOf=2025-06-01"));
        then.ShouldNotContain("trước đây: Xã Chế Cu Nha");
    }

    [Fact]
    public async Task A_split_is_linked_on_the_pages_of_both_households()
    {
        (await store.Http.GetStringAsync("/ho-dan/PK-9")).ShouldContain("<a href=\"/ho-dan/PK-1\">PK-1</a>");
        (await store.Http.GetStringAsync("/ho-dan/PK-1")).ShouldContain("<a href=\"/ho-dan/PK-9\">PK-9</a>");

        var file = (await store.Get<CaseReader>().OpenAsync(store.Somebody("hamlet", Role.Caseworker, Other), "PK-1", default));
        file.ShouldBeNull();
    }
}
