using YenBai.Cases.Households;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Tests.Import;

public sealed class PersonComparisonFacts
{
    private static Person A(string? name, Sex? sex = null, int? year = null, string? number = null) => new(Guid.Empty, Guid.Empty, name, sex, year, number, null, null);

    [Theory]
    [InlineData("Nguyễn Văn Mẫu", "NGUYỄN VĂN MẪU")]
    [InlineData("Lò Văn Hoà", "Lò Văn Hòa")]
    [InlineData("Giàng A Mẫu", "Giàng A  Mẫu")]
    [InlineData("Giàng A Mẫu", "Giàng\u00A0A Mẫu")]
    [InlineData("Nguyễn Văn Mẫu", "Nguyen Van Mau")]
    [InlineData("Lò Thị Thuý", "LÒ THỊ THÚY")]
    [InlineData("H'Ninh", "H’Ninh")]
    public void Capitals_blanks_the_place_of_a_tone_mark_and_missing_marks_are_no_difference(string known, string told)
    {
        var match = PersonComparison.Compare(A(known), A(told));

        match.ShouldBe(PersonMatch.Same);
        PersonComparison.Merge(A(known), A(told), match).Name.ShouldBe(known);
    }

    [Theory]
    [InlineData("Nguyen Van Mau", "Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu")]
    [InlineData("Nguyen Van Mau", "NGUYỄN VĂN MẪU", "Nguyễn Văn Mẫu")]
    public void A_list_with_marks_spells_better_than_one_without(string known, string told, string then)
    {
        PersonComparison.Compare(A(known), A(told)).ShouldBe(PersonMatch.BetterSpelt);
        PersonComparison.Merge(A(known), A(told), PersonMatch.BetterSpelt).ShouldSatisfyAllConditions(p => p.Name.ShouldBe(then), p => p.SearchName.ShouldBe("nguyen van mau"));
    }

    [Fact]
    public void A_widow_is_another_person() =>
        PersonComparison.Compare(A("Giàng A Mẫu", Sex.Male, 1958, "015058000001"), A("Vàng Thị Mẫu", Sex.Female)).ShouldBe(PersonMatch.Another);

    [Fact]
    public void Another_name_with_the_same_number_is_unsure() =>
        PersonComparison.Compare(A("Giàng A Mẫu", null, null, "015058000001"), A("Sùng Thị Thử", null, null, "015058000001")).ShouldBe(PersonMatch.Unsure);

    [Fact]
    public void The_same_name_with_another_year_and_number_is_unsure() =>
        PersonComparison.Compare(A("Lò Văn Thử", null, 1950, "015050000001"), A("Lò Văn Thử", null, 1980, "015080000001")).ShouldBe(PersonMatch.Unsure);

    [Fact]
    public void A_name_of_one_other_letter_needs_evidence()
    {
        PersonComparison.Compare(A("Giàng A Páo"), A("Giàng A Sáo")).ShouldBe(PersonMatch.Unsure);
        PersonComparison.Compare(A("Giàng A Páo", null, 1970), A("Giàng A Sáo", null, 1970)).ShouldBe(PersonMatch.BetterSpelt);
        PersonComparison.Compare(A("Giàng A Páo", null, 1970), A("Giàng A Sáo", null, 1990)).ShouldBe(PersonMatch.Another);
    }

    [Fact]
    public void A_former_card_does_not_contradict_the_new_one_and_does_not_replace_it()
    {
        var (known, told) = (A("Lò Văn Thử", null, null, "015080000030"), A("Lò Văn Thử", null, null, "060123456"));

        PersonComparison.Compare(known, told).ShouldBe(PersonMatch.Same);
        PersonComparison.Merge(known, told, PersonMatch.Same).IdNumber.ShouldBe("015080000030");
        PersonComparison.Merge(told, known, PersonMatch.Same).IdNumber.ShouldBe("015080000030");
    }
}
