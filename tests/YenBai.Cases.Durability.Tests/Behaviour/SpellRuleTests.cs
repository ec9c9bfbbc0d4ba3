namespace YenBai.Cases.Durability.Tests;

/// <summary>Rules that the reference stream has no household for.</summary>
public class SpellRuleTests
{
    static readonly ReviewCalendar Reviews = new(Enumerable.Range(2016, 6).Select(year => new DateOnly(year, 12, 15)));
    static readonly SpellQuery Query = new(new DateOnly(2021, 12, 31), Instant(new DateOnly(2021, 12, 31)));

    readonly List<SpellFact> facts = [];

    static DateTimeOffset Instant(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    static DateOnly Day(int year, int month = 12, int day = 15) => new(year, month, day);

    SpellRuleTests Fact(FactKind kind, DateOnly on, string district = "Văn Yên", EnterCause cause = default, long? voids = null, DateOnly? recorded = null)
    {
        facts.Add(new SpellFact(facts.Count + 1, "H1", facts.Count + 1, on, Instant(recorded ?? on), kind, district, Cause: cause, Reference: voids));
        return this;
    }

    SpellSet Spells(SpellQuery? query = null) => SpellBuilder.Build(facts, Reviews, query ?? Query);

    MovementRow Year(int year, string? district = null) => MovementTable.Build(facts, [ReportPeriod.Year(year)], Query.AsOf, Query.KnownAt)
        .Single(row => row.District == district);

    [Fact]
    public void An_exit_of_a_household_not_on_the_list_opens_a_spell_but_is_no_exit_of_the_movement()
    {
        Fact(FactKind.Exit, Day(2017)).Fact(FactKind.Confirm, Day(2018));
        Spells().Spells.ShouldHaveSingleItem().Time.ShouldBe(365);
        MovementTable.Build(facts, [ReportPeriod.Year(2017)], Query.AsOf, Query.KnownAt).Sum(row => row.Exits).ShouldBe(0);
    }

    [Fact]
    public void A_transfer_changes_the_district_and_nothing_else()
    {
        Fact(FactKind.Enter, Day(2016, 3, 1)).Fact(FactKind.Transfer, Day(2017, 5, 1), "Lục Yên")
            .Fact(FactKind.Exit, Day(2017), "Lục Yên").Fact(FactKind.Confirm, Day(2018), "Lục Yên");
        Spells().Spells.ShouldHaveSingleItem().District.ShouldBe("Lục Yên");
        (Year(2017, "Văn Yên").OtherOut, Year(2017, "Văn Yên").Closing).ShouldBe((1, 0));
        (Year(2017, "Lục Yên").OtherIn, Year(2017, "Lục Yên").Exits).ShouldBe((1, 1));
        Year(2017).Closing.ShouldBe(0);
    }

    [Fact]
    public void A_transfer_while_out_leaves_the_spell_with_the_district_of_its_exit()
    {
        Fact(FactKind.Enter, Day(2016, 3, 1)).Fact(FactKind.Exit, Day(2017)).Fact(FactKind.Transfer, Day(2018, 5, 1), "Lục Yên")
            .Fact(FactKind.Enter, Day(2019), "Lục Yên");
        var spell = Spells().Spells.ShouldHaveSingleItem();
        (spell.District, spell.End, spell.Cycle).ShouldBe(("Văn Yên", EndKind.ReEntry, 2));
        Year(2019, "Lục Yên").ReEntries.ShouldBe(1);
    }

    [Fact]
    public void A_void_counts_from_the_day_it_is_known_even_if_it_names_a_later_day()
    {
        Fact(FactKind.Enter, Day(2016, 3, 1)).Fact(FactKind.Exit, Day(2017)).Fact(FactKind.Confirm, Day(2018))
            .Fact(FactKind.Void, Day(2025), voids: 2, recorded: Day(2019, 2, 1));
        Spells(Query with { KnownAt = Instant(Day(2019, 1, 31)) }).Spells.Length.ShouldBe(1);
        var after = Spells(Query with { KnownAt = Instant(Day(2019, 2, 1)) });
        after.Spells.ShouldBeEmpty();
        after.Exclusions.ConfirmIgnored.ShouldBe(1);
    }

    [Fact]
    public void An_exit_after_leaving_is_counted_and_ignored()
    {
        Fact(FactKind.Enter, Day(2016, 3, 1)).Fact(FactKind.MoveOut, Day(2017, 5, 1)).Fact(FactKind.Exit, Day(2017));
        Spells().Exclusions.ExitAfterGone.ShouldBe(1);
        Spells().Spells.ShouldBeEmpty();
    }

    [Fact]
    public void First_spells_only_leave_the_second_out()
    {
        Fact(FactKind.Enter, Day(2016, 3, 1)).Fact(FactKind.Exit, Day(2017)).Fact(FactKind.Enter, Day(2018))
            .Fact(FactKind.Exit, Day(2019)).Fact(FactKind.Confirm, Day(2020));
        Spells().Spells.Select(spell => spell.Number).ShouldBe([1, 2]);
        Spells(Query with { Scope = SpellScope.First }).Spells.Select(spell => spell.Number).ShouldBe([1]);
    }

    [Fact]
    public void Facts_of_one_day_hold_in_their_sequence()
    {
        Fact(FactKind.Enter, Day(2017)).Fact(FactKind.Exit, Day(2017)).Fact(FactKind.Confirm, Day(2018));
        Spells().Spells.ShouldHaveSingleItem().ExitDate.ShouldBe(Day(2017));
    }

    [Fact]
    public void A_spell_without_a_completed_review_adds_no_person_period()
    {
        Fact(FactKind.Enter, Day(2016, 3, 1)).Fact(FactKind.Exit, Day(2017)).Fact(FactKind.MoveOut, Day(2018, 6, 1));
        var spell = Spells().Spells.ShouldHaveSingleItem();
        spell.Cycle.ShouldBe(0);
        DiscreteHazard.Expand([spell]).ShouldBeEmpty();
        KaplanMeier.Fit([spell.ObservationInCycles]).Count.ShouldBe(0);
    }
}
