using System.Globalization;

namespace YenBai.Cases.Durability;

/// <summary>A finite number, or the <see cref="Durability.Reason"/> why there is none. Never NaN, never infinite.</summary>
/// <remarks><c>default</c> is "no data".</remarks>
public readonly record struct Measure
{
    readonly double value;
    readonly Reason reason;

    Measure(double value, Reason reason, bool isEstimable) => (this.value, this.reason, IsEstimable) = (value, reason, isEstimable);

    /// <summary>Whether there is a value.</summary>
    public bool IsEstimable { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none; see <see cref="Reason"/>.</exception>
    public double Value => IsEstimable ? value : throw new InvalidOperationException($"Not estimable: {reason}.");

    /// <summary>Why there is no value, or null where there is one.</summary>
    public Reason? Reason => IsEstimable ? null : reason;

    /// <summary>The value, or null.</summary>
    public double? OrNull => IsEstimable ? value : null;

    /// <summary>A measure with a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is NaN or infinite.</exception>
    public static Measure Of(double value) => double.IsFinite(value)
        ? new(value, default, true)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A measure is a finite number or a reason.");

    /// <summary>A measure without a value.</summary>
    public static Measure Not(Reason reason) => new(0, reason, false);

    /// <summary>The finite value, or <paramref name="otherwise"/> where the arithmetic ran out of numbers.</summary>
    internal static Measure Finite(double value, Reason otherwise) => double.IsFinite(value) ? Of(value) : Not(otherwise);

    /// <summary>A quotient, or <paramref name="otherwise"/> where the denominator is zero.</summary>
    internal static Measure Ratio(double numerator, double denominator, Reason otherwise = Durability.Reason.NoData)
        => denominator == 0 ? Not(otherwise) : Finite(numerator / denominator, otherwise);

    /// <summary>Gives the value where there is one.</summary>
    public bool TryGet(out double found)
    {
        found = value;
        return IsEstimable;
    }

    /// <summary>Applies <paramref name="change"/> to the value and keeps the reason.</summary>
    public Measure Map(Func<double, double> change) => IsEstimable ? Of(change(value)) : this;

    /// <summary>A measure with this value.</summary>
    public static implicit operator Measure(double value) => Of(value);

    /// <summary>A measure without a value, for this reason.</summary>
    public static implicit operator Measure(Reason reason) => Not(reason);

    /// <summary>The value in the invariant culture (round-trip format), or the reason.</summary>
    public override string ToString() => IsEstimable ? value.ToString("R", CultureInfo.InvariantCulture) : reason.ToString();
}
