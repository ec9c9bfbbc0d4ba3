using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using YenBai.Cases.Access;
using YenBai.Cases.Durability;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Import;
using YenBai.Cases.Ledger;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Movements;
using YenBai.Cases.Places;

namespace YenBai.Cases.Bench;

/// <summary>Movements and the durability of exits: the estimators beside R's, then from the ledger, then as people ask for them.</summary>
internal static class Durability
{
    private const double SameAsR = 1e-6;

    private static readonly string[] Askers = [SignIn.Manager, SignIn.Evaluator];

    private static readonly (string What, string Page, double? Most)[] Questions =
    [
        ("curve by district", "/api/durability/curve?groupBy=district", 1000),
        ("log-rank of voluntary within districts", "/api/durability/log-rank?groupBy=voluntary&strata=district", null),
        ("Cox regression", "/api/durability/regression?model=cox&covariates=voluntary,depth,ethnicMinority,headSex&strata=district", null),
        ("movements of ten years by commune", "/api/movement?by=commune&from=2016&to=2025", 1000),
    ];

    public static async Task EstimateAsync(Options options, Report report, string directory)
    {
        var spells = MadeSpell.Of(options.Size.Spells, seed: 1);
        var file = Path.Combine(directory, "spells.csv");
        MadeSpell.Write(file, spells);
        var reference = await Reference.ReadAsync(file, options.Runs, report);

        var results = new Dictionary<string, double>();
        var observed = Array.ConvertAll(spells, s => s.Observed);
        Curves("greenwood", "Greenwood's variance", VarianceKind.Greenwood);
        Curves("clustered", "variance by household", VarianceKind.ClusterRobust);
        Measure("log-rank, 9 strata", "log-rank", 50, () => LogRank.Compare(spells, s => s.Observed with { Entry = 0 }, s => s.Voluntary, s => s.District),
            test => results["log-rank:chisq"] = test.ChiSquared.Value);
        Measure("… with delayed entry, which survdiff has not", null, 50, () => LogRank.Compare(spells, s => s.Observed, s => s.Voluntary, s => s.District), _ => { });
        var design = Design<MadeSpell>.Empty.WithMark("voluntary", s => s.Voluntary).WithMark("near_poor", s => s.NearPoor)
            .WithMark("minority", s => s.Minority).WithMark("female", s => s.Female);
        Measure("Cox, 4 covariates, 9 strata, robust variance by household", "cox", 500, () => Cox.Fit(spells, s => s.Observed, design, null, s => s.District), fit =>
        {
            foreach (var c in fit.Value.Coefficients) (results[$"cox:{c.Term}"], results[$"cox:se:{c.Term}"]) = (c.Value, c.RobustError.Value);
        });
        if (reference is null) return;

        var differ = reference.Values.Where(v => !(Math.Abs(results.GetValueOrDefault(v.Key, double.NaN) - v.Value) <= SameAsR * Math.Abs(v.Value))).ToList();
        foreach (var (name, value) in differ) Console.Error.WriteLine($"  {name}: {results.GetValueOrDefault(name, double.NaN):R}, but {value:R} by R");
        report.Errors(string.Create(CultureInfo.InvariantCulture, $"of {reference.Values.Count} results, those further than {SameAsR} from {reference.Version}"), differ.Count);

        void Curves(string name, string variance, VarianceKind kind)
        {
            var how = new KaplanMeierOptions { Variance = kind };
            Measure($"Kaplan–Meier for all and by 9 districts, {variance}", name, 100,
                () => (All: KaplanMeier.Fit(observed, how), By: KaplanMeier.FitBy(spells, s => s.District, s => s.Observed, how)),
                curves =>
                {
                    foreach (var horizon in new[] { Horizon.TwelveMonths, Horizon.TwentyFourMonths, Horizon.ThirtySixMonths }) Add(curves.All.At(horizon), $"{horizon}");
                    foreach (var (district, curve) in curves.By) Add(curve.At(Horizon.TwentyFourMonths), $"{Horizon.TwentyFourMonths}:{district}");
                });

            void Add(Estimate at, string where) => (results[$"{name}:S{where}"], results[$"{name}:se{where}"]) = (at.Value.Value, at.StandardError.Value);
        }

        void Measure<T>(string what, string? name, double most, Func<T> estimate, Action<T> keep)
        {
            List<double> times = [], processor = [];
            // Until what runs is what the compiler at last makes of it.
            for (var warm = 0; warm < 5; warm++) keep(estimate());
            for (var run = 0; run < options.Runs; run++)
            {
                GC.Collect();
                var (clock, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                estimate();
                times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
                processor.Add((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
            }
            var ofR = name is null ? null : reference?.Times[name];
            report.Time($"{what}, {options.Size.Spells:n0} spells; beside R", Report.Median(times), ofR?.Clock, most);
            report.Figure("… processor time", Milliseconds(Report.Median(processor)), ofR is null ? "–" : Milliseconds(ofR.Value.Processor));
        }
    }

    /// <summary>Adds made-up histories to what is there, until the ledger holds so many.</summary>
    public static async Task FillAsync(Store store, string directory, int atLeast, Report report)
    {
        var facts = await store.ScalarAsync<long>($"select count(*) from {LedgerTable.Name}");
        report.Figure("facts in the ledger of the demonstration province", facts.ToString("n0", CultureInfo.InvariantCulture));
        if (facts >= atLeast) return;
        var file = Path.Combine(directory, "more.csv");
        HistoryGenerator.Write(file, (int)((atLeast - facts + HistoryGenerator.FactsEach - 1) / HistoryGenerator.FactsEach), seed: 1);
        var result = await store.Get<Importer>().RunAsync(Actor.Operator, file, new ImportOptions(), null, default);
        if (result.Refused > 0) throw new InvalidDataException($"{result.Summary}: {result.Problems[0]}");
        await store.ExecuteAsync($"vacuum analyze {LedgerTable.Name}");
    }

    /// <summary>From the facts in PostgreSQL to the curve and to the movements, everything warm but what is read.</summary>
    public static async Task ReadAsync(Store store, string directory, Options options, Report report)
    {
        var facts = await store.ScalarAsync<long>($"select count(*) from {LedgerTable.Name}");
        var reviews = (await ReviewBook.ReadAsync(store.Get<Marten.IDocumentStore>(), long.MaxValue, default)).Calendar;
        var (today, now, places) = (TimeProvider.System.Today(), TimeProvider.System.Now(), store.Get<PlaceCatalog>());
        List<double> read = [], spells = [], curves = [], movements = [];
        List<Cpu> processor = [];
        var cpu = new CpuClock(directory);
        for (var run = -1; run < options.Runs; run++)
        {
            using var reader = new LedgerReader(store.Source, store.Get<Freshness>());
            LedgerSnapshot? ledger = null;
            ExitSpells? built = null;
            var reading = await cpu.OfAsync(async () => Add(read, await Store.SecondsAsync(async () => ledger = await reader.ReadAsync(null, default))));
            Add(spells, await Store.SecondsAsync(() => Task.Run(() => built = ExitSpells.Of(ledger!, reviews, new SpellQuery(today, now)))));
            Add(curves, await Store.SecondsAsync(() => Task.Run(() => KaplanMeier.Fit(built!.Spells, s => s.Spell.Observation))));
            Add(movements, await Store.SecondsAsync(() => Task.Run(() => MovementReport.Of(ledger!, places, 2016, 2025, today, now, null, MovementCut.Commune, (_, _) => true))));
            if (run >= 0) processor.Add(reading);

            void Add(List<double> times, double seconds)
            {
                if (run >= 0) times.Add(seconds * 1000);
            }
        }
        report.Time($"{facts:n0} facts in PostgreSQL → the curve", read.Zip(spells, curves).Select(t => t.First + t.Second + t.Third).ToList() is var whole ? Report.Median(whole) : 0, most: 1000);
        report.Time("… of it reading the ledger", Report.Median(read));
        var median = Cpu.Median(processor);
        report.Figure("… … processor time of application + PostgreSQL", string.Create(CultureInfo.InvariantCulture, $"{median.Application * 1000:n0} + {median.Postgres * 1000:n0} ms"));
        report.Time("… of it building the spells", Report.Median(spells));
        report.Time("… of it the curve", Report.Median(curves));
        report.Time("movements of ten years by commune, the facts at hand", Report.Median(movements), most: 1000);
    }

    /// <summary>As people ask: what the first of them waits for after a start, and those who come later.</summary>
    public static async Task AskAsync(string of, Options options, Report report, string data, HttpClient client)
    {
        var tokens = new Dictionary<string, string>();
        var (earlier, _) = await Server.ServeAsync(options, data, client, Server.Life);
        foreach (var who in Askers) tokens[who] = await SignIn.TokenAsync(client, who);
        await Server.StopAsync(earlier);

        var starts = Math.Min(3, options.Runs);
        foreach (var (what, page, most) in Questions.Take(options.Size.Questions))
        {
            foreach (var who in Askers)
            {
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens[who]);
                List<double> first = [], later = [];
                for (var start = 0; start < starts; start++)
                {
                    var (process, _) = await Server.ServeAsync(options, data, client, Server.Life);
                    try
                    {
                        first.Add((await Traffic.GetAsync(client, [page]))[0].Milliseconds);
                        if (start == starts - 1) later.AddRange((await Traffic.GetAsync(client, [.. Enumerable.Repeat(page, 3 + options.Runs)])).Skip(3).Select(t => t.Milliseconds));
                    }
                    finally
                    {
                        await Server.StopAsync(process);
                    }
                }
                report.Time($"{of}, {what}, {who}: first after the start", Report.Median(first), most: most);
                report.Time("… repeated", Report.Median(later), most: most);
            }
        }
    }

    private static string Milliseconds(double time) => string.Create(CultureInfo.InvariantCulture, $"{time:n0} ms");

    /// <summary>What R says of the same spells, and how long it took.</summary>
    private sealed record Reference(string Version, Dictionary<string, (double Clock, double Processor)> Times, Dictionary<string, double> Values)
    {
        /// <returns>None where there is no R with its package survival.</returns>
        public static async Task<Reference?> ReadAsync(string file, int runs, Report report)
        {
            var start = new ProcessStartInfo("Rscript", ["--vanilla", Path.Combine(AppContext.BaseDirectory, "Durability.R"), file, runs.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardOutput = true,
            };
            string said;
            try
            {
                using var r = Process.Start(start)!;
                said = await r.StandardOutput.ReadToEndAsync();
                await r.WaitForExitAsync();
                if (r.ExitCode != 0) return Missing("Rscript or its package survival failed");
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return Missing("Rscript is not installed: r-base-core, r-cran-survival");
            }
            var (version, times, values) = ("R", new Dictionary<string, (double, double)>(), new Dictionary<string, double>());
            foreach (var line in said.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var words = line.Split(' ');
                if (words[0] == "with") version = line["with ".Length..];
                else if (words[0] == "time") times[words[1]] = (Number(words[2]), Number(words[3]));
                else if (words[0] == "value") values[string.Join(' ', words[1..^1])] = Number(words[^1]);
            }
            return new(version, times, values);

            Reference? Missing(string why)
            {
                report.Figure("no reference by R", why);
                return null;
            }
        }

        private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
