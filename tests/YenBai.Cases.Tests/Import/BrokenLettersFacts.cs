using System.Text;
using YenBai.Cases.Records;

namespace YenBai.Cases.Tests.Import;

public sealed class BrokenLettersFacts
{
    [Theory]
    [InlineData("NguyÔn V¨n MÉu", "letters_tcvn3")]
    [InlineData("§Æng ThÞ H­êng", "letters_tcvn3")]
    [InlineData("Lß ThÞ Thö", "letters_tcvn3")]
    [InlineData("Hoµng V¨n Söu", "letters_tcvn3")]
    [InlineData("B¶n N­íc M¸t", "letters_tcvn3")]
    [InlineData("Nguyeãn Vaên Maãu", "letters_vni")]
    [InlineData("Hoaøng Thò Höôøng", "letters_vni")]
    [InlineData("NguyêÞn Vãn Mâìu", "letters_windows1258")]
    [InlineData("Nguy?n V?n M?u", "letters_lost")]
    [InlineData("Lò Th? Mai", "letters_lost")]
    public void Letters_of_other_code_pages_are_recognized(string text, string reason) => BrokenLetters.WrongOf(text, isName: true).ShouldBe(reason);

    [Theory]
    [InlineData("Nguyễn Văn Mẫu")]
    [InlineData("Giàng A Páo")]
    [InlineData("Đặng Thị Hường")]
    [InlineData("Bản Nước Mát")]
    public void Unicode_that_was_read_twice_is_recognized(string text) =>
        BrokenLetters.WrongOf(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)), isName: true).ShouldBe("letters_read_twice");

    /// <summary>The list of the peoples of Vietnam (Decision 121-TCTK/PPCĐ of 1979), with spellings that lists use.</summary>
    public static TheoryData<string> Peoples =>
    [
        "Kinh", "Tày", "Thái", "Hoa", "Khơ-me", "Khmer", "Mường", "Nùng", "Mông", "HMông", "H'Mông", "H’Mông", "Dao", "Gia-rai", "Gia Rai", "Ngái", "Ê-đê", "Ê Đê", "Ba-na",
        "Xơ-đăng", "Xơ Đăng", "Sán Chay", "Cao Lan", "Cơ-ho", "K'Ho", "Chăm", "Sán Dìu", "Hrê", "Mnông", "M'Nông", "Ra-glai", "Raglay", "Xtiêng", "Stiêng", "Bru-Vân Kiều",
        "Bru–Vân Kiều", "Thổ", "Giáy", "Cơ-tu", "Gié-Triêng", "Giẻ Triêng", "Mạ", "Khơ-mú", "Co", "Tà-ôi", "Ta-ôi", "Chơ-ro", "Kháng", "Xinh-mun", "Hà Nhì", "Chu-ru", "Lào",
        "La Chí", "La Ha", "Phù Lá", "La Hủ", "Lự", "Lô Lô", "Chứt", "Mảng", "Pà Thẻn", "Cơ Lao", "Cống", "Bố Y", "Si La", "Pu Péo", "Brâu", "Ơ-đu", "Ơ Đu", "Rơ-măm", "Rơ Măm",
    ];

    [Theory]
    [MemberData(nameof(Peoples))]
    public void The_names_of_the_peoples_are_right(string name)
    {
        foreach (var written in new[] { name, name.ToUpperInvariant(), name.ToLowerInvariant(), name.Normalize(NormalizationForm.FormC) })
            BrokenLetters.WrongOf(written, isName: true).ShouldBeNull(written);
    }

    [Theory]
    [InlineData("Hoà, Hòa, khoá, khóa, Thuý, Thúy, Quý, Quí, khuỷu, ngoằn ngoèo, loè loẹt, toà, TOÀ, HOÀNG, KHOÁ")]
    [InlineData("Ủy ban nhân dân xã Ô Quý Hồ, tổ 5, số 12A – đường Âu Cơ")]
    [InlineData("ĐẶNG THỊ HƯỜNG, NGUYỄN VĂN ƯỚC, LÝ ÔNG ÁNH, VÕ Ý NHI, Ỷ LAN")]
    [InlineData("Bản “Nà Hẩu” «cũ», diện tích 120 m², 25°C, ½ ha; 30.000₫")]
    [InlineData("xoong, boong, quần soóc, coóc, goòng, xoèn xoẹt, quạu, quàu, ngoáo, loã, quã")]
    public void Vietnamese_words_are_right(string text) => BrokenLetters.WrongOf(text, isName: true).ShouldBeNull();
}
