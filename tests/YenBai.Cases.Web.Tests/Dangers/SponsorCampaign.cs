using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Privacy;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;
using YenBai.Cases.Sponsors;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>
/// A sponsor's staff ask every address that there is, before and after what they were shown by has ended: a consent, a sponsorship, a
/// grant, the household itself. What they see is searched for every household but their own, and for what was never theirs to see.
/// The read models are held at what they said before: nothing may rest on them.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class SponsorCampaign(SponsorCampaign.Province store) : IClassFixture<SponsorCampaign.Province>
{
    private const string Beside = "beside-it";

    private static readonly DateOnly Day = new(2024, 6, 1);

    public sealed class Province : TestStore
    {
        private int sponsors;

        protected override async Task FillAsync()
        {
            await ImportAsync(Write("agencies.csv", "sponsor_code,sponsor_name,kind,office\nDV-01,Sở Minh hoạ,agency,\n"));
            await PoorAsync(Beside, "Hàng Xóm Kín");
            await GiveAsync(Beside, new GiveConsent(Day, ConsentScope.SponsorSharing, ConsentForm.Written, null));
        }

        public async Task PoorAsync(string code, string head)
        {
            (await RegisterAsync(code, head, hamlet: "Thôn Bí Mật")).Reception.ShouldBe(Reception.Accepted);
            await GiveAsync(code, new DecideClass(new(2022, 1, 1), "2022-2025", PovertyClass.Poor, null, null, null));
        }

        public async Task GiveAsync(string code, HouseholdCommand command) =>
            (await SubmitAsync(code, (await CaseAsync(code)).Version, command)).Reception.ShouldBe(Reception.Accepted, command.GetType().Name);

        /// <summary>A household that is sponsored and consents, and a member of the sponsor's staff who is granted it by name.</summary>
        public async Task<(string Code, string Head, HttpClient Sponsor, string User)> SponsoredAsync()
        {
            var n = Interlocked.Increment(ref sponsors);
            var (code, head, user) = ($"ours-{n}", $"Chủ Hộ Riêng {n}", $"don-vi-{n}");
            await PoorAsync(code, head);
            await GiveAsync(code, new GiveConsent(Day, ConsentScope.SponsorSharing, ConsentForm.Written, null));
            await GiveAsync(code, new AssignSponsor(Day, "DV-01"));
            await GiveAsync(code, new GrantLoan(Day, 10_000_000, 12, "Ngân hàng Riêng", "trả nợ cũ"));
            await GiveAsync(code, new RecordVisit(Day, "Bà đau lưng kín, không nói với ai"));
            await CatchUpAsync();
            return (code, head, await SignInAsync(user, new GrantRequest(Role.Sponsor, null, null, [code], null, null, "thoả thuận")), user);
        }

        /// <summary>The read models as they would be if they had not followed.</summary>
        public async Task HoldBackReadModelsAsync(string code)
        {
            await CatchUpAsync();
            var id = Ids.Household(code);
            await ExecuteAsync($"update cases.caseload set shared = true, restricted = false, sponsor = 'DV-01' where household = '{id}'");
            await ExecuteAsync($"update {SupportTables.Agreements} set shared = true, restricted = false where household = '{id}'");
            await ExecuteAsync($"insert into {SponsorshipTable.Name} (household, n, version, sponsor, since, pledged, delivered, verified, visits, exits) values ('{id}', 1, 1, 'DV-01', '2024-06-01', 0, 0, 0, array[]::date[], array[]::date[]) on conflict (household, n) do update set until = null");
        }
    }

    public static TheoryData<string> Ends => ["consent withdrawn", "processing restricted", "sponsor released", "moved out", "dissolved", "grant revoked"];

    private async Task EndAsync(string how, string code, string user)
    {
        switch (how)
        {
            case "consent withdrawn":
                await store.GiveAsync(code, new WithdrawConsent(Day, ConsentScope.SponsorSharing));
                break;
            case "processing restricted":
                await store.GiveAsync(code, new RestrictProcessing(Day, "không muốn"));
                break;
            case "sponsor released":
                await store.GiveAsync(code, new ReleaseSponsor(Day, "DV-01", "kết thúc thoả thuận"));
                break;
            case "moved out":
                await store.GiveAsync(code, new MoveOut(Day));
                break;
            case "dissolved":
                await store.GiveAsync(code, new Dissolve(Day));
                break;
            default:
                var grant = (await store.Get<StaffDesk>().FindAsync(user, default))!.Grants.Single().Id;
                (await store.Get<StaffDesk>().RevokeAsync(Actor.Operator, user, grant, "kết thúc thoả thuận", default)).ShouldBeNull();
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task What_was_shown_by_an_agreement_is_gone_everywhere_at_once_when_it_ends(string how)
    {
        var (code, head, sponsor, user) = await store.SponsoredAsync();
        var seen = await AskEverythingAsync(sponsor, code);
        seen.Count(s => Tells(s.Text, code, head)).ShouldBeGreaterThan(3, "the campaign must find what is theirs");

        await EndAsync(how, code, user);
        await store.HoldBackReadModelsAsync(code);

        var after = await AskEverythingAsync(sponsor, code);
        after.Where(s => Tells(s.Text, code, head)).Select(s => s.Address).ShouldBeEmpty();
        after.Where(s => s.Address.StartsWith("/api/sponsors", StringComparison.Ordinal) && s.Text.Contains("DV-01", StringComparison.Ordinal)).Select(s => s.Address).ShouldBeEmpty("nor is it counted");
        (await sponsor.GetAsync($"/api/households/{code}")).StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task They_are_shown_their_own_household_without_debts_notes_and_numbers_and_no_other()
    {
        var (code, _, sponsor, _) = await store.SponsoredAsync();

        foreach (var (address, text) in await AskEverythingAsync(sponsor, code))
            foreach (var secret in new[] { Beside, "Hàng Xóm", "Ngân hàng Riêng", "đau lưng kín", "trả nợ cũ" }) text.ShouldNotContain(secret, Case.Insensitive, address);
    }

    [Fact]
    public async Task They_change_nothing_and_export_nothing()
    {
        var (code, _, sponsor, _) = await store.SponsoredAsync();
        var version = (await store.CaseAsync(code)).Version;

        foreach (var (method, route) in Routes().Where(r => r.Method != "GET" && r.Route.Contains("{code", StringComparison.Ordinal)))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Fill(route, code)) { Content = new StringContent("""{"on":"2024-06-01"}""", Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
            using var response = await sponsor.SendAsync(request);
            ((int)response.StatusCode).ShouldBeOneOf([400, 403, 404, 405, 415, 428], $"{method} {route}");
        }

        (await store.CaseAsync(code)).Version.ShouldBe(version);
        (await sponsor.GetAsync("/ho-dan/xuat.csv")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static bool Tells(string text, string code, string head) => text.Contains(code, StringComparison.OrdinalIgnoreCase) || text.Contains(head, StringComparison.OrdinalIgnoreCase);

    private List<(string Method, string Route)> Routes() =>
    [
        .. store.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (Method: m, Route: "/" + e.RoutePattern.RawText!.TrimStart('/'))))
            .Where(r => !r.Route.StartsWith("/_", StringComparison.Ordinal) && !r.Route.StartsWith("/preferences", StringComparison.Ordinal) && !r.Route.StartsWith("/tai-khoan", StringComparison.Ordinal) && !r.Route.Contains("logout", StringComparison.Ordinal))
            .Where(r => !Path.HasExtension(r.Route) || r.Route.Contains("xuat", StringComparison.Ordinal))
            .Distinct(),
    ];

    private static string Fill(string route, string code) => Parameter().Replace(route, m =>
        m.Value.Contains("guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : m.Value.Contains("sponsor", StringComparison.OrdinalIgnoreCase) ? "DV-01" : m.Value.Contains("int", StringComparison.Ordinal) || m.Value.Contains("year", StringComparison.Ordinal) ? "2024" : code);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    /// <summary>Every address that answers a GET, with questions that would find the household. What they asked themselves is taken out of the answer.</summary>
    private async Task<List<(string Address, string Text)>> AskEverythingAsync(HttpClient sponsor, string code)
    {
        string[] questions = ["", "?search=Chủ Hộ&size=200", "?q=Chu Ho", "?sponsor=DV-01"];
        var seen = new List<(string, string)>();
        foreach (var (_, route) in Routes().Where(r => r.Method == "GET"))
            foreach (var question in route.Contains("{code", StringComparison.Ordinal) ? questions[..1] : questions)
            {
                var address = Fill(route, code) + question;
                using var response = await sponsor.GetAsync(address);
                if (response.StatusCode != HttpStatusCode.OK) continue;
                seen.Add((address, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()).Replace(Fill(route, code), "", StringComparison.Ordinal)));
            }
        return seen;
    }
}
