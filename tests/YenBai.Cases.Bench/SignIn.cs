using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Api;

namespace YenBai.Cases.Bench;

/// <summary>The demonstration's people before the door.</summary>
internal static class SignIn
{
    public const string Manager = "demo-manager", Caseworker = "demo-caseworker", Evaluator = "demo-evaluator";

    public static readonly string[] Readers = [Caseworker, Manager, Evaluator];

    /// <summary>Whatever this client asks from now on, it asks as this person; for as long as a token lasts.</summary>
    public static async Task AsAsync(HttpClient client, string user) =>
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(client, user));

    public static async Task<string> TokenAsync(HttpClient client, string user)
    {
        using var answer = await client.PostAsJsonAsync("/api/login", Of(user));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
    }

    /// <summary>As a browser brings it back.</summary>
    public static async Task<string> CookieAsync(HttpClient client, string user)
    {
        using var answer = await client.PostAsJsonAsync("/api/login?cookie=true", Of(user));
        answer.EnsureSuccessStatusCode();
        return string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
    }

    public static LoginRequest Of(string user) => new(user, DemonstrationAccounts.Password);
}
