using System.Text.Json;
using System.Text.Json.Serialization;

namespace YenBai.Cases.Plan;

/// <summary>What a plan measures.</summary>
[JsonConverter(typeof(SnakeCase<Measure>))]
public enum Measure
{
    /// <summary>Giảm hộ nghèo: opening less closing.</summary>
    NetReductionHouseholds,

    /// <summary>Giảm tỷ lệ hộ nghèo, in percentage points: rate at the opening less rate at the closing.</summary>
    NetReductionPoints,

    /// <summary>Tự nguyện thoát nghèo: exits at the household's own wish, whatever came onto the list meanwhile.</summary>
    VoluntaryExits,

    /// <summary>Tỷ lệ hộ nghèo cuối kỳ.</summary>
    EndRatePercent,

    /// <summary>Hộ nghèo có người có công: those still on the list.</summary>
    MeritHouseholds,

    /// <summary>Hộ nghèo được phân công giúp đỡ.</summary>
    SponsoredHouseholds,

    /// <summary>Cơ quan, đơn vị được phân công giúp đỡ.</summary>
    SponsoringAgencies,
}

/// <summary>On what a measure rests. Net and gross are never added, compared or shown as one.</summary>
[JsonConverter(typeof(SnakeCase<Basis>))]
public enum Basis { Net, Gross, Stock, Assignment }

public static class Measures
{
    public static readonly IReadOnlyList<Measure> All = Enum.GetValues<Measure>();

    private static readonly Dictionary<string, Measure> ByName = All.ToDictionary(NameOf);

    /// <summary>The name in files and in the API.</summary>
    public static string NameOf(this Measure measure) => JsonNamingPolicy.SnakeCaseLower.ConvertName(measure.ToString());

    public static bool TryParse(string name, out Measure measure) => ByName.TryGetValue(name, out measure);

    public static Basis BasisOf(this Measure measure) => measure switch
    {
        Measure.NetReductionHouseholds or Measure.NetReductionPoints => Basis.Net,
        Measure.VoluntaryExits => Basis.Gross,
        Measure.EndRatePercent or Measure.MeritHouseholds => Basis.Stock,
        _ => Basis.Assignment,
    };

    /// <summary>A rate or a difference of rates; all others count and can be added up over units.</summary>
    public static bool IsRate(this Measure measure) => measure is Measure.NetReductionPoints or Measure.EndRatePercent;

    /// <summary>Whether going beyond the planned figure is going further in the planned direction.</summary>
    public static bool MoreIsBetter(this Measure measure) => measure is not (Measure.EndRatePercent or Measure.MeritHouseholds);
}
