using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using JasperFx.Events;
using Marten;
using Npgsql;
using NpgsqlTypes;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Postgres;

namespace YenBai.Cases.Bench;

/// <summary>The import of a history file beside a plain binary COPY of the events that come out of it.</summary>
internal static class Imports
{
    public static async Task RunAsync(PrivatePostgres postgres, Options options, Report report, string directory)
    {
        var file = Path.Combine(directory, "history.csv");
        HistoryGenerator.Write(file, options.HistoryHouseholds, seed: 1);
        await MemoryAsync(options, report, directory, file);
        await using (var store = await Store.ScratchAsync(postgres)) await ImportAsync(store, file); // warm-up

        List<double> stored = [], complete = [], copied = [], sessions = [];
        List<Cpu> ourCpu = [], copyCpu = [], sessionCpu = [];
        var cpu = new CpuClock(directory);
        List<StoredEvent>? events = null;
        for (var run = 0; run < options.Runs; run++)
        {
            // Turn by turn, so that a busy machine is busy for all of them.
            await using (var store = await Store.ScratchAsync(postgres))
            {
                ImportResult? result = null;
                ourCpu.Add(await cpu.OfAsync(async () => result = await ImportAsync(store, file)));
                stored.Add(result!.Events / result.Stored.TotalSeconds);
                complete.Add(result.Events / result.Complete.TotalSeconds);
                events ??= await StoredEvent.ReadAsync(store, "seq_id").ToListAsync();
            }
            foreach (var (path, rates, times) in new[] { ((Func<Store, List<StoredEvent>, Task>)CopyAsync, copied, copyCpu), (SessionsAsync, sessions, sessionCpu) })
            {
                await using var store = await Store.ScratchAsync(postgres, serve: false);
                await store.ExecuteAsync("checkpoint");
                times.Add(await cpu.OfAsync(async () => rates.Add(events.Count / await Store.SecondsAsync(() => path(store, events)))));
            }
        }
        var reference = Report.Median(copied);
        var what = $"import of {options.HistoryHouseholds * HistoryGenerator.FactsEach:n0} facts ({events!.Count:n0} events)";
        report.Rate($"{what}: file → events and cases stored; beside COPY of the events", "events/s", Report.Median(stored), reference, share: 0.5);
        report.Rate($"{what}: file → all read models caught up", "events/s", Report.Median(complete), reference, share: 0.2);
        report.Figure("… processor time of application + PostgreSQL", Cpu.Median(ourCpu).PerEvent(events.Count), Cpu.Median(copyCpu).PerEvent(events.Count));
        report.Rate("the same events through Marten sessions with the inline case, 100 households a save, no file", "events/s", Report.Median(sessions), reference);
        report.Figure("… processor time", Cpu.Median(sessionCpu).PerEvent(events.Count), Cpu.Median(copyCpu).PerEvent(events.Count));
    }

    private static async Task<ImportResult> ImportAsync(Store store, string file)
    {
        var result = await store.Get<Importer>().RunAsync(Actor.Operator, file, new ImportOptions(), null, default);
        return result.Refused == 0 ? result : throw new InvalidDataException($"{result.Summary}: {result.Problems[0]}");
    }

    /// <summary>One connection, one transaction, the tables, indexes and foreign key of the product; serialised on the way.</summary>
    private static async Task CopyAsync(Store store, List<StoredEvent> events)
    {
        await using var connection = await store.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var now = DateTime.UtcNow;
        var lengths = new Dictionary<Guid, long>();
        foreach (var e in events) lengths[e.Stream] = e.Version;
        await using (var copy = await connection.BeginBinaryImportAsync("copy cases.mt_streams (id, type, version, timestamp, created) from stdin binary"))
        {
            foreach (var (stream, length) in lengths)
            {
                copy.StartRow();
                copy.Write(stream, NpgsqlDbType.Uuid);
                copy.Write("household", NpgsqlDbType.Varchar);
                copy.Write(length, NpgsqlDbType.Bigint);
                copy.Write(now, NpgsqlDbType.TimestampTz);
                copy.Write(now, NpgsqlDbType.TimestampTz);
            }
            copy.Complete();
        }
        await using (var copy = await connection.BeginBinaryImportAsync(
            "copy cases.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, user_name, is_archived) from stdin binary"))
        {
            var sequence = 0L;
            foreach (var e in events)
            {
                copy.StartRow();
                copy.Write(++sequence, NpgsqlDbType.Bigint);
                copy.Write(e.Id, NpgsqlDbType.Uuid);
                copy.Write(e.Stream, NpgsqlDbType.Uuid);
                copy.Write(e.Version, NpgsqlDbType.Bigint);
                copy.Write(JsonSerializer.SerializeToUtf8Bytes(e.Event, e.Event.GetType(), Json.Options), NpgsqlDbType.Jsonb);
                copy.Write(e.Type, NpgsqlDbType.Varchar);
                copy.Write(now, NpgsqlDbType.TimestampTz);
                copy.Write(e.DotNetType, NpgsqlDbType.Varchar);
                copy.Write(e.Correlation, NpgsqlDbType.Varchar);
                copy.Write("operator", NpgsqlDbType.Varchar);
                copy.Write(false, NpgsqlDbType.Boolean);
            }
            copy.Complete();
        }
        await transaction.CommitAsync();
    }

    /// <summary>The road not taken: Marten's sessions, which write the case as they append.</summary>
    private static async Task SessionsAsync(Store store, List<StoredEvent> events)
    {
        var streams = events.GroupBy(e => e.Stream).Select(s => (s.Key, Events: s.Select(e => e.Event).ToArray()));
        foreach (var some in streams.Chunk(100))
        {
            await using var session = store.Get<IDocumentStore>().LightweightSession();
            foreach (var (id, told) in some) session.Events.StartStream<Household>(id, told);
            await session.SaveChangesAsync();
        }
    }

    /// <summary>The operator's own command in a process of its own: how large it grows, and how long it takes with everything cold.</summary>
    private static async Task MemoryAsync(Options options, Report report, string directory, string file)
    {
        var data = Directory.CreateDirectory(Path.Combine(directory, "cold")).FullName;
        using var process = Server.Start(options, data, ["cases", "import", file]);
        var peak = 0L;
        string? last = null, line;
        var watch = Task.Run(async () =>
        {
            while (!process.HasExited)
            {
                peak = Math.Max(peak, Server.Status(process.Id, "VmHWM"));
                await Task.Delay(20);
            }
        });
        while ((line = await process.StandardOutput.ReadLineAsync()) is not null) last = line.StartsWith("history", StringComparison.Ordinal) ? line : last;
        await process.WaitForExitAsync();
        await watch;
        if (process.ExitCode != 0) throw new InvalidOperationException("The import failed.");
        report.Figure("the import in a process of its own, everything cold", last?[last.IndexOf("stored", StringComparison.Ordinal)..] ?? "?");
        report.Figure("its largest memory", string.Create(CultureInfo.InvariantCulture, $"{peak / 1024:n0} MB"));
    }
}
