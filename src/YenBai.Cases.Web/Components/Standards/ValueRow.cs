using YenBai.Cases.Standards;

namespace YenBai.Cases.Web.Components.Standards;

/// <summary>One line of a table of a standard: what it is about, and what one or two standards say of it.</summary>
public sealed record ValueRow(string Label, IReadOnlyList<StandardValue> Left, IReadOnlyList<StandardValue> Right)
{
    public bool Differs => !Left.Select(v => v.Value).SequenceEqual(Right.Select(v => v.Value));
}
