using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using CsvHelper;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Durability;

/// <summary>A store into which the twenty households of the durability contract were imported, reviews and all.</summary>
[UnsupportedOSPlatform("windows")]
public class TwentyHouseholds : TestStore
{
    protected override async Task FillAsync()
    {
        foreach (var file in new[] { "events.csv", "reviews.csv" })
            (await ImportAsync(Path.Combine(AppContext.BaseDirectory, "Import", "domain_small", file))).Refused.ShouldBe(0);
        await CatchUpAsync();
    }

    public Task<JsonNode> GetAsync(string address, HttpClient? by = null) => this.GetJsonAsync(address, by);
}

/// <summary>Files of reference figures, made elsewhere in R.</summary>
public static class Reference
{
    [UnsupportedOSPlatform("windows")]
    public static async Task<JsonNode> GetJsonAsync(this TestStore store, string address, HttpClient? by = null)
    {
        using var response = await (by ?? store.Http).GetAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{address}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>The parameters of a reading of the twenty households.</summary>
    public static string Run(string run)
    {
        var row = Rows("runs.csv").Single(r => r["run"] == run);
        return $"asOf={row["as_of"]}&knownAt={row["known_at"]}"
            + (row["censoring"] == "as_of" ? "&censoring=asOf" : "") + (row["standard_change"] == "event" ? "&standardChange=event" : "");
    }

    public static IReadOnlyList<Dictionary<string, string>> Rows(string file)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "oracle", file));
        using var csv = CsvReader.Create(stream);
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read()) rows.Add(csv.Headers.ToArray().ToDictionary(h => h, h => csv.GetString(h)));
        return rows;
    }

    /// <summary>By group, as <c>column=value</c> names it, with the parameter that asks for it.</summary>
    public static IEnumerable<(string Stratum, string GroupBy, string Group, List<Dictionary<string, string>> Rows)> Strata(string file) =>
        Rows(file).GroupBy(r => r["stratum"]).Select(g => g.Key.Split('=') is [var column, var value] ? (g.Key, $"&groupBy={column}", value, g.ToList()) : (g.Key, "", "all", g.ToList()));

    /// <summary>The reference writes group names without blanks.</summary>
    public static JsonNode Group(this JsonNode answer, string group) =>
        answer["groups"]!.AsArray().Single(g => g!["group"]!.GetValue<string>().Replace(" ", "") == group)!;

    /// <summary>An empty field asks for nothing.</summary>
    public static void ShouldAgree(this JsonNode? actual, string expected, string where, double tolerance = 1e-9)
    {
        if (expected is "" or "Inf")
        {
            actual.ShouldBeNull(where);
            return;
        }
        var number = double.Parse(expected, CultureInfo.InvariantCulture);
        actual.ShouldNotBeNull($"{where}: nothing against {expected}");
        Math.Abs(actual.GetValue<double>() - number).ShouldBeLessThanOrEqualTo(tolerance * Math.Max(1e-3, Math.Abs(number)), $"{where}: {actual} against {expected}");
    }
}
