using System.Net;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Dangers;

/// <summary>What nobody foresaw is answered with a code and a trace id, and stands in the log once, without what people sent.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class FailureFacts(WatchedStore store) : IClassFixture<WatchedStore>
{
    [Fact]
    public async Task A_failure_of_the_API_has_a_code_and_one_line_in_the_log_under_its_trace_id()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Lò Thị Xoan");
        await store.ExecuteAsync("alter table cases.mt_doc_note rename to mt_doc_note_away");
        Reply failed;
        try
        {
            failed = await store.PostAsync($"/api/households/{code}/record-visit", """{"on":"2024-06-01","note":"bà Xoan bị ốm"}""");
        }
        finally
        {
            await store.ExecuteAsync("alter table cases.mt_doc_note_away rename to mt_doc_note");
        }

        (failed.Status, failed.MediaType, failed.Code).ShouldBe((HttpStatusCode.InternalServerError, "application/problem+json", "internal_error"));
        var trace = failed.Json!["traceId"]!.GetValue<string>();
        trace.Length.ShouldBe(32);
        var line = store.Log.Lines.Where(l => l.Contains(trace, StringComparison.Ordinal)).ShouldHaveSingleItem();
        line.ShouldStartWith("Error 500 POST /api/households/{code}/record-visit");
        line.ShouldContain("Npgsql.PostgresException 42P01");
        line.ShouldContain("   at ");
        store.Log.ShouldHaveNothingOf(code);
        store.Log.ShouldHaveNothingOf("Xoan");
    }

    [Fact]
    public async Task A_failure_of_a_page_shows_the_trace_id_under_which_it_is_logged()
    {
        using var browser = await RequestFacts.NewBrowserAsync(store);
        await store.ExecuteAsync("alter table cases.mt_doc_staff_member rename to mt_doc_staff_member_away");
        string page;
        HttpStatusCode status;
        try
        {
            using var response = await browser.GetAsync("/ho-dan?q=Lò Thị Xoan");
            (status, page) = (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        finally
        {
            await store.ExecuteAsync("alter table cases.mt_doc_staff_member_away rename to mt_doc_staff_member");
        }

        status.ShouldBe(HttpStatusCode.InternalServerError);
        page.ShouldNotContain("Npgsql");
        var trace = TraceId().Match(page).Groups[1].Value;
        trace.ShouldNotBeEmpty();
        store.Log.Lines.Count(l => l.Contains(trace, StringComparison.Ordinal)).ShouldBe(1);
        store.Log.ShouldHaveNothingOf("Thị Xoan");
    }

    [GeneratedRegex("<code>([0-9a-f]{32})</code>")]
    private static partial Regex TraceId();
}
