using System.Net;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Tests.Dangers;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Standards;

/// <summary>The page of the standards: read by everybody, corrected by an administrator.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class StandardPageFacts(TestStore store) : IClassFixture<TestStore>
{
    private async Task<string> ReadAsync(string query, HttpClient? by = null)
    {
        using var answer = await (by ?? store.Http).GetAsync($"/chuan-ngheo{query}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return Regex.Replace(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), @"\s+", " ");
    }

    [Fact]
    public async Task Given_no_choice_then_the_standard_in_force_is_shown_with_what_each_value_rests_on()
    {
        var page = await ReadAsync("");

        page.ShouldContain("Chuẩn nghèo đa chiều 2022–2025");
        page.ShouldContain("1.500.000 ₫");
        page.ShouldContain("Dinh dưỡng");
        page.ShouldContain("chưa đối chiếu");
        page.ShouldNotContain("Nutrition");
    }

    [Fact]
    public async Task Given_two_standards_then_they_stand_side_by_side_and_what_differs_is_said()
    {
        var page = await ReadAsync("?standard=2016-2020&with=2022-2025");

        page.ShouldContain("700.000 ₫");
        page.ShouldContain("1.500.000 ₫");
        page.ShouldContain("khác nhau");
    }

    [Fact]
    public async Task Given_a_reader_of_english_then_the_page_is_in_english()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/chuan-ngheo?standard=2027-2030&area=urban&scoreA=175&scoreB=30");
        request.Headers.Add("Cookie", $".AspNetCore.Culture={Uri.EscapeDataString("c=en|uic=en")}");
        var page = WebUtility.HtmlDecode(await (await store.Http.SendAsync(request)).Content.ReadAsStringAsync());

        page.ShouldContain("Handling of household waste");
        page.ShouldContain("No review form of the standard 2027–2030 is published yet");
        page.ShouldContain("Proposed: Poor.");
    }

    [Theory]
    [InlineData("?standard=1999", "Không có chuẩn nghèo “1999”")]
    [InlineData("?standard=2022-2025.9", "Không có chuẩn nghèo “2022-2025.9”")]
    [InlineData("?standard=2022-2025&area=rural&scoreA=x", "“x” không phải là số")]
    [InlineData("?standard=2022-2025&area=rural&scoreA=100", "cần thêm điểm B")]
    public async Task Given_an_address_that_cannot_be_read_then_the_page_says_so(string query, string says) => (await ReadAsync(query)).ShouldContain(says);

    [Fact]
    public async Task Given_an_administrator_when_a_value_is_corrected_then_the_new_version_is_shown_and_the_old_can_be_read()
    {
        const string Edit = "?standard=2016-2020&edit=points%2Fincome_near_poor%2Frural";
        using var administrator = await RequestFacts.NewBrowserAsync(store);
        var form = await administrator.GetStringAsync($"/chuan-ngheo{Edit}");
        FormUrlEncodedContent Filled(string value) => new(new Dictionary<string, string>
        {
            ["_handler"] = "correct",
            ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value,
            ["version"] = "1",
            ["request"] = "r" + value,
            ["value"] = value,
            ["certainty"] = "verified",
            ["source"] = "Phụ lục",
            ["reason"] = "Đã tìm thấy phụ lục",
        });

        var refused = await administrator.PostAsync($"/chuan-ngheo{Edit}", Filled("110"));
        WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()).ShouldContain("Ngưỡng dưới phải thấp hơn ngưỡng trên");
        var corrected = await administrator.PostAsync($"/chuan-ngheo{Edit}", Filled("145"));

        corrected.StatusCode.ShouldBe(HttpStatusCode.Found);
        var page = await ReadAsync("?standard=2016-2020");
        page.ShouldContain("bản 2");
        page.ShouldContain("Đã tìm thấy phụ lục");
        (await ReadAsync("?standard=2016-2020.1")).ShouldContain("Đây là bản 1, không còn hiệu lực");
    }

    [Fact]
    public async Task Given_a_caseworker_then_there_is_nothing_to_correct()
    {
        using var caseworker = await store.SignInAsync("can-bo-trang", new GrantRequest(Role.Caseworker, "04375", null, [], null, null, "phân công"));

        var page = await ReadAsync("?standard=2016-2020&edit=points%2Fincome_near_poor%2Frural", caseworker);

        page.ShouldNotContain("Lý do sửa");
        page.ShouldNotContain("#sua");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
