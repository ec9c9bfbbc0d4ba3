namespace YenBai.Cases.Storage;

/// <summary>Lies in a store that was filled with made-up households, so that every screen can say so.</summary>
public sealed record DemonstrationMark(string Id)
{
    public const string TheId = "demonstration";
}
