namespace YenBai.Cases.Durability;

/// <summary>A link of binomial regression, in forms that keep their digits for small and large predictors.</summary>
abstract class LinkFunction
{
    /// <summary>Predictors beyond this would round μ to 0 or 1.</summary>
    protected const double Bound = 30;

    public static LinkFunction Of(Link link) => link == Link.Logit ? new LogitLink() : new ComplementaryLogLogLink();

    /// <summary>η = g(μ).</summary>
    public abstract double Predictor(double mean);

    /// <summary>μ.</summary>
    public abstract double Mean(double predictor);

    /// <summary>Log likelihood, its derivative in η, and the expected information in η of one row.</summary>
    public abstract (double LogLikelihood, double Score, double Weight) Row(double predictor, bool happened);

    sealed class LogitLink : LinkFunction
    {
        public override double Predictor(double mean) => Math.Log(mean / (1 - mean));

        public override double Mean(double predictor) => 1 / (1 + Math.Exp(-predictor));

        public override (double, double, double) Row(double predictor, bool happened)
        {
            var mean = Mean(predictor);
            var signed = happened ? predictor : -predictor;
            var log = signed > 0 ? -Log1p(Math.Exp(-signed)) : signed - Log1p(Math.Exp(signed));
            return (log, (happened ? 1 : 0) - mean, mean * (1 - mean));
        }
    }

    sealed class ComplementaryLogLogLink : LinkFunction
    {
        public override double Predictor(double mean) => Math.Log(-Math.Log(1 - mean));

        public override double Mean(double predictor) => -Expm1(-Math.Exp(Math.Min(predictor, Bound)));

        public override (double, double, double) Row(double predictor, bool happened)
        {
            var hazard = Math.Exp(Math.Clamp(predictor, -Bound, Bound));
            var mean = -Expm1(-hazard);
            var odds = mean > 0 ? hazard * Math.Exp(-hazard) / mean : 1;
            return happened ? (Math.Log(mean), odds, hazard * odds) : (-hazard, -hazard, hazard * odds);
        }
    }

    static double Log1p(double x) => MathNet.Numerics.SpecialFunctions.Log1p(x);

    static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x + x * x / 2 + x * x * x / 6 : Math.Exp(x) - 1;
}
