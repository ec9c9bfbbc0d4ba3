using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;
using YenBai.Cases.Commands;
using YenBai.Cases.Web.Api;
using YenBai.Cases.Web.Tests.Dangers;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Api;

/// <summary>A body is not filled in with a day, a number or a word that nobody gave.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RequiredMemberFacts(TestStore store) : IClassFixture<TestStore>
{
    public static TheoryData<string> Commands => [.. CommandCatalog.All.Keys];

    private async Task<(HttpStatusCode Status, string? Code, string? Field)> PostAsync(string address, JsonNode body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        if (address != "/api/households") request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var response = await store.Http.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, answer?["code"]?.GetValue<string>(), answer?["field"]?.GetValue<string>());
    }

    private async Task<string> AHouseholdAsync(string code)
    {
        await store.RegisterAsync(code, "Lò Thị Mai");
        return $"/api/households/{code}";
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task An_empty_body_is_refused_by_what_it_lacks(string command)
    {
        var household = await AHouseholdAsync(TestStore.NewCode());

        (await PostAsync($"{household}/{command}", new JsonObject())).ShouldBe((HttpStatusCode.UnprocessableEntity, "required", command == "annul" ? "fact" : "on"));
    }

    [Fact]
    public async Task A_registration_without_its_day_is_refused() =>
        (await PostAsync("/api/households", new JsonObject { ["code"] = TestStore.NewCode(), ["place"] = "04375" })).ShouldBe((HttpStatusCode.UnprocessableEntity, "required", "on"));

    /// <summary>Of the commands that have them: days, ids, numbers, words of a list.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_value_that_is_not_optional_is_asked_for(string command)
    {
        var (household, type) = (await AHouseholdAsync(TestStore.NewCode()), CommandCatalog.All[command]);
        var values = type.GetConstructors().Single().GetParameters().Where(p => p.ParameterType.IsValueType && Nullable.GetUnderlyingType(p.ParameterType) is null && !p.HasDefaultValue).ToList();

        foreach (var value in values)
        {
            var body = NastyTextFacts.Filled(type, "00001-a-code-of-its-own");
            foreach (var id in values.Where(v => v.ParameterType == typeof(Guid))) body[Camel(id)] = Guid.NewGuid().ToString();
            body.Remove(Camel(value));

            (await PostAsync($"{household}/{command}", body)).ShouldBe((HttpStatusCode.UnprocessableEntity, "required", Camel(value)), value.Name);
        }

        static string Camel(ParameterInfo p) => JsonNamingPolicy.CamelCase.ConvertName(p.Name!);
    }

    [Theory]
    [InlineData("grant-loan", """{"on":"2024-06-01"}""", "amount")]
    [InlineData("decide-class", """{"on":"2024-06-01","standard":"2022-2025"}""", "class")]
    [InlineData("report-loan-status", """{"on":"2024-06-01","support":"00000000-0000-0000-0000-000000000001","balance":1,"overdue":0}""", "daysOverdue")]
    [InlineData("answer-complaint", """{"on":"2024-06-01","answer":"x"}""", "upheld")]
    [InlineData("support-livestock", """{"on":"2024-06-01","count":2}""", "species")]
    [InlineData("change-members", """{"on":"2024-06-01","joined":1}""", "change")]
    [InlineData("agree-support", """{"on":"2024-06-01","instrument":"livestock","amount":1,"start":"2024-06-01","end":"2025-05-31","funding":[{"source":"programme"}]}""", "funding[0].amount")]
    public async Task What_is_lacking_is_named(string command, string body, string field)
    {
        var household = await AHouseholdAsync(TestStore.NewCode());

        (await PostAsync($"{household}/{command}", JsonNode.Parse(body)!)).ShouldBe((HttpStatusCode.UnprocessableEntity, "required", field));
    }

    [Fact]
    public async Task Counts_of_zero_may_be_left_out()
    {
        var household = await AHouseholdAsync(TestStore.NewCode());

        (await PostAsync($"{household}/change-members", JsonNode.Parse("""{"on":"2024-06-01","joined":1,"change":"birth"}""")!)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
