// The pictures of the README: `ops/pictures` starts a demonstration province and runs this.
#:package Microsoft.Playwright
#:property PublishAot=false

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

const string Password = "thoat-ngheo-ben-vung";
var (address, folder) = (args[0], args[1]);

using var http = new HttpClient { BaseAddress = new(address) };
var login = await http.PostAsJsonAsync("/api/login", new { userName = "demo-manager", password = Password });
http.DefaultRequestHeaders.Authorization = new("Bearer", (string)JsonNode.Parse(await login.Content.ReadAsStringAsync())!["accessToken"]!);

// A household with an agreement under way and a decision that has a letter.
var agreements = JsonNode.Parse(await http.GetStringAsync("/api/supports?state=active"))!;
var items = (agreements as JsonArray ?? agreements["items"]!.AsArray()).Where(s => s!["conditions"]!.AsArray().Count > 2).ToList();
string household = "", letter = "";
foreach (var code in items.Select(s => (string)s!["household"]!).Distinct())
{
    var facts = JsonNode.Parse(await http.GetStringAsync($"/api/households/{Uri.EscapeDataString(code)}/events"))!.AsArray();
    if (facts.LastOrDefault(f => (string)f!["type"]! == "class_decided" && f["annulledBy"] is null) is not { } decided) continue;
    (household, letter) = (code, $"/ho-dan/{code}/thu/{decided["version"]}");
    break;
}

using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM"), Args = ["--no-sandbox", "--disable-gpu"] });

await TakeAsync("demo-manager", 1440, 900,
    ("home", "/"), ("households", "/ho-dan"), ("household", $"/ho-dan/{household}"), ("plan", "/ke-hoach/2021"), ("supports", "/ho-tro"), ("movement", "/bien-dong"), ("watch", "/theo-doi-tai-ngheo"));
await TakeAsync("demo-manager", 1440, 1000, ("durability", "/do-ben-thoat-ngheo?groupBy=voluntary"));
await TakeAsync("demo-caseworker", 1440, 900, ("work", "/viec-cua-toi"));
await TakeAsync("demo-administrator", 1440, 900, ("import", "/nhap-du-lieu"));
await TakeAsync("demo-manager", 390, 844, ("household-phone", $"/ho-dan/{household}"));
await TakeAsync("demo-manager", 1440, 1250, ("letter", letter));

async Task TakeAsync(string who, int width, int height, params (string Name, string Path)[] pages)
{
    await using var context = await browser.NewContextAsync(new() { BaseURL = address, ViewportSize = new() { Width = width, Height = height } });
    var signedIn = await context.APIRequest.PostAsync("/api/login?cookie=true", new() { DataObject = new { userName = who, password = Password } });
    if (!signedIn.Ok) throw new InvalidOperationException($"{who} could not sign in: {signedIn.Status}");
    var page = await context.NewPageAsync();
    foreach (var (name, path) in pages)
    {
        var answer = await page.GotoAsync(path);
        if (answer?.Ok != true) throw new InvalidOperationException($"{path}: {answer?.Status}");
        await page.WaitForFunctionAsync("() => !document.querySelector('.skeleton, [data-interactive=false]')");
        await page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
        var file = Path.Combine(folder, name + ".png");
        if (name == "letter") await page.Locator(".letter").ScreenshotAsync(new() { Path = file });
        else await page.ScreenshotAsync(new() { Path = file });
        Console.WriteLine($"{name}: {path}");
    }
}
