using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;

namespace YenBai.Cases.RowLevel;

/// <summary>What is published of a household: every member is a quasi-identifier and counts towards k.</summary>
/// <param name="District">The id of a district; none for the province as a whole.</param>
/// <param name="Class">None where the register does not say to which class it left.</param>
/// <param name="SinceYear">The year in which it got there; none for some year under the standard.</param>
public sealed record CoarseStanding(string? District, PovertyClass? Class, string? Standard, int? SinceYear)
{
    /// <summary>From the finest to the coarsest.</summary>
    internal static readonly IReadOnlyList<Func<KeyValuePair<Guid, CoarseStanding>, CoarseStanding>> Ladder =
    [
        s => s.Value,
        s => s.Value with { SinceYear = null },
        s => s.Value with { District = null },
        s => s.Value with { District = null, SinceYear = null },
        s => s.Value with { District = null, SinceYear = null, Standard = null },
    ];

    /// <summary>
    /// Where a household stands after its visible facts, in their order. None for one that was never on the list, has
    /// left the register, or lived elsewhere.
    /// </summary>
    public static CoarseStanding? Of(ReadOnlySpan<ListFact> facts, IReadOnlySet<string> units, PlaceCatalog places)
    {
        var (status, since, unit) = (ListStatus.Unknown, default(DateOnly), default(string));
        PovertyClass? @class = null;
        string? standard = null;
        foreach (ref readonly var fact in facts)
        {
            unit = fact.Unit ?? unit;
            switch (fact.Kind)
            {
                case FactKind.Enter when status == ListStatus.Poor && fact.Standard == standard:
                    break;
                case FactKind.Enter or FactKind.Exit or FactKind.Split:
                    if (fact is { Kind: FactKind.Split, Class: null }) break;
                    status = fact.Kind == FactKind.Enter || fact is { Kind: FactKind.Split, Class: PovertyClass.Poor } ? ListStatus.Poor : ListStatus.Out;
                    @class = status == ListStatus.Poor ? PovertyClass.Poor : fact.Class;
                    (since, standard) = (fact.On, fact.Standard ?? PovertyStandards.InForce(fact.On).Code);
                    break;
                case FactKind.MoveOut or FactKind.Dissolve:
                    status = ListStatus.Gone;
                    break;
            }
        }
        if (status is not (ListStatus.Poor or ListStatus.Out) || unit is null || !units.Contains(unit)) return null;
        var district = places.DistrictOf(unit) ?? (places.OldDistrictsOf(unit) is [var only] ? only : null);
        return new(district?.Id, @class, standard, since.Year);
    }
}

/// <summary>One row of the published list.</summary>
public sealed record CoarseHousehold(string Pseudonym, CoarseStanding Standing);

/// <summary>The published list of a vintage, in the order of what it shows.</summary>
/// <param name="Withheld">Households that no level of coarseness could hide among others.</param>
public sealed record CoarseList(Vintage Vintage, IReadOnlyList<CoarseHousehold> Rows, int Withheld)
{
    internal IReadOnlyDictionary<string, CoarseHousehold> ByPseudonym { get; } = Rows.ToDictionary(r => r.Pseudonym);
}

/// <summary>Which rows. Only published values narrow a published list.</summary>
/// <param name="District">The id of a district; none for all.</param>
public sealed record CoarseFilter(string? District = null, PovertyClass? Class = null, string? Standard = null);

/// <param name="Total">Rounded.</param>
/// <param name="Withheld">Of the whole list, rounded.</param>
public sealed record CoarsePage(Vintage Vintage, long Total, long Withheld, IReadOnlyList<CoarseHousehold> Items, bool HasMore);
