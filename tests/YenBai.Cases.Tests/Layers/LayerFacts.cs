using System.Reflection;

namespace YenBai.Cases.Tests.Layers;

/// <summary>
/// A folder of a project refers only to folders below it: no two folders refer to each other, directly or through others.
/// Folders are those of the source files, references those of the compiled code (<see cref="FolderGraph"/>).
/// </summary>
public sealed class LayerFacts(Xunit.Abstractions.ITestOutputHelper output)
{
    [Theory]
    [InlineData("YenBai.Cases", 20)]
    [InlineData("YenBai.Cases.Durability", 5)]
    public void No_folders_refer_to_each_other_beyond_the_baseline(string project, int leastFolders)
    {
        var graph = FolderGraph.Of(Assembly.Load(project));
        graph.Folders.Count.ShouldBeGreaterThan(leastFolders);

        var cycles = graph.Cycles();
        foreach (var cycle in cycles) output.WriteLine($"{cycle.Count} folders in a cycle: {string.Join(", ", cycle)}");
        var here = graph.References
            .Where(r => r.FromFolder != r.ToFolder && cycles.Any(c => c.Contains(r.FromFolder) && c.Contains(r.ToFolder)))
            .GroupBy(r => $"{r.FromFolder} -> {r.ToFolder}").ToDictionary(g => g.Key, g => string.Join(", ", g.Select(r => $"{r.From} -> {r.To}")));
        var file = Path.Combine(AppContext.BaseDirectory, "Layers", $"{project}.txt");
        var baseline = File.Exists(file) ? File.ReadAllLines(file) : [];

        here.Where(r => !baseline.Contains(r.Key)).Select(r => $"{r.Key} ({r.Value})").ShouldBeEmpty("a reference that closes a cycle: turn it round, or move what both need below");
        baseline.Except(here.Keys).ShouldBeEmpty("no longer part of a cycle: remove the line from the baseline");
    }

    [Fact]
    public void References_are_read_from_the_compiled_code()
    {
        var graph = FolderGraph.Of(typeof(LayerFacts).Assembly);
        graph.References.ShouldContain(new TypeReference("Layers", nameof(LayerFacts), "Layers", nameof(FolderGraph)));
        graph.References.ShouldContain(r => r.FromFolder == "Movements" && r.ToFolder == "Plan");
        graph.References.ShouldNotContain(r => r.FromFolder == "Plan" && r.ToFolder == "Movements");
    }
}
