using System.Runtime.Versioning;
using Marten;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Tests.Store;
using static YenBai.Cases.Web.Tests.Supports.SupportStory;

namespace YenBai.Cases.Web.Tests.Supports;

/// <summary>The clock acts once, whatever is repeated, broken off, late or out of step.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ClockWorkFacts : IAsyncLifetime
{
    private static readonly ClockRound Nothing = new(0, 0, 0, 0, 0);

    private readonly TestStore store = new();

    public Task InitializeAsync() => store.InitializeAsync();

    public Task DisposeAsync() => store.DisposeAsync();

    private async Task<ClockRound?> StrikeAsync(IProgress<(int Done, int Of)>? progress = null)
    {
        await store.CatchUpAsync();
        return await store.Get<ClockWork>().RunAsync(progress, default);
    }

    private void Go(int days) => store.Clock.Now = store.Clock.Now.AddDays(days);

    private async Task<List<HouseholdEvent>> ToldOfAsync(string code) =>
        [.. (await store.CaseAsync(code)).Facts.Select(f => f.Event).Where(e => e is ConditionMissed or SupportEnded)];

    private Task<long> RemindersAsync(string where = "true") => store.AskAsync<long>($"select count(*) from {ReminderTable.Name} where {where}");

    /// <summary>So many households whose one condition is past, written as an import would.</summary>
    private async Task<List<Guid>> ManyAsync(int count)
    {
        List<Guid> all = [];
        await using var session = store.Get<IDocumentStore>().LightweightSession();
        for (var i = 0; i < count; i++)
        {
            var unit = PlaceCatalog.Default.Resolve("04456", Today)!.Id;
            var (code, support, on) = ($"many-{i:D4}", Guid.NewGuid(), new DateOnly(2024, 1, 10));
            all.Add(Ids.Household(code));
            session.Events.StartStream<Household>(
                all[^1],
                new HouseholdRegistered(on, store.Clock.Now, code, unit, null, null, null, null),
                new SupportAgreed(on, store.Clock.Now, support, "livestock", 0, [], on, on.AddMonths(12), null, null,
                    [new(Guid.NewGuid(), "vaccinate", null, null, Today.AddDays(-1 - i % 3), Evidence.None, AfterMiss.Remind)]));
        }
        await session.SaveChangesAsync();
        return all;
    }

    private Task<long> MissesAsync() => store.AskAsync<long>("select count(*) from cases.mt_events where type = 'condition_missed'");

    [Fact]
    public async Task Striking_twice_does_nothing_twice()
    {
        await store.AgreedAsync("twice", [Vaccinate(Today.AddDays(-1)), Vaccinate(Today.AddDays(5))]);

        (await StrikeAsync()).ShouldBe(new ClockRound(1, 1, 0, 1, 0));
        var told = await ToldOfAsync("twice");
        (await StrikeAsync()).ShouldBe(Nothing);

        told.ShouldHaveSingleItem().ShouldBeOfType<ConditionMissed>().ShouldSatisfyAllConditions(m => m.On.ShouldBe(Today), m => m.Due.ShouldBe(Today.AddDays(-1)));
        (await ToldOfAsync("twice")).ShouldBe(told);
        (await RemindersAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Two_at_once_do_nothing_twice()
    {
        await ManyAsync(30);
        await store.CatchUpAsync();
        var clock = store.Get<ClockWork>();

        var rounds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => clock.RunAsync(null, default))));

        rounds.Sum(r => r?.Missed ?? 0).ShouldBe(30);
        (await MissesAsync()).ShouldBe(30);
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    [Fact]
    public async Task Broken_off_between_two_batches_it_tells_the_rest_afterwards_and_everything_once()
    {
        const int all = 230;
        var households = await ManyAsync(all);

        await Should.ThrowAsync<Killed>(() => StrikeAsync(new Killing()));
        (await MissesAsync()).ShouldBeInRange(1, all - 1);

        (await StrikeAsync()).ShouldNotBeNull().Missed.ShouldBeGreaterThan(0);
        (await MissesAsync()).ShouldBe(all);
        (await store.AskAsync<long>("select count(distinct stream_id) from cases.mt_events where type = 'condition_missed'")).ShouldBe(households.Count);
        (await StrikeAsync()).ShouldBe(Nothing);
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    private sealed class Killed : Exception;

    /// <summary>The process dies after the first batch.</summary>
    private sealed class Killing : IProgress<(int Done, int Of)>
    {
        public void Report((int Done, int Of) value) => throw new Killed();
    }

    [Fact]
    public async Task After_two_days_away_all_is_told_in_its_order_and_only_the_nearest_reminder_made()
    {
        await store.AgreedAsync("away", [Vaccinate(Today.AddDays(1)), Vaccinate(Today)], start: new(2023, 7, 1), end: Today.AddDays(1));
        await store.AgreedAsync("ahead", [Vaccinate(Today.AddDays(17))]);
        Go(3);

        (await StrikeAsync()).ShouldNotBeNull();

        (await ToldOfAsync("away")).Select(e => (e.GetType().Name, e.On)).ShouldBe([(nameof(ConditionMissed), Today.AddDays(1)), (nameof(ConditionMissed), Today.AddDays(2)), (nameof(SupportEnded), Today.AddDays(2))]);
        (await RemindersAsync($"household = '{Ids.Household("ahead")}'")).ShouldBe(1);
        (await RemindersAsync($"household = '{Ids.Household("ahead")}' and step = 14")).ShouldBe(1);
        (await RemindersAsync($"household = '{Ids.Household("away")}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Each_step_reminds_once_as_the_day_comes_nearer()
    {
        await store.AgreedAsync("near", [Vaccinate(Today.AddDays(31))]);
        List<int> made = [];
        for (var day = 0; day <= 31; day++)
        {
            made.Add((await StrikeAsync())!.Reminded);
            Go(1);
        }

        made.Sum().ShouldBe(Instruments.RemindBefore.Count);
        Instruments.RemindBefore.Select(before => made[31 - before]).ShouldAllBe(n => n == 1);
    }

    [Fact]
    public async Task A_clock_that_jumps_back_tells_nothing()
    {
        await store.AgreedAsync("back", [Vaccinate(Today.AddDays(1)), Vaccinate(Today.AddDays(6))]);
        Go(3);
        (await StrikeAsync())!.Missed.ShouldBe(1);

        Go(-3);
        (await StrikeAsync()).ShouldNotBeNull().ShouldSatisfyAllConditions(r => r.Missed.ShouldBe(0), r => r.Ended.ShouldBe(0), r => r.Escalated.ShouldBe(0));
        Go(3);
        (await StrikeAsync()).ShouldBe(Nothing);
        (await ToldOfAsync("back")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_miss_is_handed_up_once()
    {
        await store.AgreedAsync("up", [Vaccinate(Today.AddDays(-1))]);
        (await StrikeAsync())!.Escalated.ShouldBe(0);

        Go(Instruments.EscalateAfter - 1);
        (await StrikeAsync())!.Escalated.ShouldBe(1);
        Go(1);
        (await StrikeAsync())!.Escalated.ShouldBe(0);
        (await RemindersAsync($"step = {ReminderTable.Escalated}")).ShouldBe(1);
    }

    [Fact]
    public async Task A_row_of_the_read_model_that_is_behind_tells_nothing()
    {
        var agreement = await store.AgreedAsync("stale", [Vaccinate(Today.AddDays(-1))]);
        await store.TakenAsync("stale", new MeetCondition(Today.AddDays(-2), agreement.Conditions.Single().Id, null, null));
        await store.CatchUpAsync();
        (await store.ExecuteAsync($"update {SupportTables.Conditions} set state = 0, settled_on = null")).ShouldBe(1);

        var round = await StrikeAsync();

        round!.Households.ShouldBe(1, "the row says that it is due");
        round.Missed.ShouldBe(0);
        (await ToldOfAsync("stale")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Suspended_time_is_not_missed_and_the_days_left_are_kept()
    {
        var agreement = await store.AgreedAsync("kept", [Vaccinate(Today.AddDays(2))], end: Today.AddDays(10));
        await store.TakenAsync("kept", new SuspendSupport(Today, agreement.Id, "Dịch tả lợn châu Phi"));
        Go(20);
        (await StrikeAsync())!.Missed.ShouldBe(0);

        await store.TakenAsync("kept", new ResumeSupport(store.Clock.Today(), agreement.Id));
        Go(2);
        (await StrikeAsync())!.Missed.ShouldBe(0);
        Go(1);
        (await StrikeAsync())!.Missed.ShouldBe(1);
        (await ToldOfAsync("kept")).ShouldHaveSingleItem().ShouldBeOfType<ConditionMissed>().Due.ShouldBe(Today.AddDays(22));
    }
}
