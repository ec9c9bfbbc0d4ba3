using System.Reflection;

namespace YenBai.Cases.Tests.Layers;

/// <summary>
/// A folder of a project refers only to folders below it: no two folders refer to each other, directly or through others.
/// Folders are those of the source files, references those of the compiled code (<see cref="FolderGraph"/>).
/// </summary>
public sealed class LayerFacts
{
    [Theory]
    [InlineData("YenBai.Cases", 20)]
    [InlineData("YenBai.Cases.Durability", 5)]
    public void No_folders_refer_to_each_other(string project, int leastFolders)
    {
        var graph = FolderGraph.Of(Assembly.Load(project));
        graph.Folders.Count.ShouldBeGreaterThan(leastFolders);

        var cycles = graph.Cycles();
        var references = graph.References
            .Where(r => r.FromFolder != r.ToFolder && cycles.Any(c => c.Contains(r.FromFolder) && c.Contains(r.ToFolder)))
            .GroupBy(r => $"{r.FromFolder} -> {r.ToFolder}").Select(g => $"{g.Key} ({string.Join(", ", g.Select(r => $"{r.From} -> {r.To}"))})");
        references.ShouldBeEmpty($"{string.Join("; ", cycles.Select(c => $"{c.Count} folders in a cycle: {string.Join(", ", c)}"))}. Turn a reference round, or move what both need below.");
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
