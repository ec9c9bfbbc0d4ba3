using System.Diagnostics;

namespace YenBai.Cases.SystemTests.Bench;

/// <summary>The benchmarks at their smallest size: that every section runs and prints its lines, not what it measures.</summary>
public sealed class BenchFacts : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("bench-");

    public void Dispose() => data.Delete(recursive: true);

    [Fact]
    public async Task Every_section_runs_and_prints_its_lines()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "YenBai.Cases.Bench.dll"), "--app", AppContext.BaseDirectory, "--tiny"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Cases__DataDirectory"] = data.FullName;
        start.Environment.Remove("ConnectionStrings__cases");
        using var bench = Process.Start(start)!;
        var printed = bench.StandardOutput.ReadToEndAsync();
        var said = await bench.StandardError.ReadToEndAsync();
        await bench.WaitForExitAsync();
        bench.ExitCode.ShouldBe(0, said);

        var lines = (await printed).Split('\n').SkipWhile(l => !l.StartsWith("| what |", StringComparison.Ordinal)).ToList();
        foreach (var section in new[]
        {
            "import of 200 facts", "demonstration province stored", "rebuild of the caseload", "rebuild of all read models", "a command over HTTP, 8 clients", "search by name without marks",
            "from process start to the first answer", "policy alone", "clients at once", "live circuits", "agreements appended", "support timeline", "the clock's work of a day",
            "spells; beside R", "facts in PostgreSQL", "curve by district",
        }) lines.ShouldContain(l => l.Contains(section, StringComparison.Ordinal), section);
        // Whatever shall never happen has not happened.
        lines.Where(l => l.Contains("| none |", StringComparison.Ordinal) && !l.EndsWith("| yes |", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
