using System.Runtime.Versioning;
using YenBai.Cases.Access;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Households;
using YenBai.Cases.Privacy;
using YenBai.Cases.Records;
using YenBai.Cases.Sponsors;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Access;

/// <summary>A small demonstration province with one person of each role that reads in bulk.</summary>
[UnsupportedOSPlatform("windows")]
public class DemonstrationStore : TestStore
{
    public const int Size = 400;

    public Dictionary<string, HttpClient> People { get; } = [];

    protected override async Task FillAsync()
    {
        Clock.Now = new(2026, 11, 30, 9, 30, 0, TimeSpan.FromHours(7));
        await Get<DemonstrationLoader>().FillAsync(Size, 1, null, default);
        await CatchUpAsync();
        // Agreements get their states, and something waits on every list.
        await Get<Support.ClockWork>().RunAsync(null, default);
        await CatchUpAsync();
        var sponsored = (await Get<SponsorQuery>().HouseholdsAsync(Actor.Operator, null, new(2026, 11, 30), default)).Where(h => h.Now.Until is null).GroupBy(h => h.Now.Sponsor).MaxBy(g => g.Count())!;
        foreach (var h in sponsored.Take(3))
            await SubmitAsync(h.Code, (await CaseAsync(h.Code)).Version, new GiveConsent(new(2026, 11, 1), ConsentScope.SponsorSharing, ConsentForm.Written, null));
        await CatchUpAsync();
        People["manager"] = await SignInAsync("manager", Granted(Role.Manager, "15"));
        People["other-manager"] = await SignInAsync("other-manager", Granted(Role.Manager, "15"));
        var communes = await AskAsync<string[]>("select array(select unit from cases.caseload where unit like '_____@%' group by unit order by count(*) desc, unit limit 12)");
        People["caseworker"] = await SignInAsync("caseworker", [.. communes.Select(c => Granted(Role.Caseworker, c))]);
        People["evaluator"] = await SignInAsync("evaluator", Granted(Role.Evaluator, "15"));
        People["auditor"] = await SignInAsync("auditor", Granted(Role.Auditor, "15"));
        People["administrator"] = await SignInAsync("administrator", Granted(Role.Administrator, "15"));
        People["sponsor"] = await SignInAsync("sponsor", new GrantRequest(Role.Sponsor, null, null, [.. sponsored.Select(h => h.Code)], null, null, "biên bản thoả thuận"));
    }

    private static GrantRequest Granted(Role role, string place) => new(role, place, null, [], null, null, "phân công");
}
