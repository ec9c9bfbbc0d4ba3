using System.Globalization;
using YenBai.Cases.Bench;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Postgres;
using Server = YenBai.Cases.Bench.Server;

var options = Options.Read(args);
var data = Environment.GetEnvironmentVariable("Cases__DataDirectory") ?? throw new InvalidOperationException("Run ops/bench.");
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Directory.CreateDirectory(data);
var report = new Report();

await using (var postgres = await PrivatePostgres.JoinAsync(data, Console.Error.WriteLine))
{
    await using (var store = await Store.OpenAsync(postgres.ConnectionString, serve: false))
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; {Environment.ProcessorCount} cores, {memory} GiB, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}; PostgreSQL {await store.ScalarAsync<string>("show server_version")}, .NET {Environment.Version}; medians of {options.Runs} runs\n");
    }
    if (options.Does("import")) await Imports.RunAsync(postgres, options, report, data);
    if (options.Does("durability")) await Durability.EstimateAsync(options, report, data);
    var asked = options.Does("http") || options.Does("start") || options.Does("access") || options.Does("supports") || options.Does("durability");
    if (asked || options.Does("demo") || options.Does("rebuild"))
    {
        await using (var store = await Store.OpenAsync(postgres.ConnectionString)) await FillAsync(store);
        if (asked) await Server.MakeAccountsAsync(options, data);
        using var client = new HttpClient { BaseAddress = new(Server.Address) };
        if (options.Does("start")) await Traffic.StartAsync(options, report, data, client);
        await using (var store = await Store.OpenAsync(postgres.ConnectionString, serve: false))
        {
            if (options.Does("http")) await Traffic.RunAsync(store, options, report, data, client);
            if (options.Does("access")) await Access.RunAsync(store, options, report, data, client);
            if (options.Does("rebuild")) await Rebuilds.RunAsync(store, options, report);
        }
        if (options.Does("supports"))
        {
            await using (var store = await Store.OpenAsync(postgres.ConnectionString)) await Supports.FillAsync(store, report);
            await Supports.ReadAsync(options, report, data, client);
            await Supports.ClockAsync(postgres.ConnectionString, options, report);
        }
        // The last, since it adds households of its own.
        if (options.Does("durability"))
        {
            await Durability.AskAsync("demonstration province", options, report, data, client);
            await using (var store = await Store.OpenAsync(postgres.ConnectionString))
            {
                await Durability.FillAsync(store, data, options.Size.Facts, report);
                await Durability.ReadAsync(store, data, options, report);
            }
            await Durability.AskAsync($"{options.Size.Facts:n0} facts", options, report, data, client);
        }
    }
}
report.Print();

async Task FillAsync(Store store)
{
    (long Households, long Events) made = default;
    var stored = await Store.SecondsAsync(async () => made = await store.Get<DemonstrationLoader>().FillAsync(options.Households, 1, null, default));
    var everywhere = stored + await Store.SecondsAsync(() => store.Get<Freshness>().WaitAsync(TimeSpan.FromHours(1), default));
    report.Rate($"demonstration province stored ({made.Households:n0} households, {made.Events:n0} events)", "events/s", made.Events / stored, null);
    report.Rate("… all read models caught up", "events/s", made.Events / everywhere, null);
    report.Rate("… the same", "households/s", made.Households / everywhere, null);
}
