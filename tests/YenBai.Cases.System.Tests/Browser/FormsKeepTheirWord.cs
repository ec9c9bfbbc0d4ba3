using System.Text.RegularExpressions;
using Microsoft.Playwright;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Visits;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>A form annuls the fact that was meant, loses no submit and no letter, and says what became of it.</summary>
[Collection(Browsers.Third)]
public sealed class FormsKeepTheirWord(BrowserFixture browser)
{
    private async Task<(Reader Reader, string Code)> AtPoorHouseholdAsync(params HouseholdCommandOf[] commands)
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        foreach (var command in commands) await browser.SubmitAsync(household.Code, command(browser.Today));
        var reader = await browser.OpenAsync($"/ho-dan/{household.Code}");
        await reader.AtHouseholdAsync(household.Code);
        return (reader, household.Code);
    }

    private delegate Commands.HouseholdCommand HouseholdCommandOf(DateOnly today);

    private static ILocator Fact(Reader reader, string note) => reader.Timeline.Filter(new() { HasText = note });

    [Fact]
    public async Task With_the_annul_form_open_for_one_fact_another_is_annulled_for_its_own_reason()
    {
        var (reader, _) = await AtPoorHouseholdAsync(today => new RecordVisit(today.AddDays(-2), "Thăm thứ nhất."), today => new RecordVisit(today.AddDays(-1), "Thăm thứ hai."));
        await using var closing = reader;

        await Fact(reader, "Thăm thứ nhất.").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(reader.Form.Locator(".to-annul")).ToContainTextAsync("Thăm thứ nhất.");
        await reader.Form.Locator("#f-reason").FillAsync("Lý do của lần thứ nhất.");
        await Fact(reader, "Thăm thứ hai.").GetByRole(AriaRole.Button).ClickAsync();

        // The panel says which fact it is about, with its day; nothing of the other one is in it.
        await Expect(reader.Form.Locator(".to-annul")).ToContainTextAsync("Thăm thứ hai.");
        await Expect(reader.Form.Locator(".to-annul")).ToContainTextAsync($"{browser.Today.AddDays(-1):dd/MM/yyyy}");
        await Expect(reader.Form.Locator("#f-reason")).ToHaveValueAsync("");
        await reader.Form.Locator("#f-reason").FillAsync("Lý do của lần thứ hai.");
        await reader.SendAsync();

        await Expect(Fact(reader, "Thăm thứ hai.").Locator(".why")).ToContainTextAsync("Lý do của lần thứ hai.");
        await Expect(Fact(reader, "Thăm thứ nhất.").Locator("s")).ToHaveCountAsync(0);
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_typed_into_one_form_is_in_no_other_and_there_when_one_comes_back()
    {
        var (reader, _) = await AtPoorHouseholdAsync();
        await using var closing = reader;

        await reader.OpenFormAsync("Ghi thăm hộ");
        await reader.Form.Locator("#f-note").FillAsync("Chỉ thuộc về lần thăm.");
        // Another form with a field of the same name.
        await reader.OpenFormAsync("Nộp minh chứng", "Hỗ trợ");
        await Expect(reader.Form).ToHaveAttributeAsync("data-outbox", "hand-in-evidence");
        await Expect(reader.Form).ToHaveCountAsync(1);
        await Expect(reader.Form.Locator("#f-note")).ToHaveValueAsync("");

        await reader.OpenFormAsync("Ghi thăm hộ");
        await Expect(reader.Form.Locator("#f-note")).ToHaveValueAsync("Chỉ thuộc về lần thăm.");
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_decided_together_is_annulled_together_or_the_contradiction_is_said()
    {
        var (reader, _) = await AtPoorHouseholdAsync(today => new RecordExit(today, PovertyClass.NotPoor, PovertyStandards.InForce(today).Code, false, "88/QĐ-UBND"));
        await using var closing = reader;
        var exited = reader.Timeline.Filter(new() { HasText = "Thoát nghèo, vượt chuẩn cận nghèo" }).First;
        var decided = reader.Timeline.Filter(new() { HasText = "88/QĐ-UBND" }).First;

        await exited.GetByRole(AriaRole.Button, new() { Name = "Huỷ ghi nhận" }).ClickAsync();
        await Expect(reader.Form.Locator(".stale li")).ToContainTextAsync("88/QĐ-UBND");
        var together = reader.Form.Locator("[data-field=together]");
        await Expect(together).ToBeCheckedAsync();
        await together.UncheckAsync();
        await Expect(reader.Form.Locator(".stale")).ToContainTextAsync("mâu thuẫn");
        await together.CheckAsync();
        await reader.Form.Locator("#f-reason").FillAsync("Ghi nhầm hộ.");
        await reader.SendAsync();

        await Expect(exited.Locator("s")).ToHaveCountAsync(1);
        await Expect(decided.Locator("s")).ToHaveCountAsync(1);
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_button_stays_where_it_is_while_what_is_wrong_comes_and_goes()
    {
        var (reader, _) = await AtPoorHouseholdAsync(today => new RecordVisit(today, "Sẽ huỷ."));
        await using var closing = reader;
        await Fact(reader, "Sẽ huỷ.").GetByRole(AriaRole.Button).ClickAsync();
        var send = reader.Form.Locator("button[type=submit]");
        await Expect(send).ToBeVisibleAsync();
        await Expect(reader.Form.Locator(".to-annul")).ToBeVisibleAsync();
        // The panel slides in.
        await reader.Page.WaitForFunctionAsync("() => document.querySelector('.rz-dialog-side').getAnimations({ subtree: true }).every(a => a.playState === 'finished')");
        async Task<(float X, float Y, float Width, float Height)> PlaceAsync() => await send.BoundingBoxAsync() is { } box ? (box.X, box.Y, box.Width, box.Height) : default;
        var at = await PlaceAsync();

        await send.ClickAsync();
        await Expect(reader.Wrong("Lý do")).ToBeVisibleAsync();
        (await PlaceAsync()).ShouldBe(at);
        // Pressed while the field is still in focus: the line above vanishes, the press counts.
        await reader.Form.Locator("#f-reason").PressSequentiallyAsync("Nhầm");
        await reader.Page.Mouse.MoveAsync(at.X + at.Width / 2, at.Y + at.Height / 2);
        await reader.Page.Mouse.DownAsync();
        (await PlaceAsync()).ShouldBe(at);
        await reader.Page.Mouse.UpAsync();
        await Expect(Fact(reader, "Sẽ huỷ.").Locator("s")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_focus_stays_where_one_types()
    {
        var (reader, _) = await AtPoorHouseholdAsync();
        await using var closing = reader;
        await reader.OpenFormAsync("Ghi thăm hộ");
        var note = reader.Form.Locator("#f-note");
        await note.FocusAsync();
        await note.PressSequentiallyAsync("Gõ liền một mạch hơn nửa giây.", new() { Delay = 40 });
        await Expect(note).ToHaveValueAsync("Gõ liền một mạch hơn nửa giây.");
        await Expect(note).ToBeFocusedAsync();
        await reader.Form.Locator("#f-on").PressAsync("Enter");
        await Expect(Fact(reader, "Gõ liền một mạch hơn nửa giây.")).ToBeVisibleAsync();
        await Expect(reader.Page.Locator(".calendar")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_click_before_the_circuit_lives_is_carried_out_when_it_does()
    {
        var household = await browser.HouseholdAsync(ListStatus.Poor);
        var connected = new TaskCompletionSource();
        await using var reader = await browser.OpenAsync("/ho-dan");
        await reader.Page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await connected.Task;
            await route.ContinueAsync();
        });
        await reader.Page.GotoAsync($"/ho-dan/{household.Code}");

        await reader.Page.Locator(".actions").GetByRole(AriaRole.Button, new() { Name = "Ghi thăm hộ" }).ClickAsync();
        await Expect(reader.Outcome).ToContainTextAsync("Đang nối với máy chủ");
        await Expect(reader.Form).ToHaveCountAsync(0);
        connected.SetResult();

        await Expect(reader.Form).ToHaveAttributeAsync("data-outbox", "record-visit");
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Letters_typed_are_kept_without_leaving_the_field_and_without_a_line()
    {
        var (reader, code) = await AtPoorHouseholdAsync();
        await using var closing = reader;
        await reader.OpenFormAsync("Ghi thăm hộ");
        await reader.Page.Context.SetOfflineAsync(true);
        await reader.Form.Locator("#f-note").PressSequentiallyAsync("Đang gõ dở");
        await reader.Page.Context.SetOfflineAsync(false);
        await reader.Page.ReloadAsync();
        await reader.AtHouseholdAsync(code);
        await reader.OpenFormAsync("Ghi thăm hộ");
        await Expect(reader.Form.Locator("#f-note")).ToHaveValueAsync("Đang gõ dở");
        await Expect(reader.Form.Locator(".notice")).ToContainTextAsync("Đã khôi phục");
    }

    [Fact]
    public async Task What_is_sent_without_a_line_waits_says_so_and_is_recorded_once_when_the_line_is_back()
    {
        var (reader, _) = await AtPoorHouseholdAsync();
        await using var closing = reader;
        await reader.OpenFormAsync("Ghi thăm hộ");
        await reader.Form.Locator("#f-note").FillAsync("Ghi lúc mất mạng.");
        await reader.Page.Context.SetOfflineAsync(true);
        await reader.SendAsync();
        await Expect(reader.Outcome).ToContainTextAsync("sẽ tự gửi khi có mạng lại");
        await reader.Page.Context.SetOfflineAsync(false);
        await Expect(reader.Outcome).ToContainTextAsync("Đã ghi nhận");
        await Expect(Fact(reader, "Ghi lúc mất mạng.")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_was_never_sent_can_be_cancelled_and_it_is_said()
    {
        var (reader, code) = await AtPoorHouseholdAsync();
        await using var closing = reader;
        await reader.OpenFormAsync("Ghi thăm hộ");
        await reader.Form.Locator("#f-note").FillAsync("Sẽ không ghi.");
        await reader.Page.Context.SetOfflineAsync(true);
        await reader.SendAsync();
        await reader.Form.Locator("[data-cancel]").ClickAsync();
        await Expect(reader.Outcome).ToContainTextAsync("Đã đóng, chưa gửi gì");
        await reader.Page.Context.SetOfflineAsync(false);
        await reader.Page.ReloadAsync();
        await reader.AtHouseholdAsync(code);
        await Expect(Fact(reader, "Sẽ không ghi.")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_panel_closed_right_after_sending_hides_no_outcome()
    {
        var (reader, _) = await AtPoorHouseholdAsync();
        await using var closing = reader;
        var answered = new TaskCompletionSource();
        await reader.Page.RouteAsync("**/api/forms/**", async route =>
        {
            await answered.Task;
            await route.ContinueAsync();
        });
        await reader.OpenFormAsync("Ghi thăm hộ");
        await reader.Form.Locator("#f-note").FillAsync("Ghi rồi đóng.");
        await reader.SendAsync();
        var cancel = reader.Form.Locator("[data-cancel]");
        await Expect(cancel).ToHaveTextAsync(new Regex("Đóng"));
        await cancel.ClickAsync();
        await Expect(reader.Form).ToHaveCountAsync(0);
        await Expect(reader.Outcome).Not.ToContainTextAsync("Đã huỷ");
        answered.SetResult();

        await Expect(reader.Outcome).ToContainTextAsync("Đã ghi nhận: Ghi thăm hộ");
        await Expect(Fact(reader, "Ghi rồi đóng.")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_page_loaded_anew_before_the_answer_sends_again_and_says_the_outcome()
    {
        var (reader, code) = await AtPoorHouseholdAsync();
        await using var closing = reader;
        var (tries, reloaded, recorded) = (0, false, new TaskCompletionSource());
        await reader.Page.RouteAsync("**/api/forms/**", async route =>
        {
            if (Interlocked.Increment(ref tries) == 1)
            {
                // The server records, the answer never comes.
                await route.FetchAsync();
                await route.AbortAsync();
                recorded.SetResult();
            }
            else if (reloaded) await route.ContinueAsync();
            else await route.AbortAsync();
        });
        await reader.OpenFormAsync("Ghi thăm hộ");
        await reader.Form.Locator("#f-note").FillAsync("Mất câu trả lời.");
        await reader.SendAsync();
        await recorded.Task;
        reloaded = true;
        await reader.Page.ReloadAsync();
        await reader.AtHouseholdAsync(code);
        await Expect(reader.Outcome).ToContainTextAsync("Đã ghi nhận: Ghi thăm hộ");
        await Expect(Fact(reader, "Mất câu trả lời.")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Nothing_of_one_account_is_left_for_the_next()
    {
        var (reader, code) = await AtPoorHouseholdAsync();
        await using var closing = reader;
        await reader.OpenFormAsync("Ghi thăm hộ");
        await reader.Form.Locator("#f-note").FillAsync("Chỉ của người này.");
        Task<string> KeptAsync() => reader.Page.EvaluateAsync<string>("() => JSON.stringify(sessionStorage)");
        await reader.Page.WaitForFunctionAsync("() => Object.keys(sessionStorage).some(k => k.startsWith('draft:'))");
        (await KeptAsync()).ShouldNotContain("Chỉ của người này.");

        // The session ends without signing out, and somebody else signs in in the same tab.
        await reader.Page.Context.ClearCookiesAsync();
        (await reader.Page.Context.APIRequest.PostAsync("/api/login?cookie=true", new() { DataObject = new { userName = "demo-manager", password = Web.Accounts.DemonstrationAccounts.Password } })).Status.ShouldBe(200);
        await reader.Page.ReloadAsync();
        await reader.AtHouseholdAsync(code);
        (await KeptAsync()).ShouldBe("{}");

        await reader.OpenFormAsync("Ghi thăm hộ");
        await Expect(reader.Form.Locator("#f-note")).ToHaveValueAsync("");
        await reader.Form.Locator("#f-note").FillAsync("Trước khi đăng xuất.");
        await reader.Form.Locator("#f-note").PressAsync("Escape");
        await Expect(reader.Form).ToHaveCountAsync(0);
        (await KeptAsync()).ShouldContain("draft:");
        await reader.Page.Locator(".signed-in form button").ClickAsync();
        await reader.Page.WaitForURLAsync("**/tai-khoan/**");
        (await KeptAsync()).ShouldBe("{}");
    }

    [Theory]
    [InlineData("vi"), InlineData("en")]
    public async Task A_day_is_typed_or_chosen_as_day_month_year_and_the_address_has_it_in_one_form(string language)
    {
        await using var reader = await browser.OpenAsync("/bien-dong", language);
        var page = reader.Page;
        var box = page.Locator("input[name=asOf]");
        await box.FillAsync("3/4/2021");
        await box.PressAsync("Tab");
        await Expect(box).ToHaveValueAsync("03/04/2021");
        await box.PressAsync("ArrowDown");
        await Expect(page.Locator(".calendar-head b")).ToHaveTextAsync(language == "vi" ? "tháng 4 năm 2021" : "April 2021", new() { IgnoreCase = true });
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("04/04/2021");
        await box.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("asOf=2021-04-04"));
        await Expect(box).ToHaveValueAsync("04/04/2021");
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_household_with_agreements_has_the_sheets_of_all_its_sections()
    {
        var (reader, _) = await AtPoorHouseholdAsync();
        await using var closing = reader;
        var sheets = await reader.Page.EvaluateAsync<string[]>("() => [...document.styleSheets].map(s => s.href ?? '')");
        sheets.ShouldContain(s => s.Contains("/needs.", StringComparison.Ordinal));
        sheets.ShouldContain(s => s.Contains("/agreements.", StringComparison.Ordinal));
    }
}
