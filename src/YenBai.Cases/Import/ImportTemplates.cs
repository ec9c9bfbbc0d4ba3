using System.IO.Compression;
using System.Net;
using System.Text;

namespace YenBai.Cases.Import;

/// <summary>
/// An empty workbook for each kind of file, with the headings that the importer reads. Every column is text, so that a
/// spreadsheet keeps leading zeros and makes no dates of numbers.
/// </summary>
public static class ImportTemplates
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006";
    private const int WidthOfAColumn = 18;

    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly Dictionary<FileKind, (string Name, string Vietnamese)[]> Columns = new()
    {
        [FileKind.Register] =
        [
            ("household_code", "Mã hộ"), ("commune_code", "Mã xã"), ("hamlet", "Thôn, bản"), ("head_name", "Họ và tên chủ hộ"), ("head_sex", "Giới tính"), ("head_birth_year", "Năm sinh"),
            ("head_id_number", "Số CCCD"), ("phone", "Số điện thoại"), ("ethnicity", "Dân tộc"), ("members", "Số khẩu"), ("under_16", "Số trẻ em dưới 16 tuổi"), ("merit_member", "Có người có công"),
            ("area", "Khu vực"), ("class", "Phân loại hộ"), ("standard", "Chuẩn nghèo"), ("since", "Từ ngày"), ("score_a", "Điểm A"), ("score_b", "Điểm B"),
            ("deprivations", "Chỉ số thiếu hụt"), ("causes", "Nguyên nhân"), ("needs", "Nhu cầu"),
        ],
        [FileKind.History] =
        [
            ("event_id", "Mã sự việc"), ("household", "Mã hộ"), ("seq", "Thứ tự"), ("effective", "Ngày hiệu lực"), ("recorded", "Ngày ghi nhận"), ("type", "Loại sự việc"), ("district", "Huyện"),
            ("voluntary", "Tự nguyện"), ("support", "Hỗ trợ đã nhận"), ("cause", "Nguyên nhân vào danh sách"), ("history", "Lịch sử"), ("reference", "Sự việc bị huỷ"), ("standard", "Chuẩn nghèo"),
            ("commune_code", "Mã xã"), ("hamlet", "Thôn, bản"), ("head_name", "Họ và tên chủ hộ"), ("head_sex", "Giới tính"), ("merit", "Chủ hộ có công"), ("ethnic_minority", "Dân tộc thiểu số"), ("to", "Thoát thành"),
        ],
        [FileKind.Reviews] = [("review", "Ngày rà soát")],
        [FileKind.Totals] = [("unit_code", "Mã địa bàn"), ("on", "Ngày"), ("households", "Tổng số hộ"), ("source", "Nguồn")],
        [FileKind.Agreements] =
        [
            ("agreement_id", "Mã thoả thuận"), ("household_code", "Mã hộ"), ("agreed_on", "Ngày thoả thuận"), ("instrument", "Loại hỗ trợ"), ("amount", "Số tiền"), ("funding", "Nguồn vốn"),
            ("start", "Ngày bắt đầu"), ("end", "Ngày kết thúc"), ("sponsor", "Đơn vị đỡ đầu"), ("condition_no", "Số điều kiện"), ("condition_kind", "Loại điều kiện"), ("condition_title", "Nội dung điều kiện"),
            ("condition_due", "Hạn thực hiện"), ("evidence", "Minh chứng"), ("after_miss", "Khi không đạt"), ("owner", "Người phụ trách"),
        ],
        [FileKind.Conditions] =
            [("household_code", "Mã hộ"), ("agreement_id", "Mã thoả thuận"), ("condition_no", "Số điều kiện"), ("result", "Kết quả"), ("on", "Ngày"), ("note", "Ghi chú")],
        [FileKind.LoanStatus] =
            [("household_code", "Mã hộ"), ("agreement_id", "Mã thoả thuận"), ("on", "Ngày"), ("balance", "Dư nợ"), ("overdue", "Nợ quá hạn"), ("days_overdue", "Số ngày quá hạn")],
        [FileKind.Services] = [("event_id", "Mã sự việc"), ("household_code", "Mã hộ"), ("on", "Ngày"), ("service", "Dịch vụ"), ("until", "Đến ngày")],
        [FileKind.Sponsors] = [("sponsor_code", "Mã đơn vị"), ("sponsor_name", "Tên đơn vị"), ("kind", "Loại đơn vị"), ("office", "Nơi làm việc")],
        [FileKind.Assignments] =
            [("household_code", "Mã hộ"), ("sponsor_code", "Mã đơn vị giúp đỡ"), ("since", "Từ ngày"), ("from_sponsor", "Bàn giao từ đơn vị"), ("consent_on", "Ngày đồng ý")],
    };

    public static bool HasColumn(FileKind kind, string name) => Array.Exists(Columns[kind], c => c.Name == name);

    /// <param name="vietnamese">With Vietnamese headings; else with the names that the documentation uses.</param>
    public static byte[] Of(FileKind kind, bool vietnamese)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            var columns = Columns[kind];
            Write(zip, "[Content_Types].xml", $"""<Types xmlns="{Packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{ContentType}.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>""");
            Write(zip, "_rels/.rels", $"""<Relationships xmlns="{Packages}/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Write(zip, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="{(vietnamese ? "Danh sách" : "List")}" sheetId="1" r:id="rId1"/></sheets></workbook>""");
            Write(zip, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Packages}/relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>""");
            // Format 49 is text.
            Write(zip, "xl/styles.xml", $"""<styleSheet xmlns="{Main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>""");
            var cells = string.Concat(columns.Select((c, i) => $"""<c r="{WorkbookStructure.Letters(i)}1" s="2" t="inlineStr"><is><t>{WebUtility.HtmlEncode(vietnamese ? c.Vietnamese : c.Name)}</t></is></c>"""));
            Write(zip, "xl/worksheets/sheet1.xml", $"""<worksheet xmlns="{Main}"><cols><col min="1" max="{columns.Length}" width="{WidthOfAColumn}" style="1" customWidth="1"/></cols><sheetData><row r="1">{cells}</row></sheetData></worksheet>""");
        }
        return memory.ToArray();
    }

    private static void Write(ZipArchive zip, string name, string content)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        writer.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + content);
    }
}
