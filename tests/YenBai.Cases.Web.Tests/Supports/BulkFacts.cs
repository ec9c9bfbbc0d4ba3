using System.Runtime.Versioning;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Tests.Store;
using static YenBai.Cases.Web.Tests.Supports.SupportStory;

namespace YenBai.Cases.Web.Tests.Supports;

/// <summary>The same change to many agreements: shown before it is done, done once, and nothing that was not shown.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class BulkFacts(TestStore store) : IClassFixture<TestStore>
{
    private async Task<IReadOnlyList<BulkLine>> PreviewAsync(BulkWish wish, Actor who, params Agreement[] agreements)
    {
        await store.CatchUpAsync();
        return await store.Get<BulkChange>().PreviewAsync(who, [.. agreements.Select(a => a.Id)], wish, default);
    }

    private async Task<List<Reception>> RunAsync(IReadOnlyList<BulkLine> lines, CancellationToken cancellation = default)
    {
        List<Reception> done = [];
        await foreach (var (_, outcome) in store.Get<BulkChange>().RunAsync(store.Clerk, lines, cancellation)) done.Add(outcome.Reception);
        return done;
    }

    private async Task<Agreement> NowAsync(string code, Agreement agreement) => (await store.CaseAsync(code)).Latest().Agreements[agreement.Id];

    [Fact]
    public async Task The_preview_says_who_gets_what_and_who_does_not_and_changes_nothing()
    {
        var (can, beyond, over) = (TestStore.NewCode(), TestStore.NewCode(), TestStore.NewCode());
        var longer = await store.AgreedAsync(can, [], end: Today.AddDays(20));
        var limited = await store.AgreedAsync(beyond, [], end: Today.AddDays(20), instrument: "vbsp_loan_poor");
        await store.TakenAsync(beyond, new ExtendSupport(Today, limited.Id, Today.AddDays(20).AddMonths(55), "Lũ"));
        var ended = await store.AgreedAsync(over, []);
        await store.TakenAsync(over, new EndSupport(Today, ended.Id, SupportOutcome.Completed, null));

        var lines = await PreviewAsync(new BulkExtension(6, "Mưa lũ"), store.Clerk, longer, limited, ended);

        lines.Select(l => (l.Support.Code, l.NewEnd, l.Refusal?.Code)).OrderBy(l => l.Item1, StringComparer.Ordinal).ShouldBe(
            new (string, DateOnly?, string?)[] { (can, Today.AddDays(20).AddMonths(6), null), (beyond, null, "beyond_extension_limit"), (over, null, "support_over") }.OrderBy(l => l.Item1, StringComparer.Ordinal));
        (await NowAsync(can, longer)).EndOn(Today).ShouldBe(Today.AddDays(20));
    }

    [Fact]
    public async Task What_was_shown_is_done_and_done_once()
    {
        var (one, two) = (TestStore.NewCode(), TestStore.NewCode());
        Agreement[] agreements = [await store.AgreedAsync(one, [], end: Today.AddDays(10)), await store.AgreedAsync(two, [], end: Today.AddDays(12))];
        var lines = await PreviewAsync(new BulkExtension(2, "Mưa lũ"), store.Clerk, agreements);

        (await RunAsync(lines)).ShouldBe([Reception.Accepted, Reception.Accepted]);
        (await RunAsync(lines)).ShouldBe([Reception.Accepted, Reception.Accepted], "the same again is answered the same");

        (await NowAsync(one, agreements[0])).EndOn(Today).ShouldBe(Today.AddDays(10).AddMonths(2));
        (await store.CaseAsync(one)).Facts.Count(f => f.Event is SupportExtended).ShouldBe(1);
        (await store.CaseAsync(two)).Facts.Count(f => f.Event is SupportExtended).ShouldBe(1);
    }

    [Fact]
    public async Task A_household_that_changed_meanwhile_is_left_alone()
    {
        var (changed, other) = (TestStore.NewCode(), TestStore.NewCode());
        Agreement[] agreements = [await store.AgreedAsync(changed, [], end: Today.AddDays(10)), await store.AgreedAsync(other, [], end: Today.AddDays(12))];
        var lines = await PreviewAsync(new BulkExtension(2, "Mưa lũ"), store.Clerk, agreements);
        await store.TakenAsync(changed, new SuspendSupport(Today, agreements[0].Id, "Chuyển chuồng"));

        (await RunAsync(lines)).Order().ShouldBe([Reception.Accepted, Reception.Stale]);
        (await store.CaseAsync(changed)).Facts.ShouldNotContain(f => f.Event is SupportExtended);
        (await store.CaseAsync(other)).Facts.ShouldContain(f => f.Event is SupportExtended);
    }

    [Fact]
    public async Task It_stops_between_two_households()
    {
        var (one, two) = (TestStore.NewCode(), TestStore.NewCode());
        Agreement[] agreements = [await store.AgreedAsync(one, [], end: Today.AddDays(10)), await store.AgreedAsync(two, [], end: Today.AddDays(12))];
        var lines = await PreviewAsync(new BulkExtension(2, "Mưa lũ"), store.Clerk, agreements);
        using var stop = new CancellationTokenSource();
        var done = 0;

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in store.Get<BulkChange>().RunAsync(store.Clerk, lines, stop.Token))
            {
                done++;
                await stop.CancelAsync();
            }
        });

        done.ShouldBe(1);
        ((await store.CaseAsync(one)).Facts.Count(f => f.Event is SupportExtended) + (await store.CaseAsync(two)).Facts.Count(f => f.Event is SupportExtended)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_agreements_of_one_household_are_decided_one_on_the_other()
    {
        var code = TestStore.NewCode();
        var first = await store.AgreedAsync(code, [Vaccinate(Today.AddDays(5), "chi-mai"), Vaccinate(Today.AddDays(9), "anh-nam")]);
        var second = await store.AgreedMoreAsync(code, (await store.CaseAsync(code)).Version, [Vaccinate(Today.AddDays(7))], "production_means");

        var lines = await PreviewAsync(new BulkReassignment("anh-nam"), store.Clerk, first, second);
        lines.Sum(l => l.Steps.Count).ShouldBe(2, "one is his already");
        (await RunAsync(lines)).ShouldBe([Reception.Accepted, Reception.Accepted]);

        (await store.CaseAsync(code)).Latest().Agreements.Values.SelectMany(a => a.Conditions).ShouldAllBe(c => c.Owner == "anh-nam");
        (await PreviewAsync(new BulkReassignment("anh-nam"), store.Clerk, first)).Single().Refusal!.Code.ShouldBe("nothing_to_change");
    }

    [Fact]
    public async Task What_is_not_theirs_is_neither_shown_nor_changed()
    {
        var code = TestStore.NewCode();
        var agreement = await store.AgreedAsync(code, [], end: Today.AddDays(10));
        var elsewhere = store.Somebody("nguoi-khac", Role.Manager, "04375");
        var officer = new Actor("can-bo-ban", [new(Guid.NewGuid(), Role.Caseworker, PlaceCatalog.Default.Resolve("04456", Today)!.Id, null, [], DateTimeOffset.MinValue, null)], store.Clock.Now, PlaceCatalog.Default);

        (await PreviewAsync(new BulkExtension(1, "Lũ"), elsewhere, agreement)).ShouldBeEmpty();
        (await PreviewAsync(new BulkExtension(1, "Lũ"), store.Somebody("danh-gia", Role.Evaluator, "15"), agreement)).ShouldBeEmpty();
        (await PreviewAsync(new BulkExtension(1, "Lũ"), store.Somebody("kiem-tra", Role.Auditor, "15"), agreement)).Single().Refusal!.Code.ShouldBe("not_permitted");
        (await PreviewAsync(new BulkExtension(1, "Lũ"), officer, agreement)).Single().Refusal.ShouldBeNull();
    }
}
