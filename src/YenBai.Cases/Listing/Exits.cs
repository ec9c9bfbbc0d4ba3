using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Listing;

internal static class Exits
{
    /// <summary>
    /// An exit with what statistics need frozen on it. It is voluntary when the household asked for it itself in the
    /// same year, unless the decision says otherwise.
    /// </summary>
    public static Exited Leave(HouseholdState then, string unit, DateOnly on, string standard, PovertyClass to, bool? voluntary, Occasion occasion) =>
        new(on, occasion.Now, unit, standard, to, voluntary ?? (then.ExitRequest?.On.Year == on.Year), then.SupportMix(on))
        {
            Then = then.Then,
            ScoresSaid = Grounds.LastScores(then, standard, occasion.Standards, occasion.Places),
        };
}
