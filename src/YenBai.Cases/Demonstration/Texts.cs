namespace YenBai.Cases.Demonstration;

/// <summary>What the made-up notes say. They name nobody, and each says that it is made up.</summary>
internal static class Texts
{
    private const string Mark = "[Minh họa] ";

    public static readonly string[] Visits = Marked(
        "Thăm hộ, chuồng trại đã sửa xong, trâu khỏe.", "Gia đình đang thu hoạch lúa, hẹn tuần sau trao đổi tiếp về vay vốn.",
        "Hộ đã trồng thêm hai sào ngô, cần hướng dẫn bón phân.", "Nhà dột một góc mái, đề nghị xem xét hỗ trợ sửa chữa.",
        "Các cháu đi học đều, có nhận hỗ trợ chi phí học tập.", "Hộ trả lãi đúng hạn, dự định nuôi thêm lợn nái.",
        "Chủ hộ đi làm xa, vợ ở nhà chăm sóc con nhỏ.", "Đường vào bản sạt lở sau mưa, việc đi lại khó khăn.",
        "Quế đã đến tuổi tỉa, hộ có thêm thu nhập.", "Hộ chưa có nhà tiêu hợp vệ sinh, đã hướng dẫn cách làm.",
        "Đã giải thích quyền lợi bảo hiểm y tế, thẻ còn hạn.", "Đàn gà bị dịch, hộ mong được hỗ trợ con giống.",
        "Thăm sau khi thoát nghèo: thu nhập ổn định từ măng và quế.", "Hộ muốn học nghề sửa xe máy, đã ghi nguyện vọng.",
        "Nguồn nước về bản yếu vào mùa khô.", "Gia đình đã lắp đồng hồ điện riêng, có ti vi để theo dõi thời vụ.");

    public static readonly string[] Requests = Marked(
        "Gia đình đã có thu nhập ổn định, tự nguyện xin ra khỏi danh sách hộ nghèo.",
        "Nhờ vốn vay và cây quế, gia đình tự lo được, xin nhường sự hỗ trợ cho hộ khó khăn hơn.",
        "Con cái đã đi làm, gia đình xin được công nhận thoát nghèo.", "Gia đình xin thoát nghèo để các hộ khác được giúp đỡ.");

    public static readonly string[] Withdrawals = Marked(
        "Vụ mùa mất trắng, gia đình xin rút đơn.", "Trong nhà có việc phải chi tiêu lớn, xin rút đơn năm nay.");

    public static readonly string[] LoanPurposes = Marked(
        "Mua trâu sinh sản.", "Trồng quế và sả.", "Nuôi lợn nái.", "Làm chuồng trại, mua bò.", "Mua máy cày nhỏ.");

    public static readonly string[] Suspensions = Marked("Chủ hộ nằm viện, tạm dừng theo đề nghị của hộ.", "Dịch bệnh trên đàn vật nuôi trong vùng, tạm dừng.", "Mưa lũ, hộ sơ tán tạm thời.");

    public static readonly string[] Waivers = Marked("Dịch bệnh ngoài ý muốn, xã đồng ý miễn.", "Con giống chết do rét hại, đã xác minh.");

    public static readonly string[] Evidence = Marked("Đã xem tận nơi, đúng như thoả thuận.", "Có phiếu xác nhận của thú y xã.", "Có biên lai trả nợ.", "Trưởng bản xác nhận.");

    public static readonly string WrongExit = Mark + "Nhập nhầm sang hộ cùng thôn; hộ này vẫn còn trong danh sách.";
    public static readonly string WrongSupport = Mark + "Khoản hỗ trợ của hộ khác, nhập nhầm hộ.";
    public static readonly string WrongVisit = Mark + "Buổi thăm được ghi hai lần.";

    public static readonly string[] Lowland = ["Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4", "Thôn 5", "Thôn 6", "Thôn 7", "Thôn 8"];
    public static readonly string[] Upland = ["Bản 1", "Bản 2", "Bản 3", "Bản 4", "Bản 5", "Bản Trên", "Bản Dưới", "Bản Mới"];
    public static readonly string[] Town = ["Tổ dân phố 1", "Tổ dân phố 2", "Tổ dân phố 3", "Tổ dân phố 4", "Tổ dân phố 5", "Tổ dân phố 6"];

    public static readonly string[] Courses =
        ["Chăn nuôi trâu, bò", "Trồng và khai thác quế", "Sửa chữa máy nông nghiệp", "May dân dụng", "Kỹ thuật xây dựng", "Chế biến măng, chè", "Trồng lúa chất lượng cao"];

    public static readonly string[] Providers = ["Trung tâm giáo dục nghề nghiệp – giáo dục thường xuyên huyện", "Trường cao đẳng nghề tỉnh", "Hội Nông dân huyện"];

    private static string[] Marked(params string[] texts) => [.. texts.Select(t => Mark + t)];
}
