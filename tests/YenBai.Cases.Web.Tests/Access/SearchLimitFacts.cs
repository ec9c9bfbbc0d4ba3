using System.Net;
using System.Runtime.Versioning;
using Microsoft.AspNetCore.Builder;
using YenBai.Cases.Access;
using YenBai.Cases.Composition;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Access;

/// <summary>Nobody goes through all the names there are.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SearchLimitFacts(SearchLimitFacts.Guarded store) : IClassFixture<SearchLimitFacts.Guarded>
{
    public sealed class Guarded : TestStore
    {
        protected override void Configure(WebApplicationBuilder builder) => builder.Configuration["Limits:SearchesPerMinute"] = "3";
    }

    [Fact]
    public async Task Who_searches_too_often_has_to_wait_and_others_do_not()
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await store.Http.GetAsync(i % 2 == 0 ? "/api/households?search=pao" : "/ho-dan?q=pao");
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) answer.Headers.RetryAfter.ShouldNotBeNull();
        }
        statuses.Take(3).ShouldAllBe(s => s == HttpStatusCode.OK);
        statuses.ShouldContain(HttpStatusCode.TooManyRequests);

        (await store.Http.GetAsync("/api/households?page=2")).StatusCode.ShouldBe(HttpStatusCode.OK, "a list is no search");
        // The picker of a form searches under the same limit.
        var picks = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await store.Http.GetAsync("/ho-dan/chon?q=pao");
            picks.Add(answer.StatusCode);
        }
        picks.ShouldContain(HttpStatusCode.TooManyRequests);
        using var colleague = await store.SignInAsync("mau-a-09", new GrantRequest(Role.Caseworker, "04375", null, [], null, null, "test"));
        (await colleague.GetAsync("/api/households?search=pao")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
