using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.WhatIf;

/// <summary>What another standard would have made of a household on a day.</summary>
/// <param name="Unit">Where it stood on that day.</param>
/// <param name="From">Its class on that day, under the standard then in force; none where nobody had judged it.</param>
/// <param name="Assessed">Its latest assessment of that day; none where there is none.</param>
/// <param name="Again">That assessment under the asked standard; none without one, or where its points do not suffice.</param>
public sealed record Reconsidered(Guid Household, string Unit, PovertyClass? From, Assessed? Assessed, Reassessed? Again)
{
    public PovertyClass? To => Again?.Proposal.Class;

    /// <summary>Who was never judged and would be neither poor nor near-poor stays what they are.</summary>
    public bool Switches => To is { } to && to != From && !(From is null && to == PovertyClass.NotPoor);

    /// <summary>Pure: a household's facts go in; nothing of the record is touched.</summary>
    /// <param name="household">With the facts that were known.</param>
    /// <returns>None for a household that was not there on that day.</returns>
    public static Reconsidered? Of(Household household, StandardBook book, StandardRules asked, DateOnly on, PlaceCatalog places)
    {
        var state = household.StateAt(on, DateTimeOffset.MaxValue);
        if (!state.Known || state.Status == ListStatus.Gone) return null;

        var from = state.ClassOn(on)?.Class.Class;
        if (state.LastAssessment is not { } assessed) return new(household.Id, state.Unit, from, null, null);
        var area = assessed.Area ?? state.Area ?? places.Get(state.Unit)?.Area;
        var again = area is { } a ? Reassessment.Under(book, asked, assessed, a) : null;
        return new(household.Id, state.Unit, from, assessed, again is { Proposal.Class: not null } ? again : null);
    }
}
