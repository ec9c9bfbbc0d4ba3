using Npgsql;

namespace YenBai.Cases.Maintenance;

/// <summary>How far a projection has come.</summary>
public sealed record Progress(string Projection, long Sequence);

/// <param name="Newest">The sequence of the newest event; 0 in an empty store.</param>
public sealed record StoreProgress(long Newest, IReadOnlyList<Progress> Projections)
{
    /// <summary>How many positions the slowest projection is behind.</summary>
    public long Lag => Projections.Count == 0 ? Newest : Math.Max(0, Newest - Projections.Min(p => p.Sequence));
}

/// <summary>Whether the read models have passed what was written.</summary>
public sealed class Freshness(NpgsqlDataSource source, TimeProvider clock, IEnumerable<IReadModel> models)
{
    private readonly string[] shards = [.. models.Select(m => $"{m.Projection}:All").Distinct()];

    /// <summary>What the progress of the projections is stored under.</summary>
    internal IReadOnlyList<string> Shards => shards;

    public async Task<StoreProgress> ReadAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select s.name, coalesce(p.last_seq_id, 0), (select coalesce(max(seq_id), 0) from {StoreSchema.Name}.mt_events)
            from unnest($1) as s (name) left join {StoreSchema.Name}.mt_event_progression p on p.name = s.name
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = shards });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var projections = new List<Progress>();
        var newest = 0L;
        while (await reader.ReadAsync(cancellation))
        {
            projections.Add(new(reader.GetString(0)[..^":All".Length], reader.GetInt64(1)));
            newest = reader.GetInt64(2);
        }
        return new StoreProgress(newest, projections);
    }

    /// <summary>Waits until every read model has passed the newest event of this moment; false when it takes longer than allowed.</summary>
    public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellation, Action<StoreProgress>? watch = null)
    {
        var started = clock.GetTimestamp();
        var target = (await ReadAsync(cancellation)).Newest;
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(20), clock);
        while (true)
        {
            var progress = await ReadAsync(cancellation);
            watch?.Invoke(progress);
            if (progress.Projections.All(p => p.Sequence >= target)) return true;
            if (clock.GetElapsedTime(started) > atMost) return false;
            await pulse.WaitForNextTickAsync(cancellation);
        }
    }
}
