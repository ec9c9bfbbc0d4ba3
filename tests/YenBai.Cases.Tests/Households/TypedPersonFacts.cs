using YenBai.Cases.Households;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Households;

/// <summary>What is typed of a person is kept by the rules of files (Import/OfficeCellFacts).</summary>
public sealed class TypedPersonFacts
{
    private static readonly RegisterHousehold Registration = new(
        Code, On(2024, 1, 5), "04375", "Hồng Phong", "Lò Thị Mai", Sex.Female, 1980, null, null, null, null, 5, 2, false, null);

    private static Person Head(Outcome outcome) => outcome.Decision.Records.OfType<Person>().ShouldHaveSingleItem();

    [Theory]
    [InlineData("015 180 000 001", "015180000001", null)]
    [InlineData("15180000001", "015180000001", "zero_restored")]
    [InlineData("060.123.456", "060123456", null)]
    [InlineData("60123456", "060123456", "zero_restored")]
    [InlineData("015180000001.0", "015180000001", null)]
    [InlineData("chưa có", null, "id_number_none")]
    [InlineData("99180000001", "99180000001", "id_number_unusual")]
    public void An_identity_number_is_kept_as_its_digits_wherever_it_is_typed(string typed, string? kept, string? warning)
    {
        foreach (var outcome in new[] { Unknown.When(Registration with { HeadIdNumber = typed }), Poor.When(new ChangeHead(Today, "Hà Văn Tư", null, null, typed, null, null, null)) })
        {
            Head(outcome).IdNumber.ShouldBe(kept);
            outcome.Warns(warning is null ? [] : [warning]);
        }
    }

    [Theory]
    [InlineData("0912 345 678", "0912345678", null)]
    [InlineData("912345678", "0912345678", "phone_zero_restored")]
    [InlineData("không có", null, "phone_none")]
    public void A_phone_number_is_kept_as_its_digits(string typed, string? kept, string? warning)
    {
        var outcome = Unknown.When(Registration with { Phone = typed });

        Head(outcome).Phone.ShouldBe(kept);
        outcome.Warns(warning is null ? [] : [warning]);
    }

    [Theory]
    [InlineData("01", "Kinh", null)]
    [InlineData("X", null, "ethnicity_unknown")]
    [InlineData("Tày", "Tày", null)]
    public void An_ethnicity_is_kept_as_a_name(string typed, string? kept, string? warning)
    {
        var outcome = Unknown.When(Registration with { Ethnicity = typed });

        Head(outcome).Ethnicity.ShouldBe(kept);
        outcome.Warns(warning is null ? [] : [warning]);
    }

    [Theory, InlineData("1.5075E+10"), InlineData("1,5075E+10"), InlineData("03/02/1975"), InlineData("0.15")]
    public void A_number_that_has_lost_digits_is_refused(string typed)
    {
        Unknown.When(Registration with { HeadIdNumber = typed }).IsRefused("digits_lost", "headIdNumber");
        Poor.When(new ChangeHead(Today, "Hà Văn Tư", null, null, typed, null, null, null)).IsRefused("digits_lost", "headIdNumber");
    }

    [Theory]
    [InlineData("NguyÔn V¨n MÉu", "letters_tcvn3")]
    [InlineData("Nguyeãn Vaên Maãu", "letters_vni")]
    [InlineData("Nguy?n V?n M?u", "letters_lost")]
    public void Letters_of_another_code_page_are_refused_as_names(string typed, string reason)
    {
        Unknown.When(Registration with { HeadName = typed }).IsRefused(reason, "headName");
        Unknown.When(Registration with { Hamlet = typed }).IsRefused(reason, "hamlet");
        Poor.When(new ChangeHead(Today, typed, null, null, null, null, null, null)).IsRefused(reason, "headName");
        Poor.When(new Move(Today, "04375", typed)).IsRefused(reason, "hamlet");
        Poor.When(new Split(Today, "YB-2", typed, null, null, 2)).IsRefused(reason, "headName");
    }

    [Fact]
    public void Blanks_in_a_name_are_single() => Head(Unknown.When(Registration with { HeadName = " Lò\u00A0 Thị  Mai " })).Name.ShouldBe("Lò Thị Mai");

    [Fact]
    public void A_number_without_a_name_is_kept() =>
        Head(Unknown.When(Registration with { HeadName = " ", HeadIdNumber = "015180000001" })).ShouldSatisfyAllConditions(h => h.Name.ShouldBeNull(), h => h.IdNumber.ShouldBe("015180000001"));
}
