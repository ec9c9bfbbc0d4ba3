using YenBai.Cases.Standards;

namespace YenBai.Cases.Tests.Standards;

public sealed class CorrectingFacts
{
    private static readonly StandardRules Old = StandardRules.Of("2016-2020")!;

    private static readonly ValueCorrection Threshold =
        new("points/income_near_poor/rural", "155", null, Certainty.Verified, "Phụ lục của Thông tư 17/2016", "Đã tìm thấy phụ lục");

    private static (StandardValue? After, Refusal? Refusal) Decide(ValueCorrection asked, string standard = "2016-2020") =>
        Correcting.Decide(StandardBook.Shipped, StandardRules.Of(standard)!, asked);

    [Fact]
    public void Given_an_unverified_threshold_when_it_is_corrected_then_it_has_its_new_source_and_certainty() =>
        Decide(Threshold).After.ShouldBe(new StandardValue(Threshold.Key!, "155", null, Certainty.Verified, Threshold.Source!));

    [Theory]
    [InlineData("points/income_near_poor/rural", "150,5", "150.5")]
    [InlineData("line/poverty/rural", "750000", "750000")]
    [InlineData("form/TT17-2016 PL3b.2/through", "2021-12-31", "2021-12-31")]
    public void Given_a_value_when_it_reads_as_what_it_is_then_it_is_taken(string key, string value, string taken) =>
        Decide(Threshold with { Key = key, Value = value }).After!.Value.ShouldBe(taken);

    [Theory]
    [InlineData("points/none", "1", "unknown_value_key", "key")]
    [InlineData("rule/kind", "single_line", "not_correctable", "key")]
    [InlineData("indicator/1/dimension", "housing", "not_correctable", "key")]
    [InlineData("points/deprived", "many", "not_a_number", "value")]
    [InlineData("points/deprived", "-30", "not_a_number", "value")]
    [InlineData("points/deprived", "0", "out_of_range", "value")]
    [InlineData("line/poverty/rural", "700000.5", "not_a_number", "value")]
    [InlineData("rule/deprivations", "11", "out_of_range", "value")]
    [InlineData("form/TT17-2016 PL3b.2/through", "31/13/2021", "not_a_date", "value")]
    [InlineData("points/income_near_poor/rural", "120", "limits_cross", "value")]
    [InlineData("points/income_poor/urban", "175", "limits_cross", "value")]
    [InlineData("line/poverty/urban", "1300000", "limits_cross", "value")]
    public void Given_a_value_that_cannot_be_then_the_correction_is_refused(string key, string value, string code, string field)
    {
        var refusal = Decide(Threshold with { Key = key, Value = value }).Refusal!;
        (refusal.Code, refusal.Field).ShouldBe((code, field));
    }

    [Fact]
    public void Given_an_indicator_when_it_is_said_to_be_that_of_no_other_standard_then_the_correction_is_refused()
    {
        var asked = Threshold with { Key = "indicator/4/same_as" };
        foreach (var other in new[] { "2022-2025/2", "2016-2020/11", "1999/2", "insurance" })
            Decide(asked with { Value = other }, "2022-2025").Refusal!.Code.ShouldBe("unknown_indicator", other);
        Decide(asked with { Value = "2016-2020/1" }, "2022-2025").After!.Value.ShouldBe("2016-2020/1");
    }

    [Fact]
    public void Given_words_when_the_english_is_missing_then_the_correction_is_refused() =>
        Decide(Threshold with { Key = "cause/1", Value = "Thiếu vốn" }).Refusal!.Field.ShouldBe("english");

    [Theory]
    [InlineData("value")]
    [InlineData("source")]
    [InlineData("reason")]
    [InlineData("certainty")]
    public void Given_a_correction_without_what_it_must_say_then_it_is_refused(string field)
    {
        var refusal = Decide(field switch
        {
            "value" => Threshold with { Value = " " },
            "source" => Threshold with { Source = null },
            "reason" => Threshold with { Reason = "" },
            _ => Threshold with { Certainty = null },
        }).Refusal!;
        (refusal.Code, refusal.Field).ShouldBe(("required", field));
    }

    [Fact]
    public void Given_a_correction_that_changes_nothing_then_it_is_refused()
    {
        var value = Old["points/deprived"];
        Decide(new(value.Key, value.Value, null, value.Certainty, value.Source, "để chắc chắn")).Refusal!.Code.ShouldBe("nothing_changed");
    }
}
