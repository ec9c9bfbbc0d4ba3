using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using YenBai.Cases.Commands;
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

    /// <summary>Generators make a client of each tag; the framework takes the name of the class that maps the address.</summary>
    [Theory]
    [InlineData("/api/movement", "get", "MovementEndpoints")]
    [InlineData("/api/movement/file", "get", "MovementEndpoints")]
    [InlineData("/api/durability/figure", "get", "YenBai.Cases.Web")]
    [InlineData("/api/login", "post", "AccountEndpoints")]
    public async Task An_operation_keeps_its_tag_wherever_it_is_mapped(string path, string method, string tag) =>
        (await DocumentAsync())["paths"]![path]![method]!["tags"]!.AsArray().Select(t => t!.GetValue<string>()).ShouldBe([tag]);

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

    [Fact]
    public async Task Every_operation_has_an_id_and_says_how_it_refuses()
    {
        var operations = Operations(await DocumentAsync()).ToList();

        operations.Select(o => o.Operation["operationId"]!.GetValue<string>()).ShouldBeUnique();
        foreach (var (name, operation) in operations)
        {
            var responses = operation["responses"]!.AsObject();
            foreach (var status in responses.Where(r => r.Key[0] is '4' or '5')) Reference(status.Value!["content"]!["application/problem+json"]!["schema"]!).ShouldBe("ProblemDetails", name);
            if (operation["security"] is not null) (responses.ContainsKey("401") && responses.ContainsKey("403")).ShouldBeTrue(name);
        }
        foreach (var command in CommandCatalog.All.Keys)
            foreach (var status in new[] { "400", "401", "403", "404", "409", "422", "428" }) operations.Single(o => o.Name == $"post /api/households/{{code}}/{command}").Operation["responses"]![status].ShouldNotBeNull($"{command} {status}");
    }

    private static string Reference(JsonNode schema) => schema["$ref"]!.GetValue<string>().Split('/')[^1];

    [Fact]
    public async Task Every_write_but_signing_out_describes_its_body()
    {
        var operations = Operations(await DocumentAsync()).Where(o => o.Name.StartsWith("post ", StringComparison.Ordinal)).ToList();

        operations.Where(o => o.Operation["requestBody"] is null).Select(o => o.Name).ShouldBe(["post /api/logout"]);
        Reference(operations.Single(o => o.Name == "post /api/login").Operation["requestBody"]!["content"]!["application/json"]!["schema"]!).ShouldBe("LoginRequest");
    }

    [Theory]
    [InlineData("DecideClass", "class,on,standard"), InlineData("GrantLoan", "amount,on"), InlineData("Merge", "into,on"), InlineData("Funding", "amount,source"), InlineData("LoginRequest", "password,userName")]
    public async Task A_body_requires_what_the_server_requires(string schema, string members)
    {
        var required = (await DocumentAsync())["components"]!["schemas"]![schema]!["required"]!.AsArray().Select(m => m!.GetValue<string>());

        string.Join(',', required.Order(StringComparer.Ordinal)).ShouldBe(members);
    }

    [Fact]
    public async Task Enumerations_are_texts_without_null()
    {
        var enumerations = (await DocumentAsync())["components"]!["schemas"]!.AsObject().Where(s => s.Value!["enum"] is not null).ToList();

        enumerations.Count.ShouldBeGreaterThan(20);
        enumerations.Where(s => s.Value!["type"]?.GetValue<string>() != "string" || s.Value["enum"]!.AsArray().Any(v => v is null)).Select(s => s.Key).ShouldBeEmpty();
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
