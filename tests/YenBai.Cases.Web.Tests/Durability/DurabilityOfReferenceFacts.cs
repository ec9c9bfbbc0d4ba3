using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;

namespace YenBai.Cases.Web.Tests.Durability;

/// <summary>Imported as files and asked over HTTP, the twenty households give the figures that R gives.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DurabilityOfReferenceFacts(TwentyHouseholds store) : IClassFixture<TwentyHouseholds>
{
    private const string Greenwood = "&variance=greenwood";

    private Task<JsonNode> AskAsync(string what, string run, string more = "") => store.GetAsync($"/api/durability/{what}?{Reference.Run(run)}{more}");

    private static string Folded(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    [Theory]
    [InlineData("A"), InlineData("B"), InlineData("C"), InlineData("D")]
    public async Task Spells_agree(string run)
    {
        var expected = Reference.Rows($"{run}_spells.csv");
        var rows = (await AskAsync("spells", run))["rows"]!.AsArray();

        rows.Count.ShouldBe(expected.Count);
        foreach (var (row, cells) in rows.Zip(expected))
            foreach (var (column, value) in cells)
                row![column]!.ToString().ShouldBe(value, $"{run} {cells["household"]} {column}");
    }

    [Theory]
    [InlineData("A"), InlineData("B"), InlineData("C"), InlineData("D")]
    public async Task The_file_of_spells_is_the_reference_with_the_code_of_the_district(string run)
    {
        using var response = await store.Http.GetAsync($"/api/durability/spells?format=csv&{Reference.Run(run)}");

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = (await response.Content.ReadAsStringAsync()).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "oracle", $"{run}_spells.csv")).Select(l => l.Replace("\"", "", StringComparison.Ordinal)).ToArray();
        lines[0].ShouldBe(expected[0] + ",district_code");
        lines[1..].ShouldBe(expected[1..].Select(l => l + (l.Contains("Van Yen", StringComparison.Ordinal) ? ",136" : ",139")));
    }

    [Theory]
    [InlineData("A"), InlineData("B"), InlineData("C"), InlineData("D")]
    public async Task Exclusions_agree_noughts_too(string run)
    {
        var told = (await AskAsync("curve", run))["exclusions"]!.AsArray().Select(x => (x!["rule"]!.GetValue<string>(), x["count"]!.ToString()));

        told.ShouldBe(Reference.Rows($"{run}_exclusions.csv").Select(r => (r["rule"], r["count"])));
    }

    [Theory]
    [InlineData("A"), InlineData("B"), InlineData("C"), InlineData("D")]
    public async Task Curves_agree(string run)
    {
        foreach (var (file, variance) in new[] { ("km_greenwood", Greenwood), ("km_cluster_robust", "") })
            foreach (var (interval, column) in new[] { ("logLog", "loglog"), ("log", "log"), ("plain", "plain") })
                foreach (var (stratum, groupBy, group, rows) in Reference.Strata($"{run}_{file}.csv"))
                {
                    var steps = (await AskAsync("curve", run, $"{groupBy}{variance}&interval={interval}")).Group(group)["steps"]!.AsArray();
                    steps.Count.ShouldBe(rows.Count, stratum);
                    foreach (var (step, row) in steps.Zip(rows))
                    {
                        var where = $"{run} {file} {stratum} {interval} {row["time"]}";
                        foreach (var (name, reference) in new[] { ("time", "time"), ("atRisk", "n_risk"), ("events", "n_event"), ("censored", "n_censor") })
                            step![name]!.ToString().ShouldBe(row[reference], where);
                        step!["survival"].ShouldAgree(row["surv"], where);
                        step["cumHazard"].ShouldAgree(row["cumhaz"], where);
                        // Nobody left, no error; nothing happened yet, no limits on the log-log scale.
                        step["stdErr"].ShouldAgree(row["surv"] == "0" ? "" : row["se_surv"], where);
                        var undefined = row["surv"] == "0" || (row["surv"] == "1" && interval == "logLog");
                        step["lower"].ShouldAgree(undefined ? "" : row[$"lower_{column}"], where);
                        step["upper"].ShouldAgree(undefined ? "" : row[$"upper_{column}"], where);
                    }
                }
    }

    [Theory]
    [InlineData("A"), InlineData("B"), InlineData("C"), InlineData("D")]
    public async Task Horizons_agree(string run)
    {
        foreach (var part in Reference.Rows($"{run}_horizons.csv").GroupBy(r => (By: r["by"], Stratum: r["stratum"])))
        {
            var answer = await AskAsync("curve", run, (part.Key.By == "all" ? "" : $"&groupBy={part.Key.By}") + Greenwood);
            var horizons = answer.Group(part.Key.Stratum.Split('=')[^1])["horizons"]!.AsArray();
            foreach (var (horizon, row) in horizons.Zip(part))
            {
                var where = $"{run} {part.Key.Stratum} {row["horizon"]}";
                horizon!["horizon"]!.ToString().ShouldBe(row["horizon"], where);
                horizon["atRisk"]!.ToString().ShouldBe(row["n_risk"], where);
                horizon["survival"].ShouldAgree(row["surv"], where);
                var settled = row["surv"] is "0" or "1";
                horizon["lower"].ShouldAgree(settled ? "" : row["lower_loglog"], where);
                horizon["upper"].ShouldAgree(settled ? "" : row["upper_loglog"], where);
                if (settled) horizon["reason"]!.GetValue<string>().ShouldBe(row["surv"] == "1" ? "no_events" : "risk_set_empty", where);
                if (row["surv"] != "0") horizon["stdErr"].ShouldAgree(row["se_surv"], where);
            }
            horizons.Count.ShouldBe(part.Count());
        }
    }

    [Theory]
    [InlineData("A"), InlineData("B"), InlineData("C"), InlineData("D")]
    public async Task Quantiles_agree(string run)
    {
        foreach (var (stratum, groupBy, group, rows) in Reference.Strata($"{run}_quantiles.csv"))
            foreach (var row in rows)
            {
                var interval = row["conf_type"] switch { "log-log" => "logLog", var other => other };
                var quantile = (await AskAsync("curve", run, $"{groupBy}{Greenwood}&interval={interval}")).Group(group)["quantiles"]!.AsArray()
                    .Single(q => q!["p"]!.GetValue<double>() == double.Parse(row["p"], CultureInfo.InvariantCulture))!;
                var where = $"{run} {stratum} {interval} {row["p"]}";
                quantile["value"].ShouldAgree(row["quantile_inf"], where);
                quantile["lower"].ShouldAgree(row["lower_inf"], where);
                quantile["upper"].ShouldAgree(row["upper_inf"], where);
                if (row["quantile_inf"] == "") quantile["reason"]!.GetValue<string>().ShouldBe("not_reached", where);
            }
    }

    [Theory]
    [InlineData("A"), InlineData("B"), InlineData("C"), InlineData("D")]
    public async Task Competing_ends_agree(string run)
    {
        foreach (var (file, moveOut, causes) in new[]
        {
            ("aalen_johansen", "", new[] { "reentry", "move_out", "dissolve" }), ("aalen_johansen_moveout_censored", "&moveOut=censor", ["reentry", "dissolve"]),
        })
        {
            var steps = (await AskAsync("cumulative-incidence", run, moveOut)).Group("all")["steps"]!.AsArray();
            var rows = Reference.Rows($"{run}_{file}.csv");
            steps.Count.ShouldBe(rows.Count);
            foreach (var (step, row) in steps.Zip(rows))
            {
                var where = $"{run} {file} {row["cause"]} {row["time"]}";
                (step!["time"]!.ToString(), step["cause"]!.GetValue<string>()).ShouldBe((row["time"], causes[int.Parse(row["cause"], CultureInfo.InvariantCulture) - 1]), where);
                step["incidence"].ShouldAgree(row["cif"], where);
                step["stdErr"].ShouldAgree(row["se_greenwood"], where);
                step["lower"].ShouldAgree(row["lower_cloglog"], where);
                step["upper"].ShouldAgree(row["upper_cloglog"], where);
            }
        }
    }

    [Theory]
    [InlineData("A"), InlineData("B"), InlineData("C"), InlineData("D")]
    public async Task Log_rank_agrees(string run)
    {
        var groups = Reference.Rows($"{run}_logrank_groups.csv");
        foreach (var test in Reference.Rows($"{run}_logrank_tests.csv"))
        {
            var name = test["test"];
            var by = name.Contains("voluntary", StringComparison.Ordinal) ? "voluntary" : name.Contains("support", StringComparison.Ordinal) ? "support" : "district";
            var strata = name.Contains("_strata_", StringComparison.Ordinal) ? $"&strata={name.Split("_strata_")[1]}" : "";
            var first = name.StartsWith("first_spell", StringComparison.Ordinal) ? "&scope=first" : "";

            var answer = await AskAsync("log-rank", run, $"&groupBy={by}{strata}{first}");

            var where = $"{run} {name}";
            answer["chiSquare"].ShouldAgree(test["chisq"], where);
            answer["df"]!.ToString().ShouldBe(test["df"], where);
            answer["p"].ShouldAgree(test["p"], where);
            foreach (var row in groups.Where(g => g["test"] == name))
            {
                var group = answer.Group(Folded(row["group"]));
                group["n"]!.ToString().ShouldBe(row["n"], where);
                group["observed"].ShouldAgree(row["observed"], where);
                group["expected"].ShouldAgree(row["expected"], where);
            }
        }
    }

    [Theory]
    [InlineData("A"), InlineData("B"), InlineData("C"), InlineData("D")]
    public async Task Hazards_by_review_agree(string run)
    {
        foreach (var (stratum, groupBy, group, rows) in Reference.Strata($"{run}_discrete_hazard.csv"))
        {
            var periods = (await AskAsync("hazard", run, groupBy)).Group(group)["periods"]!.AsArray();
            periods.Count.ShouldBe(rows.Count, stratum);
            foreach (var (period, row) in periods.Zip(rows))
            {
                var where = $"{run} {stratum} {row["period"]}";
                foreach (var (name, reference) in new[] { ("period", "period"), ("n", "n"), ("d", "d"), ("hazard", "hazard"), ("stdErr", "se_hazard"), ("survival", "surv") })
                    period![name].ShouldAgree(row[reference], where);
            }
        }
    }

    [Fact]
    public async Task A_mean_is_the_area_under_the_curve()
    {
        var answer = await AskAsync("rmst", "A", "&tau=366");

        // Everybody out until day 207; 12 of 13 until day 365, of whom one in ten comes back then.
        (answer["tau"]!.GetValue<int>(), answer.Group("all")["reason"]).ShouldBe((366, null));
        answer.Group("all")["value"].ShouldAgree((207 + (365 - 207) * 12 / 13.0 + 12 / 13.0 * .9).ToString("R", CultureInfo.InvariantCulture), "rmst");
    }

    [Theory]
    [InlineData("logit"), InlineData("cloglog"), InlineData("cox")]
    public async Task A_regression_on_five_returns_is_refused_with_its_reason(string model)
    {
        var answer = await AskAsync("regression", "A", $"&model={model}&covariates=voluntary");

        (answer["terms"]!.AsArray().Count, answer["reason"]!.GetValue<string>()).ShouldBe((0, "too_few_events"));
    }
}
