using System.Diagnostics;
using System.Globalization;

namespace YenBai.Cases.Bench;

/// <summary>
/// The processor time of this process and of the private PostgreSQL, those of its children included that have ended.
/// Where others use the machine too, it tells more than the clock on the wall.
/// </summary>
internal sealed class CpuClock(string dataDirectory)
{
    private const double Ticks = 100; // USER_HZ on every Linux

    public Cpu Read() => new(Environment.CpuUsage.TotalTime.TotalSeconds, Postgres());

    public async Task<Cpu> OfAsync(Func<Task> what)
    {
        var before = Read();
        await what();
        var after = Read();
        return new(after.Application - before.Application, after.Postgres - before.Postgres);
    }

    private double Postgres()
    {
        var postmaster = File.ReadLines(Path.Combine(dataDirectory, "postgres", "db", "postmaster.pid")).First();
        var ticks = 0L;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(directory)[0])) continue;
            try
            {
                var text = File.ReadAllText(Path.Combine(directory, "stat"));
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                var isPostmaster = Path.GetFileName(directory) == postmaster;
                if (!isPostmaster && fields[1] != postmaster) continue;
                foreach (var field in fields[11..(isPostmaster ? 15 : 13)]) ticks += long.Parse(field, CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // It has just ended, and its parent has its time.
            }
        }
        return ticks / Ticks;
    }
}

/// <summary>Seconds of processor time.</summary>
internal readonly record struct Cpu(double Application, double Postgres)
{
    public string PerEvent(double events) =>
        string.Create(CultureInfo.InvariantCulture, $"{Application / events * 1e6:0} + {Postgres / events * 1e6:0} µs/event");

    public double Total => Application + Postgres;

    public static Cpu Median(IReadOnlyCollection<Cpu> times) => times.OrderBy(t => t.Total).ElementAt((times.Count - 1) / 2);
}
