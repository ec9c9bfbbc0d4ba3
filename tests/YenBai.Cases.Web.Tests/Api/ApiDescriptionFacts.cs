using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Web.Api;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Api;

/// <summary>The document from which clients are generated.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ApiDescriptionFacts(TestStore store) : IClassFixture<TestStore>
{
    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse(await store.Http.GetStringAsync("/openapi/v1.json"))!;

    private static IEnumerable<(string Name, JsonNode Operation)> Operations(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => ($"{o.Key} {p.Key}", o.Value!)));

    private static JsonNode? Parameter(JsonNode document, string path, string method, string name) =>
        document["paths"]![path]![method]!["parameters"]!.AsArray().FirstOrDefault(p => p!["name"]!.GetValue<string>() == name);

    [Fact]
    public async Task Every_operation_has_a_summary()
    {
        var operations = Operations(await DocumentAsync()).ToList();

        operations.Count.ShouldBeGreaterThan(90);
        operations.Where(o => o.Operation["summary"]?.GetValue<string>() is not { Length: > 3 } s || s.Contains("form.", StringComparison.Ordinal)).Select(o => o.Name).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_write_says_which_headers_it_needs()
    {
        var document = await DocumentAsync();

        foreach (var command in CommandCatalog.All.Keys)
            foreach (var header in new[] { "Idempotency-Key", "If-Match" })
            {
                var parameter = Parameter(document, $"/api/households/{{code}}/{command}", "post", header).ShouldNotBeNull(command);
                (parameter["in"]!.GetValue<string>(), parameter["required"]!.GetValue<bool>()).ShouldBe(("header", true));
            }
        Parameter(document, "/api/households", "post", "Idempotency-Key").ShouldNotBeNull();
        Parameter(document, "/api/households", "post", "If-Match").ShouldBeNull();
    }

    [Fact]
    public async Task All_but_signing_in_needs_a_bearer_token()
    {
        var document = await DocumentAsync();

        var scheme = document["components"]!["securitySchemes"]!["bearer"]!;
        (scheme["type"]!.GetValue<string>(), scheme["scheme"]!.GetValue<string>()).ShouldBe(("http", "bearer"));
        Operations(document).Where(o => o.Operation["security"] is not JsonArray { Count: > 0 } needs || !needs[0]!.AsObject().ContainsKey("bearer")).Select(o => o.Name)
            .ShouldBe(["post /api/login", "post /api/refresh"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("/api/households", "class", "poor,near_poor,not_poor")]
    [InlineData("/api/durability/curve", "censoring", "lastConfirmed,asOf")]
    [InlineData("/api/movement", "by", "district,commune,area")]
    [InlineData("/api/durability/regression", "model", "logit,cloglog,cox")]
    public async Task A_parameter_of_few_values_lists_them(string path, string name, string values)
    {
        var parameter = Parameter(await DocumentAsync(), path, "get", name).ShouldNotBeNull();

        string.Join(',', parameter["schema"]!["enum"]!.AsArray().Select(v => v!.GetValue<string>())).ShouldBe(values);
    }

    [Fact]
    public async Task Bodies_list_the_values_of_their_enumerations_and_problems_have_a_code()
    {
        var schemas = (await DocumentAsync())["components"]!["schemas"]!.AsObject();

        schemas["ProblemDetails"]!["properties"]!["code"]!["type"]!.GetValue<string>().ShouldBe("string");
        var @class = schemas["PovertyClass"]!["enum"]!.AsArray().OfType<JsonNode>().Select(v => v.GetValue<string>());
        @class.ShouldBe(["poor", "near_poor", "not_poor"]);
    }
}
