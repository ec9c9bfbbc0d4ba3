namespace YenBai.Cases.Demonstration;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine and every runtime, which System.Random
/// does not promise. A household has dice of its own, so that nothing depends on the order of making.
/// </summary>
internal struct Dice(ulong state)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong state = state;

    public static Dice For(int seed, int household, Purpose purpose, int year = 0) => new(Mix(seed, household, purpose, year));

    /// <summary>One number for a question that is asked once.</summary>
    public static ulong Mix(int seed, int household, Purpose purpose, int year = 0) =>
        Scramble(Scramble(Scramble((uint)seed + Golden) ^ ((ulong)(uint)household + 1) * Golden) ^ (((ulong)purpose << 32) | (uint)year));

    /// <summary>A number in [0, 1) for a question that is asked once.</summary>
    public static double Fraction(int seed, int household, Purpose purpose, int year = 0) =>
        (Mix(seed, household, purpose, year) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 to below the bound.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>A whole number between two, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool Chance(int perMille) => Below(1000) < perMille;

    public T Of<T>(T[] choices) => choices[Below(choices.Length)];

    private ulong Next() => Scramble(state += Golden);

    private static ulong Scramble(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>What is being asked, so that two questions about one household in one year have answers of their own.</summary>
internal enum Purpose : byte
{
    Traits, Story, EarlierExit, EarlierExitYear, Commune, Depart, Departure, Move, NewCommune, Arrive, Parent, Return, ReEnter, NewlyPoor, NearOut, Leave, Volunteer, ToNear,
    NearIn, NearMore, SecondPoor, SecondNear, SecondPoorFromNear, Host, Coverage, Decision, SplitSize, Present, Sponsor, Wish,
}
