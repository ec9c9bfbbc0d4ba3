using System.Globalization;
using Marten;
using Microsoft.Extensions.Localization;
using Microsoft.Playwright;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Decisions;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Privacy;
using YenBai.Cases.Registering;
using YenBai.Cases.Support;
using YenBai.Cases.Visits;
using YenBai.Cases.Web.Components.Forms;
using YenBai.Cases.Web.Components.Needs;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>
/// Every form of the household's page, by mouse and by keyboard, on a processor slowed six times and a line of 400 kbit/s that
/// is cut for ten seconds at one of four moments: nothing is lost, nothing is recorded twice, the outcome is said.
/// </summary>
[Collection(Browsers.Second)]
public sealed class FormsOnABadLine(BrowserFixture browser)
{
    private const int SlowedBy = 6;
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(10);
    private static int households;

    public enum Hand { Mouse, Keyboard }

    public enum Cut { BeforeOpening, WhileTyping, BeforeTheAnswer, AfterTheAnswer }

    // One of each kind of field and of each way to open; the rest is asked for with CASES_EVERY_FORM=1 and takes some hours.
    private static readonly string[] Ordinary = ["record-visit", "annul", "set-plan", "record-assessment"];

    public static TheoryData<string, Hand, Cut> Cases
    {
        get
        {
            var cases = new TheoryData<string, Hand, Cut>();
            var all = CommandForms.All.Where(f => f != CommandForms.Register).Select(f => f.Name);
            if (Environment.GetEnvironmentVariable("CASES_EVERY_FORM") == "1")
                foreach (var (form, hand, cut) in from f in all from h in Enum.GetValues<Hand>() from c in Enum.GetValues<Cut>() select (f, h, c)) cases.Add(form, hand, cut);
            else
                foreach (var cut in Enum.GetValues<Cut>())
                {
                    cases.Add(Ordinary[(int)cut], Hand.Mouse, cut);
                    cases.Add(Ordinary[((int)cut + 1) % Ordinary.Length], Hand.Keyboard, cut);
                }
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Nothing_is_lost_nothing_twice_and_the_outcome_is_said(string name, Hand hand, Cut cut)
    {
        var code = await HouseholdAsync();
        var before = (await EventsAsync(code)).Count;
        await using var line = new ThrottledLine(browser.Address);
        await using var reader = await browser.OpenAsync($"/ho-dan/{code}", line: line.Address);
        var devtools = await reader.Page.Context.NewCDPSessionAsync(reader.Page);
        await devtools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = SlowedBy });
        await reader.AtHouseholdAsync(code);

        var mended = cut == Cut.BeforeOpening ? GoneAsync(line) : null;
        var form = CommandForms.Named(name);
        await OpenAsync(reader, form, hand);
        if (cut == Cut.WhileTyping) mended = GoneAsync(line);
        await Expect(reader.Form).ToBeVisibleAsync();
        await FillAsync(reader.Form, form);
        var lost = cut == Cut.BeforeTheAnswer ? line.LoseAnswerTo($"{FormEndpoints.Path}/{name}") : null;
        await SendAsync(reader.Form, form, hand);
        var sent = await reader.Form.Locator(".field.wrong").CountAsync() == 0;
        if (sent && lost is not null)
        {
            await lost;
            await Task.Delay(Gone);
            line.Mend();
        }

        // What cannot be filled in, since the household has nothing to choose from, says so at the field.
        var outcome = reader.Page.Locator("#outbox:is(.done, .odd, .failed)");
        await Expect(sent ? outcome : reader.Form.Locator(".field.wrong .wrong-says").First).ToBeVisibleAsync();
        if (mended is not null) await mended;
        if (cut == Cut.AfterTheAnswer) await GoneAsync(line);

        var recorded = (await EventsAsync(code)).Skip(before).ToList();
        if (sent && await reader.Page.Locator("#outbox:is(.done, .odd)").CountAsync() > 0)
        {
            recorded.Select(e => e.CausationId).Distinct().Count().ShouldBe(1, "recorded once");
            await Expect(reader.Form).ToHaveCountAsync(0);
            await Expect(reader.Page.Locator($"#v{recorded[^1].Version}, .annulled").First).ToBeAttachedAsync();
        }
        else
        {
            Ordinary.ShouldNotContain(name);
            recorded.ShouldBeEmpty();
            await Expect(reader.Form).ToBeVisibleAsync();
        }
    }

    /// <summary>What the circuit asks of the page's scripts: to hear of recorded forms, to open what a link asks for, for a draft.</summary>
    [Theory]
    [InlineData("/ho-dan/{0}", "cases.hear", false)]
    [InlineData("/ho-tro/thoa-thuan/{1}", "cases.hear", false)]
    [InlineData("/ho-tro/thoa-thuan/{1}", "cases.openLinks", false)]
    [InlineData("/ho-dan/{0}", "cases.draft", true)]
    public async Task A_call_to_the_page_that_a_broken_line_loses_is_made_again(string page, string call, bool atOpening)
    {
        var code = await HouseholdAsync();
        await using var line = new ThrottledLine(browser.Address);
        var agreed = (await EventsAsync(code)).Select(e => e.Data).OfType<SupportAgreed>().Single().SupportId;
        var lost = line.LoseCallOf(call);
        await using var reader = await browser.OpenAsync(string.Format(CultureInfo.InvariantCulture, page, code, agreed), line: line.Address);
        if (!atOpening) await BrokenAsync();

        var form = CommandForms.Named(page.StartsWith("/ho-dan", StringComparison.Ordinal) ? "record-visit" : "suspend-support");
        if (form.Name == "record-visit") await OpenAsync(reader, form, Hand.Mouse);
        else await reader.Page.Locator($"main a[data-do={form.Name}]").ClickAsync();
        if (atOpening) await BrokenAsync();
        await Expect(reader.Form.Locator("#f-on")).ToBeVisibleAsync();
        await FillAsync(reader.Form, form);
        await SendAsync(reader.Form, form, Hand.Mouse);

        await Expect(reader.Page.Locator("#outbox:is(.done, .odd)")).ToBeVisibleAsync();
        await Expect(reader.Form).ToHaveCountAsync(0);

        async Task BrokenAsync()
        {
            await lost;
            await Expect(reader.Page.Locator("html.offline")).ToBeAttachedAsync();
            line.Mend();
            await Expect(reader.Page.Locator("html.offline")).ToHaveCountAsync(0);
        }
    }

    private static async Task GoneAsync(ThrottledLine line)
    {
        line.Cut();
        await Task.Delay(Gone);
        line.Mend();
    }

    /// <summary>A household with something of everything, so that most forms have what they are about.</summary>
    private async Task<string> HouseholdAsync()
    {
        var code = $"DUONG-{Interlocked.Increment(ref households)}";
        var today = browser.Today;
        var place = PlaceCatalog.Default.Resolve("04456", today)!.Id;
        (await browser.Get<CommandDesk>().RegisterAsync(
            Actor.Operator, code, new RegisterHousehold(code, today.AddDays(-800), place, "Bản Mẫu", "Giàng A Thử", Sex.Male, 1985, null, null, "Mông", true, 5, 2, false, Area.Rural), CancellationToken.None)).Reception.ShouldBe(Reception.Accepted);
        foreach (var command in new HouseholdCommand[]
        {
            new DecideClass(today.AddDays(-700), Households.PovertyStandards.InForce(today.AddDays(-700)).Code, PovertyClass.Poor, "1/QĐ-UBND", EntryCause.Deterioration, null),
            new GiveConsent(today.AddDays(-600), ConsentScope.SponsorSharing, ConsentForm.Written, null),
            new AgreeSupport(today.AddDays(-40), "production_means", 5_000_000, [new(FundingSource.Programme, 5_000_000)], today.AddDays(-40), today.AddDays(25), null, null,
                [new("vaccinate", null, null, today.AddDays(10), null, Evidence.None), new("report_progress", null, null, today.AddDays(20), null, Evidence.Note)]),
            new GrantLoan(today.AddDays(-30), 10_000_000, 24, null, null), new JoinTraining(today.AddDays(-30), "Chăn nuôi", null), new SupportLivestock(today.AddDays(-30), Livestock.Pig, 2, null),
            new LodgeComplaint(today.AddDays(-20), ComplaintAbout.Other, "Chưa nhận được thông báo."), new RecordVisit(today.AddDays(-10), "Thăm lần trước."),
        }) await browser.SubmitAsync(code, command);
        return code;
    }

    private async Task<IReadOnlyList<JasperFx.Events.IEvent>> EventsAsync(string code)
    {
        await using var session = browser.Get<IDocumentStore>().QuerySession();
        return await session.Events.FetchStreamAsync(Ids.Household(code));
    }

    private async Task OpenAsync(Reader reader, CommandForm form, Hand hand)
    {
        var actions = reader.Page.Locator(".actions > *");
        var place = CommandForms.Groups.ToList().FindIndex(g => g.Forms.Contains(form));
        var group = place < 0 ? null : CommandForms.Groups[place];
        if (group is { Forms.Count: > 1 }) await ActAsync(actions.Nth(place).Locator("> summary"), hand);
        // The menu puts what fits the household first: the form is known by its name.
        var name = InVietnamese(form);
        if (group is { Forms.Count: > 1 } && !await actions.Nth(place).GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).IsVisibleAsync())
            await ActAsync(actions.Nth(place).Locator(".rest > summary"), hand);
        await ActAsync(form == CommandForms.Annul ? reader.Timeline.Filter(new() { HasText = "Thăm lần trước." }).GetByRole(AriaRole.Button)
            : form == NeedForms.Plan ? reader.Page.Locator(".household-needs > p > button.link")
            : group!.Forms.Count == 1 ? actions.Nth(place) : actions.Nth(place).GetByRole(AriaRole.Button, new() { Name = name, Exact = true }), hand);
    }

    private string InVietnamese(CommandForm form)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("vi");
        return browser.Get<IStringLocalizer<Web.Words.Texts>>()[$"form.{form.Name}"].Value;
    }

    private static async Task ActAsync(ILocator control, Hand hand)
    {
        if (hand == Hand.Mouse) await control.ClickAsync();
        else
        {
            await control.FocusAsync();
            await control.PressAsync("Enter");
        }
    }

    private async Task FillAsync(ILocator panel, CommandForm form)
    {
        foreach (var field in form.Fields)
        {
            var control = panel.Locator($"#f-{field.Name}");
            var value = field.Kind switch
            {
                FieldKind.Date => field.Name == "on" ? null : browser.Today.AddDays(30).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
                FieldKind.Text => field.Name is "worker" or "owner" ? BrowserFixture.Clerk : field.Name is "newCode" ? $"TACH-{Guid.NewGuid():N}"[..20] : field.Name is "headIdNumber" or "idNumber" or "phone" ? null : "Thử nghiệm",
                FieldKind.LongText => "Ghi trên đường truyền yếu.",
                FieldKind.Number => "1",
                FieldKind.Decimal => "10",
                FieldKind.Money => "1000000",
                _ => null,
            };
            if (value is not null) await control.FillAsync(value);
            else if (field.Kind == FieldKind.Steps)
            {
                await panel.Locator("[data-member=goal]").First.FillAsync("Nuôi thêm một con lợn nái.");
                await panel.Locator("[data-member=by]").First.FillAsync(browser.Today.AddDays(90).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
            }
            else if (field.Kind is not (FieldKind.Date or FieldKind.Given or FieldKind.Together or FieldKind.Codes or FieldKind.Funding or FieldKind.Conditions or FieldKind.Attachments or FieldKind.Text)
                && await control.Locator("option").CountAsync() > 1) await control.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        }
    }

    private static async Task SendAsync(ILocator panel, CommandForm form, Hand hand)
    {
        if (hand == Hand.Mouse) await panel.Locator("button[type=submit]").ClickAsync();
        // Enter in the box of a day sends the form and opens no calendar.
        else if (form.Fields.Any(f => f.Name == "on")) await panel.Locator("#f-on").PressAsync("Enter");
        else await ActAsync(panel.Locator("button[type=submit]"), hand);
    }
}
