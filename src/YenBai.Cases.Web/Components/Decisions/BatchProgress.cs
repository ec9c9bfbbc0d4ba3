using YenBai.Cases.Decisions;

namespace YenBai.Cases.Web.Components.Decisions;

/// <summary>Many commands on their way.</summary>
/// <param name="heads">The names of the heads by code.</param>
public sealed class BatchProgress(int of, IReadOnlyDictionary<string, string?> heads)
{
    public int Of { get; } = of;
    public IReadOnlyDictionary<string, string?> Heads { get; } = heads;
    public List<BatchOutcome> Outcomes { get; } = [];
    public bool Running { get; set; } = true;
    public bool Stopped { get; set; }
    public bool Failed { get; set; }
}
