namespace YenBai.Cases.Demonstration;

/// <summary>
/// Draws an exact number of households, each with a chance in proportion to its weight: sequential Poisson sampling
/// (Ohlsson 1998), the smallest of u ÷ weight. A quota is therefore met exactly, and who meets it follows from the
/// household's own number and not from the order of asking.
/// </summary>
internal sealed class Draw(int seed)
{
    /// <summary>Puts the drawn households first in the pool and returns how many they are.</summary>
    public int Take(List<int> pool, int count, Purpose purpose, int year, Func<int, double>? weight = null)
    {
        count = Math.Clamp(count, 0, pool.Count);
        if (count == 0 || (count == pool.Count)) return count;
        var households = pool.ToArray();
        var keys = new double[households.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = Dice.Fraction(seed, households[i], purpose, year) / (weight?.Invoke(households[i]) ?? 1);
        Array.Sort(keys, households);
        for (var i = 0; i < households.Length; i++) pool[i] = households[i];
        return count;
    }

    public double Fraction(int household, Purpose purpose, int year = 0) => Dice.Fraction(seed, household, purpose, year);
}
