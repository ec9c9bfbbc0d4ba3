using System.Runtime.Versioning;
using YenBai.Cases.Access;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>A demonstration province with an evaluator, a manager and an auditor of it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EvaluatedProvince : TestStore
{
    public HttpClient Evaluator { get; private set; } = null!;
    public HttpClient Manager { get; private set; } = null!;
    public HttpClient Auditor { get; private set; } = null!;

    protected override async Task FillAsync()
    {
        Clock.Now = new(2026, 11, 30, 9, 30, 0, TimeSpan.FromHours(7));
        await Get<DemonstrationLoader>().FillAsync(1200, 7, null, default);
        await CatchUpAsync();
        // Nobody reads at the instant of writing.
        Clock.Now = Clock.Now.AddHours(3);
        Evaluator = await SignInAsync("nguoi-danh-gia", Granted(Role.Evaluator));
        Manager = await SignInAsync("lanh-dao-tinh", Granted(Role.Manager));
        Auditor = await SignInAsync("kiem-tra", Granted(Role.Auditor));
    }

    private static GrantRequest Granted(Role role) => new(role, "15", null, [], null, null, "phân công");
}
