using YenBai.Cases.Households;
using YenBai.Cases.Sponsors;

namespace YenBai.Cases.Import;

/// <summary>The words that files use for a closed list, folded; the Vietnamese ones beside the codes.</summary>
internal static class Choices
{
    public static readonly IReadOnlyDictionary<string, PovertyClass> Classes = new Dictionary<string, PovertyClass>
    {
        ["poor"] = PovertyClass.Poor,
        ["near_poor"] = PovertyClass.NearPoor,
        ["not_poor"] = PovertyClass.NotPoor,
        ["ho_ngheo"] = PovertyClass.Poor,
        ["ngheo"] = PovertyClass.Poor,
        ["ho_can_ngheo"] = PovertyClass.NearPoor,
        ["can_ngheo"] = PovertyClass.NearPoor,
        ["ho_khong_ngheo"] = PovertyClass.NotPoor,
        ["khong_ngheo"] = PovertyClass.NotPoor,
    };

    public static readonly IReadOnlyDictionary<string, PovertyClass> Depths = new Dictionary<string, PovertyClass>
    {
        ["near_poor"] = PovertyClass.NearPoor,
        ["not_poor"] = PovertyClass.NotPoor,
    };

    public static readonly IReadOnlyDictionary<string, SponsorKind> SponsorKinds = new Dictionary<string, SponsorKind>
    {
        ["agency"] = SponsorKind.Agency,
        ["enterprise"] = SponsorKind.Enterprise,
        ["union"] = SponsorKind.Union,
        ["school"] = SponsorKind.School,
        ["armed_forces"] = SponsorKind.ArmedForces,
        ["other"] = SponsorKind.Other,
        ["co_quan"] = SponsorKind.Agency,
        ["doanh_nghiep"] = SponsorKind.Enterprise,
        ["doan_the"] = SponsorKind.Union,
        ["truong_hoc"] = SponsorKind.School,
        ["luc_luong_vu_trang"] = SponsorKind.ArmedForces,
        ["khac"] = SponsorKind.Other,
    };

    public static readonly IReadOnlyDictionary<string, EntryCause> Causes = new Dictionary<string, EntryCause>
    {
        ["deterioration"] = EntryCause.Deterioration,
        ["standard_change"] = EntryCause.StandardChange,
        ["correction"] = EntryCause.Correction,
        ["unknown"] = EntryCause.Unknown,
    };

    public static readonly IReadOnlyDictionary<string, TakenOverHistory> Histories = new Dictionary<string, TakenOverHistory>
    {
        ["complete"] = TakenOverHistory.Complete,
        ["survivors_only"] = TakenOverHistory.SurvivorsOnly,
    };

    public static readonly IReadOnlyDictionary<string, Sex> Sexes = new Dictionary<string, Sex>
    {
        ["female"] = Sex.Female,
        ["male"] = Sex.Male,
        ["f"] = Sex.Female,
        ["m"] = Sex.Male,
        ["nu"] = Sex.Female,
        ["nam"] = Sex.Male,
    };

    public static readonly IReadOnlyDictionary<string, Places.Area> Areas = new Dictionary<string, Places.Area>
    {
        ["rural"] = Places.Area.Rural,
        ["urban"] = Places.Area.Urban,
        ["nong_thon"] = Places.Area.Rural,
        ["thanh_thi"] = Places.Area.Urban,
    };
}
