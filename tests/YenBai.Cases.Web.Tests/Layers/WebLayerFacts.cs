using YenBai.Cases.Tests.Layers;

namespace YenBai.Cases.Web.Tests.Layers;

/// <summary>A folder of the web project refers only to folders below it (<see cref="FolderGraph"/>).</summary>
public sealed class WebLayerFacts
{
    private static readonly FolderGraph Graph = FolderGraph.Of(typeof(Program).Assembly);

    [Fact]
    public void No_folders_refer_to_each_other()
    {
        Graph.Folders.Count.ShouldBeGreaterThan(20);

        var cycles = Graph.Cycles();
        Graph.References
            .Where(r => r.FromFolder != r.ToFolder && cycles.Any(c => c.Contains(r.FromFolder) && c.Contains(r.ToFolder)))
            .Select(r => $"{r.FromFolder} -> {r.ToFolder} ({r.From} -> {r.To})").ShouldBeEmpty("a reference that closes a cycle: turn it round, or move what both need below");
    }

    [Fact]
    public void Pages_and_the_API_do_not_use_each_other()
    {
        static bool IsPages(string folder) => folder == "Components" || folder.StartsWith("Components/", StringComparison.Ordinal);
        Graph.References.Where(r => (r.FromFolder == "Api" && IsPages(r.ToFolder)) || (IsPages(r.FromFolder) && r.ToFolder == "Api"))
            .Select(r => $"{r.FromFolder} -> {r.ToFolder} ({r.From} -> {r.To})").ShouldBeEmpty("what both need belongs below them");
    }

    [Fact]
    public void Components_are_in_the_graph_with_what_they_use()
    {
        Graph.References.ShouldContain(r => r.FromFolder == "Components/Caseload" && r.From == "CaseloadResults" && r.ToFolder == "Components/Shared" && r.To == "Icon");
        Graph.References.ShouldContain(r => r.FromFolder == "Components" && r.From == "Routes" && r.ToFolder == "Components/Layout" && r.To == "MainLayout");
        Graph.References.ShouldNotContain(r => r.FromFolder == "Components/Shared" && r.ToFolder == "Components/Caseload");
    }
}
