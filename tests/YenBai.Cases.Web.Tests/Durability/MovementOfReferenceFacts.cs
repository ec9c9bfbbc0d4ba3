using System.Runtime.Versioning;

namespace YenBai.Cases.Web.Tests.Durability;

/// <summary>Imported as files and asked over HTTP, the twenty households move as they do in R.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MovementOfReferenceFacts(TwentyHouseholds store) : IClassFixture<TwentyHouseholds>
{
    private static readonly (string Member, string Column)[] Columns =
    [
        ("unit", "district"), ("year", "year"), ("opening", "opening"), ("exits", "exits"), ("reentries", "reentries"), ("reentriesStandardChange", "reentries_standard_change"),
        ("reentriesAfterAbsence", "reentries_after_absence"), ("newlyPoor", "newly_poor"), ("otherIn", "other_in"), ("otherOut", "other_out"), ("closing", "closing"),
    ];

    [Theory]
    [InlineData("A"), InlineData("B"), InlineData("C"), InlineData("D")]
    public async Task Movement_by_year_and_district_agrees(string run)
    {
        var days = Reference.Run(run).Split('&').Where(p => p.StartsWith("asOf", StringComparison.Ordinal) || p.StartsWith("knownAt", StringComparison.Ordinal));

        var answer = await store.GetAsync($"/api/movement?{string.Join('&', days)}&to=2022");

        var expected = Reference.Rows($"{run}_movement.csv");
        var rows = answer["rows"]!.AsArray();
        rows.Count.ShouldBe(expected.Count);
        answer["addsUp"]!.GetValue<bool>().ShouldBeTrue();
        foreach (var (row, cells) in rows.Zip(expected))
            foreach (var (member, column) in Columns)
                row![member]!.ToString().ShouldBe(cells[column], $"{run} {cells["district"]} {cells["year"]} {member}");
    }

    [Fact]
    public async Task Without_years_the_table_goes_from_the_first_standard_to_the_day_of_the_report()
    {
        var rows = (await store.GetAsync("/api/movement?asOf=2022-06-30&knownAt=2022-06-30"))["rows"]!.AsArray();

        rows.Count.ShouldBe(Reference.Rows("A_movement.csv").Count);
    }

    [Theory]
    [InlineData("commune"), InlineData("area")]
    public async Task What_is_known_by_its_district_alone_is_nobodys_in_a_finer_cut_and_the_sum_is_the_same(string by)
    {
        var rows = (await store.GetAsync($"/api/movement?asOf=2022-06-30&by={by}"))["rows"]!.AsArray();

        rows.Select(r => r!["unit"]!.GetValue<string>()).Distinct().ShouldBe(["all", "unknown"]);
        rows.Single(r => r!["unit"]!.GetValue<string>() == "all" && r["year"]!.GetValue<int>() == 2017)!["exits"]!.ToString().ShouldBe("9");
    }

    [Fact]
    public async Task Of_one_standard_only_what_was_judged_under_it_moves()
    {
        var rows = (await store.GetAsync("/api/movement?asOf=2022-06-30&standard=2016-2020&from=2021&to=2021"))["rows"]!.AsArray();

        (rows[0]!["reentriesStandardChange"]!.GetValue<int>(), rows[0]!["closing"]!.GetValue<int>()).ShouldBe((0, 9));
    }
}
