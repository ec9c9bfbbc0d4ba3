namespace YenBai.Cases.Durability;

/// <summary>How tied events share their risk set.</summary>
public enum Ties : byte
{
    /// <summary>Efron 1977: tied events leave the risk set in turn, on average. Close to exact.</summary>
    Efron,

    /// <summary>Breslow 1974: tied events all see the full risk set. Biased to zero with many ties.</summary>
    Breslow,

    /// <summary>
    /// The conditional likelihood of a discrete time scale (Cox 1972): the tied events against all sets of as many of those at risk, summed by
    /// the recursion of Gail, Lubin &amp; Rubinstein 1981. Costs rows at risk × tied events, and has no robust variance.
    /// </summary>
    Exact,
}

/// <summary>What a pass over the data makes of what it meets, times descending within a stratum.</summary>
abstract class CoxVisitor
{
    public virtual void Added(CoxStratum stratum, int row, double risk) { }

    public virtual void Removed(CoxStratum stratum, int row, double risk) { }

    /// <summary>After a time with events.</summary>
    public virtual void Event(CoxStratum stratum, ReadOnlySpan<double> risk, CoxEventTime time) { }

    /// <summary>At the end of a stratum; rows not removed were at risk from the start.</summary>
    public virtual void Finished(CoxStratum stratum, ReadOnlySpan<double> risk, ReadOnlySpan<bool> removed) { }
}

/// <summary>Sums at one event time; one object is filled again and again.</summary>
sealed class CoxEventTime(int width)
{
    public int Time;

    /// <summary>Rows that end at this time: [From, To) of the stratum.</summary>
    public int From, To;

    public double LogLikelihood;

    /// <summary>Σ_{D}(x − mean): also the summed Schoenfeld residuals.</summary>
    public readonly double[] Score = new double[width];

    /// <summary>Lower triangle.</summary>
    public readonly double[] Information = new double[width * width];

    /// <summary>Hazard increment Σ 1/(S₀ − f D₀), and the same times the mean covariate.</summary>
    public double Hazard;
    public readonly double[] HazardMean = new double[width];

    /// <summary>The same as the tied events themselves see it, each with weight 1 − f.</summary>
    public double TiedHazard;
    public readonly double[] TiedHazardMean = new double[width];

    /// <summary>Mean covariate, averaged over the tied events.</summary>
    public readonly double[] Mean = new double[width];

    public void Clear()
    {
        (LogLikelihood, Hazard, TiedHazard) = (0, 0, 0);
        Array.Clear(Score);
        Array.Clear(Information);
        Array.Clear(HazardMean);
        Array.Clear(TiedHazardMean);
        Array.Clear(Mean);
    }
}

/// <summary>
/// One pass of the partial likelihood: from the largest time down, adding rows with end ≥ t and taking out those with entry ≥ t.
/// </summary>
sealed class CoxSweep(int width, Ties ties)
{
    readonly CoxEventTime at = new(width);
    readonly double[] s1 = new double[width], s2 = new double[width * width];
    readonly double[] d1 = new double[width], d2 = new double[width * width];
    double s0, d0;

    public void Run(IEnumerable<CoxStratum> strata, ReadOnlySpan<double> beta, CoxVisitor visitor)
    {
        foreach (var stratum in strata) Run(stratum, beta, visitor);
    }

    void Run(CoxStratum stratum, ReadOnlySpan<double> beta, CoxVisitor visitor)
    {
        var rows = stratum.Rows;
        var risk = new double[rows.Length];
        var removed = new bool[rows.Length];
        for (var i = 0; i < risk.Length; i++) risk[i] = Math.Exp(Dot(stratum.X.AsSpan(i * width, width), beta));

        s0 = 0;
        Array.Clear(s1);
        Array.Clear(s2);
        var entry = 0;
        for (int from = 0, to; from < rows.Length; from = to)
        {
            var time = rows[from].Time;
            var deaths = 0;
            for (to = from; to < rows.Length && rows[to].Time == time; to++)
            {
                Accumulate(ref s0, s1, s2, risk[to], stratum.X.AsSpan(to * width, width));
                visitor.Added(stratum, to, risk[to]);
                if (rows[to].End == EndKind.ReEntry) deaths++;
            }

            for (; entry < stratum.Entries.Length && rows[stratum.Entries[entry]].Entry >= time; entry++)
            {
                var row = stratum.Entries[entry];
                removed[row] = true;
                Accumulate(ref s0, s1, s2, -risk[row], stratum.X.AsSpan(row * width, width));
                visitor.Removed(stratum, row, risk[row]);
            }

            if (deaths == 0) continue;
            (at.Time, at.From, at.To) = (time, from, to);
            EventTime(stratum, risk, beta, deaths);
            visitor.Event(stratum, risk, at);
        }

        visitor.Finished(stratum, risk, removed);
    }

    void EventTime(CoxStratum stratum, double[] risk, ReadOnlySpan<double> beta, int deaths)
    {
        at.Clear();
        d0 = 0;
        Array.Clear(d1);
        Array.Clear(d2);
        for (var i = at.From; i < at.To; i++)
        {
            if (stratum.Rows[i].End != EndKind.ReEntry) continue;
            var x = stratum.X.AsSpan(i * width, width);
            at.LogLikelihood += Dot(x, beta);
            for (var j = 0; j < width; j++) at.Score[j] += x[j];
            if (ties == Ties.Efron) Accumulate(ref d0, d1, d2, risk[i], x);
        }

        for (var l = 0; l < deaths; l++)
        {
            var share = ties == Ties.Efron ? (double)l / deaths : 0;
            double sum = s0 - share * d0, hazard = 1 / sum, kept = 1 - share;
            if (ties != Ties.Exact) at.LogLikelihood -= Math.Log(sum);
            at.Hazard += hazard;
            at.TiedHazard += hazard * kept;
            for (var j = 0; j < width; j++)
            {
                var mean = (s1[j] - share * d1[j]) * hazard;
                if (ties != Ties.Exact) at.Score[j] -= mean;
                at.Mean[j] += mean / deaths;
                at.HazardMean[j] += mean * hazard;
                at.TiedHazardMean[j] += mean * hazard * kept;
                if (ties == Ties.Exact) continue;
                for (var k = 0; k <= j; k++)
                {
                    var other = (s1[k] - share * d1[k]) * hazard;
                    at.Information[j * width + k] += (s2[j * width + k] - share * d2[j * width + k]) * hazard - mean * other;
                }
            }
        }

        if (ties == Ties.Exact) AgainstAllSets(stratum, risk, deaths);
    }

    /// <summary>
    /// The logarithm of the sum over all sets of as many of those at risk, with its first two derivatives. Row by row: a set of m either leaves the
    /// row out or is a set of m − 1 with it.
    /// </summary>
    void AgainstAllSets(CoxStratum stratum, double[] risk, int deaths)
    {
        var square = width * width;
        var sets = new double[deaths + 1];
        var first = new double[(deaths + 1) * width];
        var second = new double[(deaths + 1) * square];
        sets[0] = 1;
        var (scale, met) = (0.0, 0);
        for (var i = 0; i < at.To; i++)
            if (stratum.Rows[i].Entry < at.Time) (scale, met) = (scale + risk[i], met + 1);
        scale /= met;
        met = 0;
        for (var i = 0; i < at.To; i++)
        {
            if (stratum.Rows[i].Entry >= at.Time) continue;
            var weight = risk[i] / scale;
            var x = stratum.X.AsSpan(i * width, width);
            for (var m = Math.Min(++met, deaths); m > 0; m--)
            {
                var fewer = m - 1;
                for (var j = 0; j < width; j++)
                {
                    for (var k = 0; k <= j; k++)
                        second[m * square + j * width + k] += weight * (second[fewer * square + j * width + k]
                            + x[j] * first[fewer * width + k] + x[k] * first[fewer * width + j] + x[j] * x[k] * sets[fewer]);
                }
                for (var j = 0; j < width; j++) first[m * width + j] += weight * (first[fewer * width + j] + x[j] * sets[fewer]);
                sets[m] += weight * sets[fewer];
            }
        }

        at.LogLikelihood -= Math.Log(sets[deaths]) + deaths * Math.Log(scale);
        for (var j = 0; j < width; j++)
        {
            var mean = first[deaths * width + j] / sets[deaths];
            at.Score[j] -= mean;
            for (var k = 0; k <= j; k++)
                at.Information[j * width + k] += second[deaths * square + j * width + k] / sets[deaths] - mean * first[deaths * width + k] / sets[deaths];
        }
    }

    static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> beta)
    {
        double sum = 0;
        for (var j = 0; j < x.Length; j++) sum += x[j] * beta[j];
        return sum;
    }

    void Accumulate(ref double zeroth, double[] first, double[] second, double weight, ReadOnlySpan<double> x)
    {
        zeroth += weight;
        for (var j = 0; j < x.Length; j++)
        {
            var weighted = weight * x[j];
            first[j] += weighted;
            for (var k = 0; k <= j; k++) second[j * width + k] += weighted * x[k];
        }
    }
}
