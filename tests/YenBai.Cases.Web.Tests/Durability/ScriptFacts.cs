using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using MiniExcelLibs;

namespace YenBai.Cases.Web.Tests.Durability;

/// <summary>What was shown can be reckoned again elsewhere, in R, from the exported spells; and taken along as a table.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class ScriptFacts(ReportAccessFacts.ThreeHundredHouseholds store, TwentyHouseholds few) : IClassFixture<ReportAccessFacts.ThreeHundredHouseholds>, IClassFixture<TwentyHouseholds>
{
    private const string Base = "asOf=2022-06-30";

    /// <summary>Runs the script on the very file that it names.</summary>
    private async Task<(int ExitCode, string Said)> RunAsync(string question, HttpClient by, Func<string, string>? tamper = null)
    {
        var folder = Directory.CreateTempSubdirectory("yenbai-cases-r-");
        try
        {
            var script = await by.GetStringAsync($"/api/durability/script?{question}");
            // A script for published figures has its table inside and names no file.
            var spells = Address().Match(script) is { Success: true } address ? await by.GetStringAsync(new Uri(address.Value).PathAndQuery) : "";
            var (scriptFile, spellFile) = (Path.Combine(folder.FullName, "exit-durability.R"), Path.Combine(folder.FullName, "spells.csv"));
            await File.WriteAllTextAsync(scriptFile, script);
            await File.WriteAllTextAsync(spellFile, tamper is null ? spells : tamper(spells));
            using var r = Process.Start(new ProcessStartInfo("Rscript", ["--vanilla", scriptFile, spellFile]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var output = r.StandardOutput.ReadToEndAsync();
            var said = await r.StandardError.ReadToEndAsync() + await output;
            await r.WaitForExitAsync();
            return (r.ExitCode, said);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("&groupBy=district&timeScale=reviews")]
    [InlineData("&groupBy=voluntary&strata=district&interval=log&level=0.9")]
    [InlineData("&groupBy=cohort&interval=plain&variance=greenwood&censoring=asOf&standardChange=event")]
    [InlineData("&groupBy=support&scope=first&moveOut=censor&tau=500")]
    [InlineData("&groupBy=commune&timeScale=reviews&moveOut=censor")]
    [InlineData("&groupBy=ownRequest&strata=merit,depth&timeScale=reviews&model=logit&covariates=voluntary,support")]
    [InlineData("&groupBy=voluntary&timeScale=reviews&model=cloglog&covariates=voluntary,district")]
    [InlineData("&groupBy=voluntary&strata=district&model=cox&covariates=voluntary,support")]
    [InlineData("&timeScale=reviews&model=cox&covariates=voluntary")]
    public async Task R_makes_the_numbers_again_from_the_exported_spells(string more)
    {
        var (code, said) = await RunAsync(Base + more, store.Http);

        code.ShouldBe(0, said);
        var checkedNumbers = Regex.Match(said, @"All (\d+) numbers are those that were shown");
        checkedNumbers.Success.ShouldBeTrue(said);
        int.Parse(checkedNumbers.Groups[1].Value).ShouldBeGreaterThan(20);
    }

    /// <summary>Among the twenty some left twice, some were taken over long after their exit, some moved or are no more.</summary>
    [Theory]
    [InlineData("A", ""), InlineData("B", ""), InlineData("C", ""), InlineData("D", "")]
    [InlineData("A", "&timeScale=reviews"), InlineData("B", "&timeScale=reviews&groupBy=voluntary&strata=district"), InlineData("C", "&timeScale=reviews&moveOut=censor&groupBy=standard")]
    [InlineData("D", "&groupBy=district&strata=voluntary&interval=log&scope=first"), InlineData("A", "&depth=broad&groupBy=cohort&variance=greenwood")]
    public async Task R_makes_the_reference_figures_again(string run, string more)
    {
        var (code, said) = await RunAsync(Reference.Run(run) + more, few.Http);

        code.ShouldBe(0, said);
        said.ShouldContain("numbers are those that were shown");
    }

    [Theory]
    [InlineData("&groupBy=district")]
    [InlineData("&timeScale=reviews&groupBy=voluntary&strata=district")]
    [InlineData("&timeScale=reviews&groupBy=voluntary&model=logit&covariates=voluntary,support")]
    [InlineData("&groupBy=voluntary&model=cox&covariates=voluntary")]
    public async Task R_makes_the_published_numbers_again_from_the_table_inside_the_script(string more)
    {
        var (code, said) = await RunAsync(Base + more, store.People["evaluator"]);

        code.ShouldBe(0, said);
        said.ShouldContain("numbers are those that were shown");
    }

    [Fact]
    public async Task R_finds_that_a_spell_was_left_out_of_the_file()
    {
        var (code, said) = await RunAsync($"{Base}&groupBy=district", store.Http, file => string.Join('\n', file.Split('\n').Where((_, i) => i != 40)));

        code.ShouldNotBe(0);
        said.ShouldContain("numbers differ");
    }

    [Fact]
    public async Task Row_by_row_an_evaluator_gets_no_commune_and_no_ethnic_origin()
    {
        var evaluator = store.People["evaluator"];

        foreach (var address in new[] { "script?covariates=commune", "script?covariates=ethnicMinority", "spells?with=commune", "spells?format=csv&with=depth,ethnicMinority" })
        {
            using var answer = await evaluator.GetAsync($"/api/durability/{address}");
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, address);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("column_withheld");
        }
        (await evaluator.GetStringAsync("/api/durability/spells?format=csv&with=support")).Split('\n')[0].Trim().ShouldEndWith(",period,entry_period,district_code");
        (await evaluator.GetAsync("/api/durability/spells?format=csv&with=depth")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await store.Http.GetStringAsync("/api/durability/spells?format=csv&with=commune")).ShouldContain($",{ReportAccessFacts.ThreeHundredHouseholds.Commune}");
    }

    [Fact]
    public async Task The_table_has_what_the_curve_has()
    {
        var curve = await store.GetAsync($"/api/durability/curve?{Base}&groupBy=district");
        var lines = (await store.Http.GetStringAsync($"/api/durability/table?{Base}&groupBy=district")).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

        var expected = curve["groups"]!.AsArray().SelectMany(g => g!["horizons"]!.AsArray().Select(h => (Group: g["group"]!.ToString(), Horizon: h!["horizon"]!.ToString(), Survival: h["survival"]?.ToString() ?? "")));
        lines[0].ShouldStartWith("group,horizon,at_risk,survival,std_err,lower,upper,beyond_follow_up,reason");
        lines[1..].Select(l => l.Split(',')).Select(c => (Group: c[0], Horizon: c[1], Survival: c[3])).ShouldBe(expected);

        var book = new MemoryStream(await store.Http.GetByteArrayAsync($"/api/durability/table?format=xlsx&{Base}&groupBy=district"));
        book.GetSheetNames().Count.ShouldBe(3);
        book.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().Count().ShouldBe(lines.Length - 1);
    }

    [GeneratedRegex(@"https?://\S+/api/durability/spells\S+")]
    private static partial Regex Address();
}
