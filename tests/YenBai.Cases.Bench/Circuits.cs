using System.Globalization;
using Microsoft.Playwright;

namespace YenBai.Cases.Bench;

/// <summary>Pages that stay open before their readers, and what the server keeps for each.</summary>
internal static class Circuits
{
    private const int AtATime = 4;

    public static async Task RunAsync(Options options, Report report, string data, HttpClient client)
    {
        var live = options.Size.Circuits;
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(chromium))
        {
            report.Figure($"{live} live circuits", "not measured: no Chromium (CHROMIUM=…)");
            return;
        }
        // A server of its own: what others left behind in its memory would hide what a circuit takes.
        var (process, _) = await Server.ServeAsync(options, data, client, Server.Life);
        try
        {
            await SignIn.AsAsync(client, SignIn.Manager);
            var codes = await Access.CodesAsync(client);
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = chromium,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
            await using var context = await browser.NewContextAsync(new() { BaseURL = Server.Address });
            await context.APIRequest.PostAsync("/api/login?cookie=true", new() { DataObject = SignIn.Of(SignIn.Manager) });

            // What is compiled and kept once is no circuit's.
            foreach (var circuit in await OpenAsync(context, codes.Take(AtATime))) await circuit.CloseAsync();
            var before = Server.Status(process.Id, "VmRSS") / 1024.0;
            var circuits = await OpenAsync(context, codes.TakeLast(live));
            var after = Server.Status(process.Id, "VmRSS") / 1024.0;

            foreach (var circuit in circuits.Where(c => c.Broken is not null).Take(5)) Console.Error.WriteLine($"  {circuit.Broken}");
            report.Figure($"{live} live circuits, a household and a form each: memory of the server; before them", Megabytes(after), Megabytes(before));
            report.Figure("… a circuit", Megabytes((after - before) / live));
            report.Errors("… circuits that broke", circuits.Count(c => c.Broken is not null));
        }
        finally
        {
            await Server.StopAsync(process);
        }
    }

    private static async Task<List<Circuit>> OpenAsync(IBrowserContext context, IEnumerable<string> codes)
    {
        var circuits = new List<Circuit>();
        foreach (var some in codes.Chunk(AtATime)) circuits.AddRange(await Task.WhenAll(some.Select(code => Circuit.OpenAsync(context, code))));
        foreach (var some in circuits.Where(c => c.Broken is null).Chunk(AtATime)) await Task.WhenAll(some.Select(c => c.UseAsync()));
        return circuits;
    }

    private static string Megabytes(double number) => string.Create(CultureInfo.InvariantCulture, $"{number:n1} MB");

    /// <summary>One open page, and the first that went wrong with it.</summary>
    private sealed class Circuit
    {
        private readonly IPage page;

        private Circuit(IPage page)
        {
            this.page = page;
            page.PageError += (_, error) => Broke(error);
            page.Console += (_, message) => Broke(message.Type == "error" ? message.Text : null);
            page.WebSocket += (_, socket) => socket.Close += (_, _) => Broke("the connection was closed");
        }

        public string? Broken { get; private set; }

        public static async Task<Circuit> OpenAsync(IBrowserContext context, string code)
        {
            var circuit = new Circuit(await context.NewPageAsync());
            await circuit.TryAsync(async page =>
            {
                await page.GotoAsync($"/ho-dan/{Uri.EscapeDataString(code)}");
                await page.Locator("[data-interactive=true]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            });
            return circuit;
        }

        /// <summary>Opens a form and closes it.</summary>
        public Task UseAsync() => TryAsync(async page =>
        {
            await page.Locator(".actions > button").First.ClickAsync();
            await page.Locator("form.panel-form").WaitForAsync();
            await page.Locator("form.panel-form .buttons button[type=button]").ClickAsync();
            await page.Locator("form.panel-form").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        });

        public Task CloseAsync() => page.CloseAsync();

        private async Task TryAsync(Func<IPage, Task> what)
        {
            try
            {
                await what(page);
            }
            catch (Exception e) when (e is PlaywrightException or TimeoutException)
            {
                Broke(e.Message);
            }
        }

        private void Broke(string? how) => Broken ??= how;
    }
}
