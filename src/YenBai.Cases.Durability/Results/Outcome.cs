namespace YenBai.Cases.Durability;

/// <summary>A fitted model, or the reason why it could not be fitted.</summary>
public sealed record Outcome<T> where T : class
{
    readonly T? fit;

    Outcome(T? fit, Reason? reason) => (this.fit, Reason) = (fit, reason);

    /// <summary>Whether there is a fit.</summary>
    public bool IsEstimable => fit is not null;

    /// <summary>Why there is none, or null.</summary>
    public Reason? Reason { get; }

    /// <summary>The fit.</summary>
    /// <exception cref="InvalidOperationException">There is none; see <see cref="Reason"/>.</exception>
    public T Value => fit ?? throw new InvalidOperationException($"Not estimable: {Reason}.");

    /// <summary>Wraps a fit.</summary>
    public static implicit operator Outcome<T>(T fit) => new(fit, null);

    /// <summary>Wraps a reason.</summary>
    public static implicit operator Outcome<T>(Reason reason) => new(null, reason);
}
