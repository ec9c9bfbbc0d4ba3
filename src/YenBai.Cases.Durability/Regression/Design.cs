using System.Collections.Immutable;

namespace YenBai.Cases.Durability;

/// <summary>One covariate of a design.</summary>
/// <param name="Name">Its name in the results.</param>
/// <param name="Value">Its value for a row; null = missing, which leaves the row out (complete case).</param>
public sealed record Covariate<T>(string Name, Func<T, double?> Value);

/// <summary>The covariates of a regression, in order.</summary>
/// <typeparam name="T">What carries them: a spell, a person-period, a visit.</typeparam>
public sealed class Design<T>
{
    Design(ImmutableArray<Covariate<T>> covariates) => Covariates = covariates;

    /// <summary>No covariates yet.</summary>
    public static Design<T> Empty { get; } = new([]);

    /// <summary>The covariates.</summary>
    public ImmutableArray<Covariate<T>> Covariates { get; }

    /// <summary>This design with one covariate more.</summary>
    public Design<T> With(string name, Func<T, double?> value) => new(Covariates.Add(new Covariate<T>(name, value)));

    /// <summary>This design with a mark, 1 where it holds.</summary>
    public Design<T> WithMark(string name, Func<T, bool> holds) => With(name, row => holds(row) ? 1 : 0);

    /// <summary>This design with a mark for each level but the first, which is the reference.</summary>
    public Design<T> WithLevels<TLevel>(string name, Func<T, TLevel> level, TLevel reference, params IEnumerable<TLevel> others)
        => others.Where(other => !EqualityComparer<TLevel>.Default.Equals(other, reference))
            .Aggregate(this, (design, other) => design.WithMark($"{name}={other}", row => EqualityComparer<TLevel>.Default.Equals(level(row), other)));

    /// <summary>Values of one row, or null where any is missing.</summary>
    internal double[]? Row(T row)
    {
        var values = new double[Covariates.Length];
        return Fill(row, values) ? values : null;
    }

    bool Fill(T row, Span<double> values)
    {
        for (var j = 0; j < values.Length; j++)
        {
            if (Covariates[j].Value(row) is not { } value || !double.IsFinite(value)) return false;
            values[j] = value;
        }

        return true;
    }

    /// <summary>The complete rows, centred and scaled, so that Newton steps and tolerances do not depend on units.</summary>
    internal DesignMatrix Matrix(IReadOnlyList<T> rows)
    {
        var width = Covariates.Length;
        var values = new double[rows.Count * width];
        var kept = new int[rows.Count];
        var n = 0;
        for (var i = 0; i < rows.Count; i++)
            if (Fill(rows[i], values.AsSpan(n * width, width))) kept[n++] = i;
        return new DesignMatrix(values, kept.AsSpan(0, n), width);
    }
}

/// <summary>Standardised covariates, row after row.</summary>
sealed class DesignMatrix
{
    public DesignMatrix(double[] values, ReadOnlySpan<int> kept, int width)
    {
        (Values, Kept, Width) = (values, kept.ToArray(), width);
        Mean = new double[width];
        Scale = new double[width];
        Span = new double[width];
        for (var j = 0; j < width; j++) Standardise(j);
    }

    public double[] Values { get; }

    /// <summary>Number of the source row of each row.</summary>
    public int[] Kept { get; }

    public int Width { get; }

    public int Count => Kept.Length;

    public double[] Mean { get; }

    /// <summary>Standard deviation, or zero for a constant.</summary>
    public double[] Scale { get; }

    /// <summary>Largest less smallest value, in standard deviations.</summary>
    public double[] Span { get; }

    /// <summary>A constant covariate says nothing.</summary>
    public bool HasConstant => Scale.Contains(0);

    public ReadOnlySpan<double> Row(int i) => Values.AsSpan(i * Width, Width);

    void Standardise(int j)
    {
        if (Count == 0) return;
        double sum = 0, squares = 0, low = double.MaxValue, high = double.MinValue;
        for (var i = 0; i < Count; i++) sum += Values[i * Width + j];
        var mean = Mean[j] = sum / Count;
        for (var i = 0; i < Count; i++)
        {
            var x = Values[i * Width + j];
            (low, high) = (Math.Min(low, x), Math.Max(high, x));
            squares += (x - mean) * (x - mean);
        }

        if (low == high) return;
        var scale = Scale[j] = Math.Sqrt(squares / Count);
        Span[j] = (high - low) / scale;
        for (var i = 0; i < Count; i++) Values[i * Width + j] = (Values[i * Width + j] - mean) / scale;
    }
}
