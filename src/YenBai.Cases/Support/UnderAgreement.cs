using YenBai.Cases.Commands;
using YenBai.Cases.Households;

namespace YenBai.Cases.Support;

/// <summary>What is delivered may be what an agreement promised: then it carries the agreement's id, and both count as one support.</summary>
internal static class UnderAgreement
{
    /// <param name="support">The agreement; none for what was given without one.</param>
    /// <param name="fits">Whether the agreement's instrument is what is delivered.</param>
    public static (Guid Id, Refusal? Refusal) Of(Guid? support, Household household, Occasion occasion, Func<string, bool> fits) =>
        support is not { } id ? (occasion.Id("support"), null)
        : household.Latest().Agreements.GetValueOrDefault(id) is not { } agreement ? (id, new("unknown_support", "support"))
        : !fits(agreement.Terms.Instrument) ? (id, new("wrong_instrument", "support", agreement.Terms.Instrument))
        : (id, null);

    public static (Guid Id, Refusal? Refusal) Of(Guid? support, Household household, Occasion occasion, string family) =>
        Of(support, household, occasion, instrument => Instruments.FamilyOf(instrument) == family);

    /// <summary>What is told about a support of one family that the household took, agreed or not.</summary>
    public static Refusal? NotTaken(Guid support, string family, DateOnly on, Household household) =>
        household.Latest().Supports.FirstOrDefault(s => s.Id == support) is not { } taken ? new("unknown_support", "support")
        : taken.Instrument != family ? new("wrong_instrument", "support", household.Latest().Agreements.GetValueOrDefault(support)?.Terms.Instrument ?? taken.Instrument)
        : on < taken.On ? new("before_support", "on", taken.On)
        : null;
}
