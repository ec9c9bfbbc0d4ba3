using System.Runtime.Versioning;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Import;

/// <summary>The twenty households on which the durability contract is worked out by hand.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DomainSmallFacts(TestStore store) : IClassFixture<TestStore>
{
    private static string Given(string file) => Path.Combine(AppContext.BaseDirectory, "Import", "domain_small", file);

    [Fact]
    public async Task They_are_taken_once()
    {
        var first = await store.ImportAsync(Given("events.csv"));
        first.Summary.ShouldBe("taken 72, unchanged 0, ignored 3, refused 0");
        (first.Rows, first.Households, first.Rejects).ShouldBe((75, 20, null));

        (await store.ImportAsync(Given("events.csv"))).Summary.ShouldBe("taken 0, unchanged 75, ignored 0, refused 0");
        (await store.AskAsync<long>("select count(*) from cases.ledger")).ShouldBe(75);
        (await store.AskAsync<long>("select count(*) from cases.mt_events e join cases.mt_streams s on s.id = e.stream_id where s.type = 'household'")).ShouldBe(95);
        await store.ShouldBeWhatTheEventsSayAsync();
    }

    [Fact]
    public async Task Their_reviews_are_taken_once()
    {
        (await store.ImportAsync(Given("reviews.csv"))).Summary.ShouldBe("taken 11, unchanged 0, ignored 0, refused 0");
        (await store.ImportAsync(Given("reviews.csv"))).Summary.ShouldBe("taken 0, unchanged 11, ignored 0, refused 0");
    }
}
