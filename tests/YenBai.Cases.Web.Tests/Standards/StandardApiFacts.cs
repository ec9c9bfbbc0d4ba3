using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.Standards;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Standards;

/// <summary>The standards over HTTP: what they say, what they make of points, and how they are corrected.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StandardApiFacts(TestStore store) : IClassFixture<TestStore>
{
    private sealed record Reply(HttpStatusCode Status, JsonNode Body)
    {
        public (int, string?, string?) Problem => ((int)Status, Body["code"]?.GetValue<string>(), Body["field"]?.GetValue<string>());
    }

    private async Task<Reply> SendAsync(HttpMethod method, string path, string? body = null, string? version = null, string? key = null, HttpClient? by = null, string? language = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        if (language is not null) request.Headers.Add("Accept-Language", language);
        using var response = await (by ?? store.Http).SendAsync(request);
        return new(response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    private Task<Reply> GetAsync(string path, string? language = null) => SendAsync(HttpMethod.Get, path, language: language);

    private Task<Reply> ClassifyAsync(string body) => SendAsync(HttpMethod.Post, "/api/classify", body);

    [Fact]
    public async Task Given_the_three_standards_then_each_says_its_values_with_what_they_rest_on()
    {
        var all = (await GetAsync("/api/standards")).Body.AsArray();

        all.Select(s => s!["code"]!.GetValue<string>()).ShouldBe(["2016-2020", "2022-2025", "2027-2030"]);
        all.Select(s => s!["kind"]!.GetValue<string>()).ShouldBe(["two_tier", "single_line", "single_line"]);
        all.Select(s => s!["indicators"]!.AsArray().Count).ShouldBe([10, 12, 12]);
        var line = all[0]!["lines"]!.AsArray().Single(l => l!["key"]!.GetValue<string>() == "line/poverty/rural")!;
        (line["value"]!.GetValue<decimal>(), line["area"]!.GetValue<string>(), line["certainty"]!.GetValue<string>()).ShouldBe((700_000, "rural", "verified"));
        (await GetAsync("/api/standards/1999")).Problem.ShouldBe((404, "unknown_standard", "standard"));
        (await GetAsync("/api/standards?known=2024-01-01")).Problem.ShouldBe((400, "unknown_parameter", "known"));
        (await GetAsync("/api/standards?knownAt=yesterday")).Problem.ShouldBe((400, "unknown_value", "knownAt"));
    }

    [Theory]
    [InlineData("standard=2016-2020&area=rural&scoreA=120", "poor")]
    [InlineData("standard=2016-2020&area=urban&scoreA=175&scoreB=20", "near_poor")]
    [InlineData("standard=2022-2025&area=rural&scoreA=140.5&scoreB=30", "not_poor")]
    [InlineData("standard=2027-2030&area=urban&scoreA=175&scoreB=30", "poor")]
    public async Task Given_points_then_the_class_is_answered_with_its_reasoning_and_nothing_else(string query, string expected)
    {
        var body = (await GetAsync($"/api/classify?{query}")).Body.AsObject();

        body.Select(m => m.Key).ShouldBe(["class", "reasoning"]);
        body["class"]!.GetValue<string>().ShouldBe(expected);
        body["reasoning"]!.AsArray().Count.ShouldBeGreaterThan(2);
        body["reasoning"]!.AsArray().ShouldAllBe(step => !step!.GetValue<string>().Contains('_') && !step.GetValue<string>().Contains('{'), "words, no codes");
    }

    [Fact]
    public async Task Given_a_reader_of_english_then_the_reasoning_is_in_english()
    {
        (await GetAsync("/api/classify?standard=2022-2025&area=rural&scoreA=100&scoreB=30", "en")).Body["reasoning"]!.AsArray()[^1]!.GetValue<string>().ShouldBe("Proposed: Poor.");
        (await GetAsync("/api/classify?standard=2022-2025&area=rural&scoreA=100&scoreB=30")).Body["reasoning"]!.AsArray()[^1]!.GetValue<string>().ShouldBe("Đề xuất: Hộ nghèo.");
    }

    [Theory]
    [InlineData("area=rural&scoreA=120", "required", "standard")]
    [InlineData("standard=1999&area=rural&scoreA=120", "unknown_standard", "standard")]
    [InlineData("standard=2022-2025&scoreA=120&scoreB=10", "required", "area")]
    [InlineData("standard=2022-2025&area=town&scoreA=120&scoreB=10", "unknown_value", "area")]
    [InlineData("standard=2022-2025&area=0&scoreA=120&scoreB=10", "unknown_value", "area")]
    [InlineData("standard=2022-2025&area=rural&scoreB=10", "required", "scoreA")]
    [InlineData("standard=2022-2025&area=rural&scoreA=many&scoreB=10", "unknown_value", "scoreA")]
    [InlineData("standard=2022-2025&area=rural&scoreA=-1&scoreB=10", "out_of_range", "scoreA")]
    [InlineData("standard=2022-2025&area=rural&scoreA=120", "score_b_needed", "scoreB")]
    [InlineData("standard=2022-2025&area=rural&scoreA=120&scoreB=1,5,5", "unknown_value", "scoreB")]
    [InlineData("standard=2022-2025&area=rural&scoreA=120&scoreB=10&scoreC=1", "unknown_parameter", "scoreC")]
    public async Task Given_a_question_that_cannot_be_answered_then_the_problem_names_the_parameter(string query, string code, string field) =>
        (await GetAsync($"/api/classify?{query}")).Problem.ShouldBe((400, code, field));

    [Fact]
    public async Task Given_the_deprivations_then_they_are_counted()
    {
        var answer = await ClassifyAsync("""{"standard":"2016-2020","area":"rural","scoreA":121,"deprivations":["1","2","10"]}""");

        (answer.Body["class"]!.GetValue<string>(), answer.Body["scoreB"]!.GetValue<decimal>()).ShouldBe(("poor", 30));
        (await ClassifyAsync("""{"standard":"2016-2020","area":"rural","scoreA":121,"deprivations":["11"]}""")).Problem.ShouldBe((400, "unknown_indicator", "deprivations"));
        (await ClassifyAsync("""{"standard":"2016-2020","area":"rural","scoreA":121,"scoreB":20,"deprivations":["1"]}""")).Problem.ShouldBe((400, "scores_disagree", "scoreB"));
        (await ClassifyAsync("""{"area":"rural"}""")).Problem.ShouldBe((400, "required", "standard"));
        (await ClassifyAsync("""{"standard":"2016-2020","area":"rural","scoreA":"many"}""")).Problem.ShouldBe((400, "body_malformed", "scoreA"));
        (await ClassifyAsync("""{"standard":"2016-2020","area":"rural","answers":{"x":"y"}}""")).Problem.ShouldBe((400, "required", "form"));
        (await ClassifyAsync("""{"standard":"2016-2020","area":"rural","form":"TT17-2016 PL3b.2","answers":{"x":"y"}}""")).Problem.ShouldBe((400, "no_point_table", "form"));
    }

    [Fact]
    public async Task Given_an_imported_point_table_then_answers_are_priced_with_it()
    {
        await store.Get<StandardShelf>().StoreAsync([new("2022-2025", "TT07-2021 PL3-PL4", [new(FormScore.A, "nhà", "gỗ", 90), new(FormScore.A, "nhà", "xây", 150)])], default);

        var answer = await ClassifyAsync("""{"standard":"2022-2025","area":"rural","form":"TT07-2021 PL3-PL4","answers":{"nhà":"gỗ"},"deprivations":["1","2","3"]}""");

        (answer.Body["class"]!.GetValue<string>(), answer.Body["scoreA"]!.GetValue<decimal>(), answer.Body["scoreB"]!.GetValue<decimal>()).ShouldBe(("poor", 90, 30));
        (await ClassifyAsync("""{"standard":"2022-2025","area":"rural","form":"TT07-2021 PL3-PL4","answers":{"nhà":"lá"}}""")).Problem.ShouldBe((400, "unknown_option", "answers"));
    }

    private const string Correction = """{"key":"points/income_near_poor/rural","value":"145","certainty":"verified","source":"Phụ lục Thông tư 17/2016","reason":"Đã tìm thấy phụ lục"}""";

    [Fact]
    public async Task Given_an_unverified_threshold_when_an_administrator_corrects_it_then_a_new_version_holds_and_the_old_can_be_asked_for()
    {
        const string Question = "/api/classify?standard=2016-2020&area=rural&scoreA=146&scoreB=0";
        (await GetAsync(Question)).Body["class"]!.GetValue<string>().ShouldBe("near_poor");
        var before = store.Clock.Now;
        store.Clock.Now = before.AddDays(1);

        var corrected = await SendAsync(HttpMethod.Post, "/api/standards/2016-2020/corrections", Correction, "1", "k1");

        (corrected.Status, corrected.Body["version"]!.GetValue<int>()).ShouldBe((HttpStatusCode.OK, 2));
        (await GetAsync(Question)).Body["class"]!.GetValue<string>().ShouldBe("not_poor");
        var then = (await GetAsync($"/api/standards/2016-2020?knownAt={Uri.EscapeDataString(before.ToString("O"))}")).Body;
        (then["version"]!.GetValue<int>(), then["corrections"]!.AsArray().Count).ShouldBe((1, 0));
        var made = (await GetAsync("/api/standards/2016-2020")).Body["corrections"]!.AsArray().ShouldHaveSingleItem()!;
        (made["version"]!.GetValue<int>(), made["before"]!["value"]!.GetValue<string>(), made["after"]!["value"]!.GetValue<string>(), made["reason"]!.GetValue<string>(), made["by"]!.GetValue<string>())
            .ShouldBe((2, "150", "145", "Đã tìm thấy phụ lục", "test"));

        // Sent again it is not made again; seen too long ago it is not made; under the same key nothing else is.
        (await SendAsync(HttpMethod.Post, "/api/standards/2016-2020/corrections", Correction, "1", "k1")).Body["version"]!.GetValue<int>().ShouldBe(2);
        (await SendAsync(HttpMethod.Post, "/api/standards/2016-2020/corrections", Correction, "1", "k2")).Problem.ShouldBe((409, "stale_version", "If-Match"));
        (await SendAsync(HttpMethod.Post, "/api/standards/2016-2020/corrections", Correction.Replace("145", "146"), "1", "k1")).Problem.Item2.ShouldBe("idempotency_key_reused");
        (await GetAsync("/api/standards/2027-2030")).Body["version"]!.GetValue<int>().ShouldBe(1, "another standard is as it was");
    }

    [Fact]
    public async Task Given_a_correction_that_cannot_be_then_it_is_refused_beside_its_field()
    {
        const string Path = "/api/standards/2027-2030/corrections";
        (await SendAsync(HttpMethod.Post, Path, Correction, "1")).Problem.ShouldBe((400, "idempotency_key_required", null));
        (await SendAsync(HttpMethod.Post, Path, Correction, null, "k")).Problem.ShouldBe((428, "version_required", null));
        (await SendAsync(HttpMethod.Post, Path, Correction, "1", "k")).Problem.ShouldBe((422, "unknown_value_key", "key"));
        (await SendAsync(HttpMethod.Post, Path, Correction.Replace("points/income_near_poor/rural", "points/deprived").Replace("145", "x"), "1", "k")).Problem.ShouldBe((422, "not_a_number", "value"));
        (await SendAsync(HttpMethod.Post, Path, """{"key":"points/deprived","value":"40","certainty":"verified","source":"x"}""", "1", "k")).Problem.ShouldBe((422, "required", "reason"));
        using var caseworker = await store.SignInAsync("can-bo-chuan", new GrantRequest(Role.Caseworker, "04375", null, [], null, null, "phân công"));
        (await SendAsync(HttpMethod.Post, Path, Correction, "1", "k", caseworker)).Problem.ShouldBe((403, "not_permitted", null));
        (await GetAsync("/api/standards/2027-2030")).Body["version"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Given_an_evaluator_then_the_standard_is_theirs_to_read_and_who_corrected_it_is_not()
    {
        using var evaluator = await store.SignInAsync("nghien-cuu", new GrantRequest(Role.Evaluator, "15", null, [], null, null, "nghiên cứu"));
        (await SendAsync(HttpMethod.Post, "/api/standards/2022-2025/corrections", """{"key":"need/6","value":"Nhu cầu khác","english":"Other needs","certainty":"secondary","source":"Phiếu","reason":"Đã tìm thấy phụ lục"}""", "1", "k9")).Status.ShouldBe(HttpStatusCode.OK);

        var made = (await SendAsync(HttpMethod.Get, "/api/standards/2022-2025", by: evaluator)).Body["corrections"]!.AsArray().ShouldHaveSingleItem()!;

        (made["by"]?.GetValue<string>(), made["reason"]!.GetValue<string>()).ShouldBe((null, "Đã tìm thấy phụ lục"));
    }
}
