using YenBai.Cases.Households;
using YenBai.Cases.Records;

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

    public static readonly IReadOnlyDictionary<string, FundingSource> FundingSources = new Dictionary<string, FundingSource>
    {
        ["state"] = FundingSource.State,
        ["province"] = FundingSource.Province,
        ["policy_bank"] = FundingSource.PolicyBank,
        ["enterprise"] = FundingSource.Enterprise,
        ["donor"] = FundingSource.Donor,
        ["programme"] = FundingSource.Programme,
        ["sponsor"] = FundingSource.Sponsor,
        ["own_share"] = FundingSource.OwnShare,
        ["trung_uong"] = FundingSource.State,
        ["tinh"] = FundingSource.Province,
        ["nhcsxh"] = FundingSource.PolicyBank,
        ["doanh_nghiep"] = FundingSource.Enterprise,
        ["nha_tai_tro"] = FundingSource.Donor,
        ["chuong_trinh"] = FundingSource.Programme,
        ["don_vi_do_dau"] = FundingSource.Sponsor,
        ["ho"] = FundingSource.OwnShare,
        ["doi_ung"] = FundingSource.OwnShare,
    };

    public static readonly IReadOnlyDictionary<string, Evidence> EvidenceKinds = new Dictionary<string, Evidence>
    {
        ["none"] = Evidence.None,
        ["note"] = Evidence.Note,
        ["photo"] = Evidence.Photo,
        ["scan"] = Evidence.Scan,
        ["khong"] = Evidence.None,
        ["ghi_chu"] = Evidence.Note,
        ["anh"] = Evidence.Photo,
        ["ban_chup"] = Evidence.Scan,
    };

    public static readonly IReadOnlyDictionary<string, AfterMiss> AfterMisses = new Dictionary<string, AfterMiss>
    {
        ["remind"] = AfterMiss.Remind,
        ["suspend"] = AfterMiss.Suspend,
        ["end"] = AfterMiss.End,
        ["repay"] = AfterMiss.Repay,
        ["nhac"] = AfterMiss.Remind,
        ["tam_dung"] = AfterMiss.Suspend,
        ["cham_dut"] = AfterMiss.End,
        ["hoan_tra"] = AfterMiss.Repay,
    };

    public static readonly IReadOnlyDictionary<string, ConditionState> Results = new Dictionary<string, ConditionState>
    {
        ["met"] = ConditionState.Met,
        ["waived"] = ConditionState.Waived,
        ["missed"] = ConditionState.Missed,
        ["dat"] = ConditionState.Met,
        ["mien"] = ConditionState.Waived,
        ["khong_dat"] = ConditionState.Missed,
    };

    public static readonly IReadOnlyDictionary<string, BasicService> Services = new Dictionary<string, BasicService>
    {
        ["health_insurance"] = BasicService.HealthInsurance,
        ["education"] = BasicService.Education,
        ["housing"] = BasicService.Housing,
        ["water_sanitation"] = BasicService.WaterSanitation,
        ["information"] = BasicService.Information,
        ["bao_hiem_y_te"] = BasicService.HealthInsurance,
        ["bhyt"] = BasicService.HealthInsurance,
        ["giao_duc"] = BasicService.Education,
        ["hoc_phi"] = BasicService.Education,
        ["nha_o"] = BasicService.Housing,
        ["nuoc_sach"] = BasicService.WaterSanitation,
        ["nuoc_sach_va_ve_sinh"] = BasicService.WaterSanitation,
        ["thong_tin"] = BasicService.Information,
        ["tiep_can_thong_tin"] = BasicService.Information,
    };

    private static readonly Dictionary<string, string> InstrumentCodes = Named(Instruments.All.Select(i => (i.Code, i.NameVi, i.NameEn)));

    private static readonly Dictionary<string, string> ConditionCodes = Named(Instruments.Conditions.Select(c => (c.Code, c.NameVi, c.NameEn)));

    /// <summary>The code of an instrument that is told by its code or its name; what is neither stays as it is, for the decision to refuse.</summary>
    public static string Instrument(string told) => InstrumentCodes.GetValueOrDefault(VietnameseText.Fold(told), told);

    public static string Condition(string told) => ConditionCodes.GetValueOrDefault(VietnameseText.Fold(told), told);

    private static Dictionary<string, string> Named(IEnumerable<(string Code, string Vi, string En)> all)
    {
        Dictionary<string, string> codes = [];
        foreach (var (code, vi, en) in all)
            foreach (var name in new[] { code, vi, en }) codes.TryAdd(VietnameseText.Fold(name), code);
        return codes;
    }
}
