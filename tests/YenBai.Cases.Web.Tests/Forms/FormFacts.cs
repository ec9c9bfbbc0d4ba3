using System.Net;
using System.Net.Http.Headers;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YenBai.Cases.Households;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Components.Forms;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Forms;

/// <summary>What the browser sends of a form, and the answer.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class FormFacts(TestStore store) : IClassFixture<TestStore>
{
    private async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(string form, string? code, int version, object values, string key, string? site = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{FormEndpoints.Path}/{form}");
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue("vi"));
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        request.Content = new StringContent(JsonSerializer.Serialize(new { code, version, values }), System.Text.Encoding.UTF8, "application/json");
        using var response = await store.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    private async Task<string> RegisteredAsync()
    {
        var code = TestStore.NewCode();
        var (status, body) = await SendAsync("register", null, 0, new { code, on = "01/02/2022", place = "04375", headName = "Lò Thị Mai", members = "4" }, $"register {code}");
        (status, body!["outcome"]!.GetValue<string>(), body["version"]!.GetValue<int>()).ShouldBe((HttpStatusCode.OK, "accepted", 1));
        return code;
    }

    [Fact]
    public async Task The_same_form_under_the_same_key_acts_once_and_is_answered_the_same()
    {
        var code = await RegisteredAsync();
        var key = Guid.NewGuid().ToString();

        var first = (await SendAsync("record-visit", code, 1, new { on = "3/4/2024", note = "Nhà dột." }, key)).Body!.ToJsonString();
        var again = (await SendAsync("record-visit", code, 1, new { on = "3/4/2024", note = "Nhà dột." }, key)).Body!.ToJsonString();

        again.ShouldBe(first);
        (await store.CaseAsync(code)).Facts.Select(f => f.Event).OfType<VisitRecorded>().Select(v => v.On).ShouldBe([new(2024, 4, 3)]);
    }

    [Fact]
    public async Task A_stale_form_is_answered_with_what_is_newer_and_accepted_at_the_version_of_that_answer()
    {
        var code = await RegisteredAsync();
        await store.SubmitAsync(code, 1, new RecordVisit(new(2024, 4, 2), null));

        var stale = (await SendAsync("ask-support", code, 1, new { on = "03/04/2024", instrument = "housing" }, Guid.NewGuid().ToString())).Body!;
        (stale["outcome"]!.GetValue<string>(), stale["version"]!.GetValue<int>()).ShouldBe(("stale", 2));
        stale["newer"]!["facts"]!.AsArray().Select(f => f!["on"]!.GetValue<string>()).ShouldBe(["02/04/2024"]);

        (await SendAsync("ask-support", code, 2, new { on = "03/04/2024", instrument = "housing" }, Guid.NewGuid().ToString())).Body!["outcome"]!.GetValue<string>().ShouldBe("accepted");
    }

    [Theory]
    [InlineData("record-visit", """{"on":""}""", "on", "Cần điền")]
    [InlineData("record-visit", """{"on":"31/02/2024"}""", "on", "ngày/tháng/năm")]
    [InlineData("record-visit", """{"on":"01/01/2999"}""", "on", "01/01/2999")]
    [InlineData("grant-loan", """{"on":"01/02/2024","amount":"mười"}""", "amount", "số")]
    [InlineData("set-plan", """{"on":"01/02/2024","steps":"[{\"goal\":\"Nuôi lợn\",\"by\":\"01/02/2025\"},{\"goal\":\"Nuôi trâu\",\"by\":\"mai\"}]"}""", "steps", "Dòng 2")]
    public async Task What_is_wrong_is_said_of_its_field(string form, string values, string field, string says)
    {
        var code = await RegisteredAsync();
        var body = (await SendAsync(form, code, 1, JsonNode.Parse(values)!, Guid.NewGuid().ToString())).Body!;
        body["outcome"]!.GetValue<string>().ShouldBe("refused");
        body["wrong"]![field]!.GetValue<string>().ShouldContain(says);
        (await store.CaseAsync(code)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Rows_are_read_as_they_are_typed()
    {
        var code = await RegisteredAsync();
        (await SendAsync("set-plan", code, 1, new { on = "01/02/2024", steps = """[{"goal":"Nuôi lợn","by":"1/2/2025"}]""" }, Guid.NewGuid().ToString())).Body!["outcome"]!.GetValue<string>().ShouldBe("accepted");
        (await store.CaseAsync(code)).Latest().Plan!.Steps.Select(s => s.By).ShouldBe([new DateOnly(2025, 2, 1)]);

        var (command, unreadable) = CommandForms.Named("agree-support").Read(new Dictionary<string, string?>
        {
            ["on"] = "01/02/2024",
            ["instrument"] = "livestock",
            ["start"] = "01/02/2024",
            ["end"] = "31/01/2025",
            ["amount"] = "20.000.000",
            ["funding"] = """[{"source":"programme","amount":"20.000.000"}]""",
            ["conditions"] = """[{"kind":"vaccinate","due":"30/4/2024","everyMonths":"3","evidence":"","afterMiss":"remind"}]""",
        });
        unreadable.ShouldBeNull();
        var agreed = command.ShouldBeOfType<AgreeSupport>();
        agreed.Funding.ShouldBe([new(FundingSource.Programme, 20_000_000)]);
        agreed.Conditions.ShouldBe([new("vaccinate", null, null, new(2024, 4, 30), 3, null, AfterMiss.Remind)]);
    }

    [Fact]
    public async Task No_other_site_and_no_broken_form_is_heard()
    {
        var code = await RegisteredAsync();
        (await SendAsync("record-visit", code, 1, new { on = "01/02/2024" }, "", null)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync("record-visit", null, 1, new { on = "01/02/2024" }, "k1")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync("set-plan", code, 1, new { on = "01/02/2024", steps = "{" }, "k2")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync("no-such-form", code, 1, new { on = "01/02/2024" }, "k3")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await store.CaseAsync(code)).Version.ShouldBe(1);
    }

    /// <summary>The head of a page has what the last component put there: two of them would hide each other's sheets.</summary>
    [Fact]
    public void Only_a_page_names_its_style_sheets_and_once()
    {
        var pages = Directory.EnumerateFiles(Components(), "*.razor", SearchOption.AllDirectories).Select(File.ReadAllText).Where(text => text.Contains("<HeadContent>", StringComparison.Ordinal)).ToList();
        pages.Count.ShouldBeGreaterThan(20);
        pages.ShouldAllBe(text => Page().IsMatch(text) && HeadContent().Count(text) == 1);
    }

    private static string Components()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "YenBai.Cases.sln"))) root = Path.GetDirectoryName(root.TrimEnd(Path.DirectorySeparatorChar))!;
        return Path.Combine(root, "src", "YenBai.Cases.Web");
    }

    [GeneratedRegex("^@page ", RegexOptions.Multiline)]
    private static partial Regex Page();

    [GeneratedRegex("<HeadContent>")]
    private static partial Regex HeadContent();

    [Theory]
    [InlineData("3/4/2021", 2021, 4, 3), InlineData("03-04-2021", 2021, 4, 3), InlineData(" 3.4.2021 ", 2021, 4, 3), InlineData("03042021", 2021, 4, 3), InlineData("2021-04-03", 2021, 4, 3)]
    public void A_day_is_read_as_day_month_year_in_both_languages(string text, int year, int month, int day) => DayText.Parse(text).ShouldBe(new DateOnly(year, month, day));

    [Theory]
    [InlineData("31/02/2021"), InlineData("4/13/2021"), InlineData("3/4/21"), InlineData("hôm qua"), InlineData("")]
    public void What_is_no_day_is_none(string text) => DayText.Parse(text).ShouldBeNull();
}
