using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json;
using Marten;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Kernel;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Registering;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Import;

/// <summary>A household stored before the ways to write a code were compared: its id is made of the small letters of its code.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OldCodeFacts(TestStore store) : IClassFixture<TestStore>
{
    private static int made;

    private async Task<string> StoredBeforeAsync()
    {
        var code = $"yb-cũ-{Interlocked.Increment(ref made)}";
        Ids.HouseholdAsWritten(code).ShouldNotBe(Ids.Household(code));
        var on = new DateOnly(2021, 1, 5);
        await using var session = store.Get<IDocumentStore>().LightweightSession();
        session.Events.StartStream<Household>(Ids.HouseholdAsWritten(code), new HouseholdRegistered(on, Days.StartOf(on), code, "04375@2020-02-01", "Bản Một", null, 4, null));
        await session.SaveChangesAsync();
        await store.Get<Freshness>().WaitAsync(TimeSpan.FromSeconds(30), default);
        return code;
    }

    [Fact]
    public async Task It_is_opened_found_and_reached_by_commands()
    {
        var code = await StoredBeforeAsync();

        (await store.Http.GetFromJsonAsync<JsonElement>($"/api/households/{Uri.EscapeDataString(code)}")).GetProperty("code").GetString().ShouldBe(code);
        (await store.Http.GetAsync($"/ho-dan/{Uri.EscapeDataString(code)}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await store.Http.GetFromJsonAsync<JsonElement>($"/api/households?fresh=true&search={Uri.EscapeDataString(code)}")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString()).ShouldBe([code]);
        (await store.SubmitAsync(code, 1, new RecordVisit(new(2024, 1, 5), "Đã thăm"))).Answer!.ShouldSatisfyAllConditions(a => a.Refusal.ShouldBeNull(), a => a.Version.ShouldBe(2));
        (await store.Get<CaseReader>().OpenAsync(store.Clerk, code, default))!.Household.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Its_code_is_taken_and_an_import_goes_on_with_it()
    {
        var code = await StoredBeforeAsync();

        (await store.RegisterAsync(code)).Answer!.Refusal!.Code.ShouldBe("code_taken");
        (await store.SubmitAsync(code, 1, new Merge(new(2024, 1, 5), code))).Answer!.Refusal!.Code.ShouldBe("same_household");
        var result = await store.ImportAsync(store.Write($"{made} old.csv", $"household_code,commune_code,hamlet,head_name,members,class\n{code},04375,Bản Một,Lò Văn Thử,4,poor\n"), "2023-12-31");
        result.Refused.ShouldBe(0);
        await using var session = store.Get<IDocumentStore>().QuerySession();
        (await session.LoadAsync<Household>(Ids.Household(code))).ShouldBeNull("there is one household of this code");
    }
}
