using System.Net;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace YenBai.Cases.Web.Tests.Accounts;

/// <summary>A person at a browser that follows no redirect by itself, so that a test sees where it leads.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient http;

    public Browser(AccountStore store, string? address = null)
    {
        http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = store.Http.BaseAddress };
        if (address is not null) http.DefaultRequestHeaders.Add(AccountStore.AddressHeader, address);
    }

    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> GetAsync(string address) => http.GetAsync(address);

    public async Task<string> ReadAsync(string address)
    {
        var answer = await http.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Fills in the form of that name on a page and sends it.</summary>
    public async Task<HttpResponseMessage> SendAsync(string address, string form, params (string Field, string Value)[] fields) =>
        await PostAsync(address, form, Token().Match(await ReadAsync(address)).Groups[1].Value, fields);

    public Task<HttpResponseMessage> PostAsync(string address, string form, string token, params (string Field, string Value)[] fields) =>
        http.PostAsync(address, new FormUrlEncodedContent(fields.Append(("_handler", form)).Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));

    public Task<HttpResponseMessage> SignInAsync(string user, string password = AccountStore.Password, string? returnUrl = null) =>
        SendAsync("/tai-khoan/dang-nhap" + (returnUrl is null ? "" : "?ReturnUrl=" + Uri.EscapeDataString(returnUrl)), "password", ("Given.User", user), ("Given.Password", password));

    /// <summary>Proves anew who it is, for changes of factors.</summary>
    public Task<HttpResponseMessage> ConfirmAsync(string password = AccountStore.Password) => SendAsync("/tai-khoan/xac-nhan?ReturnUrl=%2F", "password", ("Password", password));

    public async Task<string?> WhoAsync() => await http.GetStringAsync(AccountStore.WhoAddress) is { Length: > 0 } name ? name : null;

    /// <summary>Where an answer leads, without the host, which is to be ours.</summary>
    public string LeadsTo(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        var to = new Uri(http.BaseAddress!, answer.Headers.Location!);
        to.Authority.ShouldBe(http.BaseAddress!.Authority);
        return to.PathAndQuery;
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
