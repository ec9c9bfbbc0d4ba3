using System.Text;

namespace YenBai.Cases.Tests.Places;

public class VietnameseTextFacts
{
    [Theory]
    [InlineData("Mù Cang Chải", "mu cang chai")]
    [InlineData("  Đặng   Thị\u00A0Hường ", "dang thi huong")]
    [InlineData("ÐÀO THỊNH", "dao thinh")] // the Icelandic letter of old converters
    [InlineData("Giàng A Sử\u200B", "giang a su")]
    [InlineData("", "")]
    public void Folding_leaves_bare_lower_case_words(string text, string folded)
    {
        VietnameseText.Fold(text).ShouldBe(folded);
        VietnameseText.Fold(text.Normalize(NormalizationForm.FormD)).ShouldBe(folded);
        VietnameseText.Fold(folded).ShouldBe(folded);
    }

    [Fact]
    public void The_place_of_a_tone_mark_does_not_matter() =>
        VietnameseText.Fold("Khánh Hoà").ShouldBe(VietnameseText.Fold("Khánh Hòa"));

    [Theory]
    [InlineData("Lò\uD800")]
    [InlineData("Lò\uFFFE")]
    public void Damaged_text_can_still_be_folded(string text) => VietnameseText.Fold(text).ShouldStartWith("lo");
}
