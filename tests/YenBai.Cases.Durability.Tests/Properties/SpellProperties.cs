using FsCheck.Xunit;

namespace YenBai.Cases.Durability.Tests;

[Properties(Arbitrary = [typeof(Cohorts)])]
public class SpellProperties
{
    static readonly ReviewCalendar Reviews = new(Enumerable.Range(2012, 10).Select(year => new DateOnly(year, 12, 15)));
    static readonly DateOnly AsOf = new(2018, 6, 30);
    static readonly DateTimeOffset KnownAt = new(2018, 9, 30, 0, 0, 0, TimeSpan.Zero);
    static readonly SpellQuery Query = new(AsOf, KnownAt);
    static readonly ReportPeriod[] Years = [.. Enumerable.Range(2012, 8).Select(ReportPeriod.Year)];

    [Property]
    public void What_was_not_known_or_not_yet_so_changes_nothing(FactStream stream)
    {
        var seen = stream.Facts.Where(fact => fact.Recorded <= KnownAt && (fact.Effective <= AsOf || fact.Kind == FactKind.Void));
        SpellBuilder.Build(seen, Reviews, Query).Spells.ShouldBe(SpellBuilder.Build(stream.Facts, Reviews, Query).Spells);
        MovementTable.Build(seen, Years, AsOf, KnownAt).ShouldBe(MovementTable.Build(stream.Facts, Years, AsOf, KnownAt));
    }

    [Property]
    public void Order_of_facts_is_irrelevant(FactStream stream)
    {
        var (built, again) = (SpellBuilder.Build(stream.Facts, Reviews, Query), SpellBuilder.Build(stream.Facts.Reverse(), Reviews, Query));
        again.Spells.ShouldBe(built.Spells);
        again.Exclusions.ShouldBe(built.Exclusions);
    }

    [Property]
    public void Spells_of_a_household_do_not_overlap(FactStream stream)
    {
        foreach (var household in SpellBuilder.Build(stream.Facts, Reviews, Query).Spells.GroupBy(spell => spell.Household))
            foreach (var (earlier, later) in household.Zip(household.Skip(1)))
            {
                later.Number.ShouldBeGreaterThan(earlier.Number);
                later.ExitDate.ShouldBeGreaterThanOrEqualTo(earlier.EndDate);
            }
    }

    [Property]
    public void Movement_closes_in_every_district_and_adds_to_the_area(FactStream stream)
    {
        var rows = MovementTable.Build(stream.Facts, Years, AsOf, KnownAt);
        foreach (var district in rows.GroupBy(row => row.District))
            foreach (var (year, next) in district.Zip(district.Skip(1)))
            {
                next.Opening.ShouldBe(year.Closing);
                year.Closing.ShouldBeGreaterThanOrEqualTo(0);
            }

        foreach (var year in rows.Where(row => row.District is not null).GroupBy(row => row.Period))
        {
            var area = rows.Single(row => row.District is null && row.Period == year.Key);
            area.Closing.ShouldBe(year.Sum(row => row.Closing));
            area.Exits.ShouldBe(year.Sum(row => row.Exits));
        }
    }

    [Property]
    public void Every_re_entry_of_the_movement_ends_a_spell(FactStream stream)
    {
        // Nothing is dropped when every spell is watched from its exit and spells of no length are counted in.
        var facts = stream.Facts.Where(fact => fact.Kind != FactKind.Import).ToArray();
        var set = SpellBuilder.Build(facts, Reviews, Query);
        var movement = MovementTable.Build(facts, Years, AsOf, KnownAt).Where(row => row.District is null).ToList();
        var zero = set.Exclusions.ZeroLengthEvent + set.Exclusions.ZeroLengthCensored;
        movement.Sum(row => row.ReEntries).ShouldBeInRange(
            set.Spells.Count(spell => spell.EndReason == EndReason.ReEntry), set.Spells.Count(spell => spell.EndReason == EndReason.ReEntry) + zero);
    }
}
