using System.Text.RegularExpressions;
using Microsoft.Playwright;
using YenBai.Cases.Households;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>A day of a social worker.</summary>
[Collection(Browsers.First)]
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
        // A form that does not fit the household is at the end of its menu.
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
        await reader.OpenFormAsync("Vay vốn", "Hỗ trợ");
        await reader.Form.Locator("#f-amount").FillAsync("7000000");

        await browser.SubmitAsync(household.Code, new RecordVisit(browser.Today, "Của đồng nghiệp."));
        await reader.SendAsync();

        await Expect(reader.Form.Locator(".stale")).ToContainTextAsync("Hộ này vừa có ghi nhận mới.");
        await Expect(reader.Form.Locator(".stale li")).ToContainTextAsync("Thăm hộ");
        await Expect(reader.Form.Locator("#f-amount")).ToHaveValueAsync("7.000.000");
        await Expect(reader.Form.Locator("button[type=submit]")).ToContainTextAsync("Gửi lại");

        await reader.SendAsync();
        await Expect(reader.Timeline.Filter(new() { HasText = "Vay vốn 7.000.000 ₫" })).ToBeVisibleAsync();
        await Expect(reader.Timeline.Filter(new() { HasText = "Của đồng nghiệp." })).ToBeVisibleAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_visit_is_recorded_though_a_colleague_was_faster()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        await using var reader = await browser.OpenAsync($"/ho-dan/{household.Code}");
        await reader.AtHouseholdAsync(household.Code);
        await reader.OpenFormAsync("Ghi thăm hộ");
        await reader.Form.Locator("#f-note").FillAsync("Thăm của tôi.");
        await browser.SubmitAsync(household.Code, new RecordVisit(browser.Today, "Thăm của đồng nghiệp."));

        await reader.SendAsync();

        await Expect(reader.Timeline.Filter(new() { HasText = "Thăm của tôi." })).ToBeVisibleAsync();
        await Expect(reader.Timeline.Filter(new() { HasText = "Thăm của đồng nghiệp." })).ToBeVisibleAsync();
        await Expect(reader.Form).ToHaveCountAsync(0);
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_proposed_class_is_shown_while_the_points_are_typed_and_follows_the_ticks()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        await using var reader = await browser.OpenAsync($"/ho-dan/{household.Code}");
        await reader.AtHouseholdAsync(household.Code);
        await reader.OpenFormAsync("Đánh giá");
        var proposed = reader.Form.Locator(".proposed");
        await reader.Form.Locator("#f-area").SelectOptionAsync("rural");

        await reader.Form.Locator("#f-scoreA").PressSequentiallyAsync("130");
        await Expect(proposed).ToContainTextAsync("cần thêm điểm B");
        await reader.Form.Locator("#f-scoreB").PressSequentiallyAsync("10");
        await Expect(proposed.Locator(".class")).ToHaveTextAsync(new Regex("Hộ cận nghèo"));
        foreach (var at in new[] { 0, 1, 2 }) await reader.Form.Locator("[data-of=deprivations] input").Nth(at).CheckAsync();

        await Expect(proposed).ToContainTextAsync("3 chỉ số thiếu hụt đã đánh dấu: điểm B = 30.");
        await Expect(proposed.Locator(".class")).ToHaveTextAsync(new Regex("Hộ nghèo"));
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_photograph_that_no_browser_draws_is_refused_in_a_sentence_and_the_form_goes_on()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        var today = browser.Today;
        await browser.SubmitAsync(household.Code, new AgreeSupport(
            today.AddDays(-5), "production_means", 5_000_000, [new(FundingSource.Programme, 5_000_000)], today.AddDays(-5), today.AddDays(60), null, null, [new("other", "Trồng cỏ voi", null, today.AddDays(30), null, Evidence.Photo)]));
        await using var reader = await browser.OpenAsync($"/ho-dan/{household.Code}");
        await reader.AtHouseholdAsync(household.Code);
        await reader.OpenFormAsync("Nộp minh chứng", "Hỗ trợ");
        var files = reader.Form.Locator("input[type=file]");

        await files.SetInputFilesAsync(new FilePayload { Name = "IMG_0001.HEIC", MimeType = "image/heic", Buffer = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0] });

        await Expect(reader.Form.Locator(".attach .wrong-says")).ToContainTextAsync("HEIC");
        await Expect(files).ToBeEnabledAsync();
        await files.SetInputFilesAsync(new FilePayload { Name = "anh.png", MimeType = "image/png", Buffer = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==") });
        await Expect(reader.Form.Locator(".attach img")).ToHaveAttributeAsync("src", new Regex(@"\?thumbnail=true$"));
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Paper_is_white_whatever_the_screen_is_and_the_phone_has_a_low_header()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        await using var reader = await browser.OpenAsync($"/preferences/light/dark?back=/ho-dan/{household.Code}", width: 390);
        await reader.AtHouseholdAsync(household.Code);
        var page = reader.Page;
        await Expect(page.Locator("html")).ToHaveClassAsync(new Regex("dark"));
        (await page.EvaluateAsync<double>("() => document.querySelector('header.top').getBoundingClientRect().bottom")).ShouldBeLessThanOrEqualTo(0.08 * 900);

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        var (paper, ink) = (await ColourAsync("body", "backgroundColor"), await ColourAsync(".timeline .sentence", "color"));
        (paper.Min(), ink.Max()).ShouldSatisfyAllConditions(x => x.Item1.ShouldBeGreaterThan(250), x => x.Item2.ShouldBeLessThan(170));
        reader.Complaints.ShouldBeEmpty();

        async Task<double[]> ColourAsync(string of, string property) =>
            [.. Regex.Matches(await page.Locator(of).First.EvaluateAsync<string>($"e => getComputedStyle(e).{property}"), @"\d+").Take(3).Select(m => double.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture))];
    }

    [Fact]
    public async Task An_open_form_leaves_the_way_out_in_reach()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        await using var reader = await browser.OpenAsync($"/ho-dan/{household.Code}");
        await reader.AtHouseholdAsync(household.Code);
        await reader.OpenFormAsync("Ghi thăm hộ");

        var hit = await reader.Page.EvaluateAsync<bool>("""
            () => {
              const way = document.querySelector('form[data-signs-out] button'), at = way.getBoundingClientRect();
              return way.contains(document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2));
            }
            """);

        hit.ShouldBeTrue();
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

        await reader.Page.Locator(".timemachine > summary").ClickAsync();
        await reader.Page.Locator(".timemachine input[type=range]").PressAsync("ArrowLeft");
        await Expect(visit).ToHaveCountAsync(0);
        (await reader.Timeline.CountAsync()).ShouldBeInRange(1, facts - 1);
        await Expect(reader.Page).ToHaveURLAsync(new Regex(@"\?knownAt=\d{4}-\d\d-\d\d$"));
        await Expect(reader.Page.Locator(".timemachine .says")).ToContainTextAsync("Đang xem theo dữ liệu đã ghi đến hết ngày");

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
