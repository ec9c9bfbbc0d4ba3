namespace YenBai.Cases.Web.Gate;

/// <summary>Query parameters that an endpoint reads without binding them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadsQueryAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>What a write must bring along in its headers.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WritesAttribute(bool version = false) : Attribute
{
    /// <summary>Of what is there already: its version in <c>If-Match</c>.</summary>
    public bool Version { get; } = version;

    /// <summary>A trial run needs no key.</summary>
    public bool KeyOptional { get; init; }
}

/// <summary>What an endpoint reads from the body itself: JSON of a type, or a file of these kinds.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SendsAttribute(Type? json, params string[] files) : Attribute
{
    public Type? Json { get; } = json;

    public IReadOnlyList<string> Files { get; } = files;
}
