using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Web.Hosting;

/// <summary>What to do about the differences that a verification found.</summary>
public static class VerificationAdvice
{
    private const string Compare = "Do not rebuild: that would write it into the read models. Restore the newest backup into another data directory and compare these households there.";

    public static IEnumerable<string> Of(VerificationResult result)
    {
        var households = result.Differences.Where(d => d.Events != Suspicion.None).ToLookup(d => d.Events, d => d.Household);
        if (households[Suspicion.Events].Distinct().Count() is > 0 and var changed)
            yield return $"{changed} households: their events were changed in the database, past the product; the case and the other read models still say what was written. {Compare}";
        if (households[Suspicion.Either].Distinct().Count() is > 0 and var doubtful)
            yield return $"{doubtful} households: either the case or an event was changed, and nothing else in the store says which. {Compare}";
        if (result.Differences.Count == 0) yield return "Every read model is what the events say.";
        else if (households.Count == 0) yield return $"{result.Differences.Count} differences; 'cases rebuild' writes the read models anew.";
        else yield return $"{result.Differences.Count} differences.";
    }
}
