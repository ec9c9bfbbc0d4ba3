namespace YenBai.Cases.Import;

/// <summary>What people write over a column in Vietnamese, folded, beside the name by which files are described.</summary>
internal static class Headings
{
    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["ma ho"] = "household_code",
        ["ngay"] = "on",
        ["ghi chu"] = "note",

        ["ma thoa thuan"] = "agreement_id",
        ["so thoa thuan"] = "agreement_id",
        ["ngay thoa thuan"] = "agreed_on",
        ["loai ho tro"] = "instrument",
        ["chinh sach"] = "instrument",
        ["so tien"] = "amount",
        ["nguon von"] = "funding",
        ["ngay bat dau"] = "start",
        ["ngay ket thuc"] = "end",
        ["don vi do dau"] = "sponsor",
        ["so dieu kien"] = "condition_no",
        ["dieu kien so"] = "condition_no",
        ["loai dieu kien"] = "condition_kind",
        ["noi dung dieu kien"] = "condition_title",
        ["han"] = "condition_due",
        ["han thuc hien"] = "condition_due",
        ["minh chung"] = "evidence",
        ["khi khong dat"] = "after_miss",
        ["nguoi phu trach"] = "owner",
        ["ket qua"] = "result",

        ["du no"] = "balance",
        ["no qua han"] = "overdue",
        ["so ngay qua han"] = "days_overdue",

        ["ma su viec"] = "event_id",
        ["dich vu"] = "service",
        ["den ngay"] = "until",
    };

    public static string? Meaning(string heading) => Meanings.GetValueOrDefault(VietnameseText.Fold(heading));
}
