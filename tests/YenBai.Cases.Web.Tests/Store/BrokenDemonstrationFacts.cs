using System.Runtime.Versioning;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Import;

namespace YenBai.Cases.Web.Tests.Store;

/// <summary>A demonstration that is broken off half-way does not pass for a whole one.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class BrokenDemonstrationFacts(TestStore store) : IClassFixture<TestStore>
{
    private sealed class Watch(Action<ImportProgress> see) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => see(value);
    }

    [Fact]
    public async Task What_was_broken_off_is_known_to_be_and_is_completed_as_it_was_begun()
    {
        var loader = store.Get<DemonstrationLoader>();
        using var stop = new CancellationTokenSource();
        (await loader.StateAsync(default)).ShouldBe(DemonstrationState.None);

        await Should.ThrowAsync<OperationCanceledException>(() => loader.FillAsync(1000, 7, new Watch(p => { if (p.Done >= 500) stop.Cancel(); }), stop.Token));

        (await loader.StateAsync(default)).ShouldBe(DemonstrationState.BrokenOff);
        (await loader.IsDemonstrationAsync(default)).ShouldBeTrue();
        var half = await CountAsync();
        half.ShouldBeInRange(250, 750);

        // Other numbers on another day: it is still the province that was begun.
        store.Clock.Now = store.Clock.Now.AddDays(3);
        var (made, _) = await loader.FillAsync(50, 1, null, default);

        made.ShouldBe(1000 - half);
        (await CountAsync()).ShouldBe(1000);
        (await loader.StateAsync(default)).ShouldBe(DemonstrationState.Complete);
        await store.ShouldBeWhatTheEventsSayAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => loader.FillAsync(10, 1, null, default));
    }

    private Task<long> CountAsync() => store.AskAsync<long>("select count(*) from cases.mt_doc_household");
}
