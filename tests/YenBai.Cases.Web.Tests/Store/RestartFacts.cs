using System.Runtime.Versioning;
using YenBai.Cases.Commands;
using YenBai.Cases.Visits;

namespace YenBai.Cases.Web.Tests.Store;

[UnsupportedOSPlatform("windows")]
public sealed class RestartFacts(TestStore store) : IClassFixture<TestStore>
{
    [Fact]
    public async Task A_command_sent_again_after_a_restart_acts_once_and_the_read_models_go_on()
    {
        var code = TestStore.NewCode();
        var visit = new RecordVisit(new(2024, 6, 1), "Đã đến nhà");
        await store.RegisterAsync(code, key: "before " + code);
        var before = await store.SubmitAsync(code, 1, visit, "visit " + code);

        await store.RestartAsync();

        (await store.RegisterAsync(code, key: "before " + code)).Answer!.Version.ShouldBe(1);
        var again = await store.SubmitAsync(code, 1, visit, "visit " + code);
        (again.Reception, again.Answer!.Version).ShouldBe((before.Reception, before.Answer!.Version));
        (await store.SubmitAsync(code, 2, visit)).Reception.ShouldBe(Reception.Accepted);
        (await store.CaseAsync(code)).Version.ShouldBe(3);
        await store.ShouldBeWhatTheEventsSayAsync();
    }
}
