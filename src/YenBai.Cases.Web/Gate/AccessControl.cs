using YenBai.Cases.Access;

namespace YenBai.Cases.Web.Gate;

/// <summary>The operation that a caller of an endpoint or a page must be allowed; without one, it is enough to be signed in.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute : Attribute
{
    public NeedsAttribute() { }

    public NeedsAttribute(Operation operation) => Operation = operation;

    public Operation? Operation { get; }
}

/// <summary>What an endpoint needs, and who asks.</summary>
public static class AccessControl
{
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Operation operation) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new NeedsAttribute(operation));

    public static TBuilder NeedsSignIn<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new NeedsAttribute());

    /// <summary>Who asks. Only behind the gate.</summary>
    public static Actor Actor(this HttpContext context) =>
        context.Features.Get<Actor>() ?? throw new InvalidOperationException("The gate was not passed.");
}
