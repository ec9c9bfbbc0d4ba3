using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>Somebody before a page, and what the browser complained of.</summary>
public sealed class Reader : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    public Reader(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        // A page that is not there is answered with 404, which the browser reports like any resource; that is no fault of the page.
        page.Console += (_, message) =>
        {
            // What the policy forbade inside the page is told at the page's address as well: that is one.
            var missing = message.Text.Contains("404", StringComparison.Ordinal) && message.Location.StartsWith(page.Url, StringComparison.Ordinal);
            if (message.Type == "error" && !missing) complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && !response.Request.IsNavigationRequest) complaints.Add($"{response.Status} {response.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, resources that are not there, violations of the content security policy.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public ILocator Form => Page.Locator("form.panel-form");

    public ILocator Timeline => Page.Locator(".timeline li");

    /// <summary>Until every part of the page that has a circuit is live.</summary>
    public async Task LiveAsync()
    {
        await Expect(Page.Locator("[data-interactive=true]").First).ToBeAttachedAsync();
        await Expect(Page.Locator("[data-interactive=false]")).ToHaveCountAsync(0);
    }

    /// <summary>Where the browser says what became of a form.</summary>
    public ILocator Outcome => Page.Locator("#outbox");

    public async Task AtHouseholdAsync(string code)
    {
        await Expect(Page.Locator("main h1 .code")).ToHaveTextAsync(code);
        await LiveAsync();
    }

    /// <summary>Opens a form by its button, or by the menu that it is in.</summary>
    public async Task OpenFormAsync(string name, string? menu = null)
    {
        var actions = Page.Locator(".actions");
        if (menu is not null) await actions.Locator("summary", new() { HasText = menu }).ClickAsync();
        var button = actions.GetByRole(AriaRole.Button, new() { Name = name, Exact = false });
        // What does not fit the household is folded away at the end of the menu.
        if (menu is not null && !await button.IsVisibleAsync()) await actions.Locator("details[open] .rest > summary").ClickAsync();
        await button.ClickAsync();
        await Expect(Form).ToBeVisibleAsync();
    }

    /// <summary>By the mouse, as most people do; the button does not move.</summary>
    public Task SendAsync() => Form.Locator("button[type=submit]").ClickAsync();

    /// <summary>The field that something is wrong with.</summary>
    public ILocator Wrong(string label) => Form.Locator(".field.wrong", new() { HasText = label }).Locator(".wrong-says");

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
