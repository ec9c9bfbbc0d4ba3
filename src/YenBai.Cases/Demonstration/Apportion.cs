namespace YenBai.Cases.Demonstration;

/// <summary>Largest remainders (Hamilton): whole numbers in given proportions with an exact sum.</summary>
internal static class Apportion
{
    public static int[] Shares(int total, IReadOnlyList<int> weights)
    {
        var sum = weights.Sum(w => (long)w);
        var shares = new int[weights.Count];
        if (sum == 0) return shares;
        var remainders = new long[weights.Count];
        var order = new int[weights.Count];
        var left = total;
        for (var i = 0; i < weights.Count; i++)
        {
            shares[i] = (int)(total * (long)weights[i] / sum);
            remainders[i] = total * (long)weights[i] % sum;
            order[i] = i;
            left -= shares[i];
        }
        Array.Sort(order, (a, b) => remainders[b].CompareTo(remainders[a]) is not 0 and var byRemainder ? byRemainder : a.CompareTo(b));
        for (var i = 0; i < left; i++) shares[order[i]]++;
        return shares;
    }
}
