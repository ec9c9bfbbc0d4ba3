using Microsoft.Playwright;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>
/// One made-up household of Mù Cang Chải, over three and a half years: from the first form through support under conditions, one
/// missed and one waived, a stop of the clock, its own request, the decision, the exit, two confirmations, and back.
/// </summary>
[Collection(TravelCollection.Name)]
public sealed class OneHouseholdsWay(TravelFixture browser)
{
    private const string Code = "MAU-04456-1", Support = "Hỗ trợ", Decision = "Quyết định";

    [Fact]
    public async Task From_the_first_assessment_through_support_and_exit_and_back()
    {
        await browser.ToAsync(new(2026, 3, 2));
        await RegisterAsync();

        // Scores propose, the meeting consents, the decision constitutes.
        await DoAsync("Đánh giá", null, "Rà soát theo", async form =>
        {
            await form.Locator("#f-area").SelectOptionAsync("rural");
            await form.Locator("#f-scoreA").FillAsync("120");
            await form.Locator("#f-scoreB").FillAsync("40");
        });
        await DoAsync("Họp thôn", Decision, "Họp thôn về đề xuất", form => MeetingAsync(form, "poor", 32, 30));
        await DoAsync("Quyết định phân loại", Decision, "Vào danh sách hộ nghèo", form => ClassAsync(form, "poor", "17/QĐ-UBND"));

        // A buffalo, under conditions.
        await DoAsync("Thoả thuận hỗ trợ", Support, "Thoả thuận hỗ trợ: Hỗ trợ vật nuôi", async form =>
        {
            await form.Locator("#f-instrument").SelectOptionAsync("livestock");
            await DateAsync(form, "#f-start", new(2026, 3, 2));
            await DateAsync(form, "#f-end", new(2027, 3, 1));
            await TypeAsync(form.Locator("#f-amount"), "20000000");
            await form.Locator("#f-funding").GetByRole(AriaRole.Button, new() { Name = "Thêm" }).First.ClickAsync();
            await TypeAsync(form.Locator("#f-funding input"), "20000000");
            await ConditionAsync(form, 0, "vaccinate", new(2026, 4, 30));
            await ConditionAsync(form, 1, "keep_animals", new(2026, 7, 31));
            await ConditionAsync(form, 2, "report_progress", new(2026, 9, 30));
        });

        // The first is missed the day after, and met late.
        await browser.ToAsync(new(2026, 5, 1));
        await SeesAsync("Không đạt điều kiện đúng hạn 30/04/2026");
        await DoAsync("Xác nhận đạt điều kiện", Support, "Đạt điều kiện", async form =>
        {
            await form.Locator("#f-condition").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await form.Locator("#f-note").FillAsync("Có phiếu tiêm của thú y xã.");
        });

        // The second is waived, with a reason.
        await DoAsync("Miễn điều kiện", Support, "Miễn điều kiện", async form =>
        {
            await form.Locator("#f-condition").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await form.Locator("#f-reason").FillAsync("Rét hại, con giống yếu, xã đồng ý miễn.");
        });

        // The clock stands still for 61 days: what was due on 30 September is due on 30 November.
        await browser.ToAsync(new(2026, 8, 1));
        await DoAsync("Tạm dừng hỗ trợ", Support, "Tạm dừng hỗ trợ", async form =>
        {
            await form.Locator("#f-support").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await form.Locator("#f-reason").FillAsync("Chủ hộ nằm viện.");
        });
        await browser.ToAsync(new(2026, 10, 1));
        await SeesAsync("tạm dừng từ 01/08/2026", "section.agreements");
        await DoAsync("Tiếp tục hỗ trợ", Support, "Tiếp tục hỗ trợ", form => form.Locator("#f-support").SelectOptionAsync(new SelectOptionValue { Index = 1 }));
        await SeesAsync("30/11/2026", "section.agreements");
        await DoAsync("Xác nhận đạt điều kiện", Support, "Báo cáo kết quả định kỳ", async form =>
        {
            await form.Locator("#f-condition").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await form.Locator("#f-note").FillAsync("Trâu khoẻ, đã có nghé.");
        });

        // Its own wish to leave, and the review that finds the same.
        await DoAsync("Nhận đơn tự nguyện thoát nghèo", Decision, "Hộ có đơn tự nguyện thoát nghèo", async form =>
        {
            await form.Locator("#f-wording").FillAsync("Gia đình đã có trâu, có ruộng, xin nhường hỗ trợ cho hộ khác.");
            await form.Locator("#f-witness").FillAsync("Trưởng bản mẫu");
        });
        await browser.ToAsync(new(2026, 11, 20));
        await DoAsync("Đánh giá", null, "Rà soát theo", async form =>
        {
            await form.Locator("#f-area").SelectOptionAsync("rural");
            await form.Locator("#f-scoreA").FillAsync("165");
            await form.Locator("#f-scoreB").FillAsync("10");
        });
        await DoAsync("Họp thôn", Decision, "Họp thôn về đề xuất", form => MeetingAsync(form, "not_poor", 35, 33));
        await browser.ToAsync(new(2026, 12, 15));
        await DoAsync("Quyết định phân loại", Decision, "Thoát nghèo, vượt chuẩn cận nghèo", form => ClassAsync(form, "not_poor", "203/QĐ-UBND"));
        await LetterAsync();

        // Confirmed at two reviews, under the standard that came meanwhile.
        foreach (var year in new[] { 2027, 2028 })
        {
            await browser.ToAsync(new(year, 12, 15));
            await DoAsync("Xác nhận không tái nghèo", Decision, "Rà soát xác nhận không tái nghèo", _ => Task.CompletedTask);
        }

        // And back: the exit stays on record beside the return.
        await browser.ToAsync(new(2029, 9, 3));
        await DoAsync("Quyết định tái nghèo", Decision, "Tái nghèo", async form =>
        {
            await form.Locator("#f-cause").SelectOptionAsync("deterioration");
            await form.Locator("#f-decisionNumber").FillAsync("88/QĐ-UBND");
        });
        await using var reader = await OpenAsync();
        foreach (var told in new[] { "Tái nghèo", "Thoát nghèo, vượt chuẩn cận nghèo", "Hoàn thành hỗ trợ", "Không đạt điều kiện đúng hạn 30/04/2026", "Miễn điều kiện", "Tạm dừng hỗ trợ" })
            await Expect(reader.Timeline.Filter(new() { HasText = told }).First).ToBeAttachedAsync();
        await Expect(reader.Timeline.Filter(new() { HasText = "Không đạt điều kiện" })).ToHaveCountAsync(1);
        await Expect(reader.Timeline.Filter(new() { HasText = "Rà soát xác nhận không tái nghèo" })).ToHaveCountAsync(2);
        reader.Complaints.ShouldBeEmpty();
    }

    private async Task RegisterAsync()
    {
        var place = PlaceCatalog.Default.Resolve("04456", browser.Today)!.Id;
        var received = await browser.Get<CommandDesk>().RegisterAsync(
            Actor.Operator, "register", new RegisterHousehold(Code, browser.Today, place, "Bản Mẫu", "Giàng A Mẫu", Sex.Male, 1985, null, null, "Mông", true, 5, 2, false, Area.Rural), CancellationToken.None);
        received.Reception.ShouldBe(Reception.Accepted);
        await browser.ShownAsync();
    }

    private async Task<Reader> OpenAsync()
    {
        var reader = await browser.OpenAsync($"/ho-dan/{Code}");
        await reader.AtHouseholdAsync(Code);
        return reader;
    }

    /// <summary>Opens a form, fills it in, hands it in, and sees on the timeline what it came to.</summary>
    private async Task DoAsync(string form, string? menu, string told, Func<ILocator, Task> fill)
    {
        await using var reader = await OpenAsync();
        var before = await reader.Timeline.Filter(new() { HasText = told }).CountAsync();
        await reader.OpenFormAsync(form, menu);
        await fill(reader.Form);
        await reader.SendAsync();
        await Expect(reader.Timeline.Filter(new() { HasText = told })).ToHaveCountAsync(before + 1);
        reader.Complaints.ShouldBeEmpty();
        await browser.ShownAsync();
    }

    private async Task SeesAsync(string text, string within = ".timeline")
    {
        await using var reader = await OpenAsync();
        await Expect(reader.Page.Locator(within).First).ToContainTextAsync(text);
    }

    /// <summary>The letter says what was decided, on what, and how to contest it; its picture is kept.</summary>
    private async Task LetterAsync()
    {
        await using var reader = await OpenAsync();
        var letter = reader.Page.Locator("a[href*='/thu/']").First;
        await letter.ClickAsync();
        var sheet = reader.Page.Locator("main");
        foreach (var said in new[] { "203/QĐ-UBND", "165", "33", "Giàng A Mẫu" }) await Expect(sheet).ToContainTextAsync(said);
        (await reader.Page.ScreenshotAsync(new() { FullPage = true })).Length.ShouldBeGreaterThan(10_000);
        reader.Complaints.ShouldBeEmpty();
    }

    private static async Task MeetingAsync(ILocator form, string proposed, int present, int agreed)
    {
        await form.Locator("#f-proposed").SelectOptionAsync(proposed);
        await form.Locator("#f-present").FillAsync($"{present}");
        await form.Locator("#f-agreed").FillAsync($"{agreed}");
    }

    private static async Task ClassAsync(ILocator form, string @class, string number)
    {
        await form.Locator("#f-class").SelectOptionAsync(@class);
        await form.Locator("#f-decisionNumber").FillAsync(number);
    }

    private static async Task ConditionAsync(ILocator form, int at, string kind, DateOnly due)
    {
        await form.Locator("#f-conditions > p button").ClickAsync();
        await form.Locator($"#f-conditions-{at}-kind").SelectOptionAsync(kind);
        await form.Locator($"#f-conditions-{at}-evidence").SelectOptionAsync("note");
        await DateAsync(form, $"#f-conditions-{at}-due", due);
    }

    private static async Task DateAsync(ILocator form, string field, DateOnly day) => await TypeAsync(form.Locator(field), $"{day:dd/MM/yyyy}");

    private static async Task TypeAsync(ILocator input, string text)
    {
        await input.FillAsync(text);
        await input.PressAsync("Tab");
    }
}
