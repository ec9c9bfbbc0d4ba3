using YenBai.Cases.Standards;

namespace YenBai.Cases.Web.Components.Standards;

/// <summary>One line of a table of a standard: what it is about, and what one or two standards say of it.</summary>
public sealed record ValueRow(string Label, IReadOnlyList<StandardValue> Left, IReadOnlyList<StandardValue> Right)
{
    /// <summary>What only one of them has is told by its place.</summary>
    public bool Differs => Left.Count > 0 && Right.Count > 0 && !Left.Select(v => v.Value).SequenceEqual(Right.Select(v => v.Value));
}
