using System.Text.RegularExpressions;
using Microsoft.Playwright;
using YenBai.Cases.Households;
using YenBai.Cases.Visits;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>A day of a social worker.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class CaseWork(BrowserFixture browser)
{
    [Fact]
    public async Task A_household_is_found_by_name_without_marks_and_a_visit_recorded_and_annulled()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor, found: 5);
        const string note = "Nhà dột, cần sửa mái trước mùa mưa.";
        const string reason = "Ghi nhầm hộ.";
        await using var reader = await browser.OpenAsync("/ho-dan");
        var page = reader.Page;

        await page.Locator("main [data-search]").FillAsync(VietnameseText.Fold(household.HeadName!));
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("table.list tr", new() { HasText = household.Code }).GetByRole(AriaRole.Link).ClickAsync();
        await reader.AtHouseholdAsync(household.Code);

        await reader.OpenFormAsync("Ghi thăm hộ");
        await reader.Form.Locator("#f-note").FillAsync(note);
        await reader.SendAsync();
        var visit = reader.Timeline.Filter(new() { HasText = note });
        await Expect(visit).ToBeVisibleAsync();
        await Expect(reader.Form).ToHaveCountAsync(0);

        await page.ReloadAsync();
        await reader.AtHouseholdAsync(household.Code);
        await Expect(visit).ToBeVisibleAsync();
        await Expect(visit.Locator("s")).ToHaveCountAsync(0);

        await visit.GetByRole(AriaRole.Button).ClickAsync();
        await reader.SendAsync();
        await Expect(reader.Wrong("Lý do")).ToHaveTextAsync(new Regex("Cần điền mục này"));
        await reader.Form.Locator("#f-reason").FillAsync(reason);
        await reader.SendAsync();
        await Expect(visit.Locator("s")).ToHaveTextAsync("Thăm hộ");
        await Expect(visit.Locator(".why")).ToContainTextAsync(reason);
        await Expect(visit.Locator("s")).ToHaveCSSAsync("text-decoration-line", "line-through");
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("vi", "Quyết định", "Quyết định thoát nghèo", "Ngày có hiệu lực", "hộ không trong danh sách hộ nghèo")]
    [InlineData("en", "Decision", "Decide an exit", "Effective on", "the household was not on the list of the poor")]
    public async Task A_refusal_stands_beside_its_field_in_the_readers_language_and_the_input_stays(string language, string menu, string form, string field, string refusal)
    {
        var household = await browser.HouseholdAsync(ListStatus.Unknown);
        await using var reader = await browser.OpenAsync($"/ho-dan/{household.Code}", language);
        await reader.AtHouseholdAsync(household.Code);

        await reader.OpenFormAsync(form, menu);
        await reader.Form.Locator("#f-to").SelectOptionAsync("near_poor");
        await reader.Form.Locator("#f-decisionNumber").FillAsync("12/QĐ-UBND");
        await reader.SendAsync();

        await Expect(reader.Wrong(field)).ToContainTextAsync(refusal);
        await Expect(reader.Wrong(field)).ToContainTextAsync($"{browser.Today:dd/MM/yyyy}");
        await Expect(reader.Form.Locator(".wrong-says")).ToHaveCountAsync(1);
        await Expect(reader.Form.Locator("#f-to")).ToHaveValueAsync("near_poor");
        await Expect(reader.Form.Locator("#f-decisionNumber")).ToHaveValueAsync("12/QĐ-UBND");
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_day_to_come_is_refused_and_the_corrected_form_is_taken()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        await using var reader = await browser.OpenAsync($"/ho-dan/{household.Code}");
        await reader.AtHouseholdAsync(household.Code);

        await reader.OpenFormAsync("Ghi thăm hộ");
        await DateAsync(reader, browser.Today.AddDays(3));
        await reader.Form.Locator("#f-note").FillAsync("Hẹn gặp lại.");
        await reader.SendAsync();
        await Expect(reader.Wrong("Ngày thăm")).ToContainTextAsync($"Ngày {browser.Today.AddDays(3):dd/MM/yyyy} chưa tới");
        await Expect(reader.Form.Locator("#f-note")).ToHaveValueAsync("Hẹn gặp lại.");

        await DateAsync(reader, browser.Today.AddDays(-1));
        await reader.SendAsync();
        await Expect(reader.Timeline.Filter(new() { HasText = "Hẹn gặp lại." })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_was_overtaken_sees_what_was_recorded_meanwhile_and_sends_the_kept_input_again()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        await using var reader = await browser.OpenAsync($"/ho-dan/{household.Code}");
        await reader.AtHouseholdAsync(household.Code);
        await reader.OpenFormAsync("Ghi thăm hộ");
        await reader.Form.Locator("#f-note").FillAsync("Của tôi.");

        await browser.SubmitAsync(household.Code, new RecordVisit(browser.Today, "Của đồng nghiệp."));
        await reader.SendAsync();

        await Expect(reader.Form.Locator(".stale")).ToContainTextAsync("Hộ này vừa có ghi nhận mới.");
        await Expect(reader.Form.Locator(".stale li")).ToContainTextAsync("Thăm hộ");
        await Expect(reader.Form.Locator("#f-note")).ToHaveValueAsync("Của tôi.");
        await Expect(reader.Form.Locator("button[type=submit]")).ToContainTextAsync("Gửi lại");

        await reader.SendAsync();
        await Expect(reader.Timeline.Filter(new() { HasText = "Của tôi." })).ToBeVisibleAsync();
        await Expect(reader.Timeline.Filter(new() { HasText = "Của đồng nghiệp." })).ToBeVisibleAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Before_it_was_recorded_a_visit_was_not_known()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        await browser.SubmitAsync(household.Code, new RecordVisit(browser.Today.AddYears(-1), "Ghi muộn một năm."));
        await using var reader = await browser.OpenAsync($"/ho-dan/{household.Code}");
        await reader.AtHouseholdAsync(household.Code);
        var visit = reader.Timeline.Filter(new() { HasText = "Ghi muộn một năm." });
        await Expect(visit).ToBeVisibleAsync();
        var facts = await reader.Timeline.CountAsync();

        await reader.Page.Locator(".timemachine input[type=range]").PressAsync("ArrowLeft");
        await Expect(visit).ToHaveCountAsync(0);
        (await reader.Timeline.CountAsync()).ShouldBeInRange(1, facts - 1);
        await Expect(reader.Page).ToHaveURLAsync(new Regex(@"\?knownAt=\d{4}-\d\d-\d\d$"));
        await Expect(reader.Page.Locator(".timemachine .says")).ToContainTextAsync("Đang xem những gì đã biết đến hết ngày");

        // The address alone says it too.
        await reader.Page.ReloadAsync();
        await reader.AtHouseholdAsync(household.Code);
        await Expect(visit).ToHaveCountAsync(0);
        await reader.Page.Locator(".timemachine .says button").ClickAsync();
        await Expect(visit).ToBeVisibleAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    private static async Task DateAsync(Reader reader, DateOnly day)
    {
        var input = reader.Form.Locator("#f-on");
        await input.FillAsync($"{day:dd/MM/yyyy}");
        await input.PressAsync("Tab");
    }
}
