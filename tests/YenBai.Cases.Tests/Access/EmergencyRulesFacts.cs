using YenBai.Cases.Access;
using YenBai.Cases.Places;

namespace YenBai.Cases.Tests.Access;

/// <summary>What an emergency opening allows, needs, and to whom it goes.</summary>
public sealed class EmergencyRulesFacts
{
    private const string Province = "15@2020-02-01", District = "136@2020-02-01", Commune = "04375@2020-02-01", Elsewhere = "04456@2020-02-01";
    private static readonly DateTimeOffset Now = Days.StartOf(new(2024, 6, 15)).AddHours(9);

    private static readonly Subject Opened = new(Guid.NewGuid(), Commune, "Hồng Phong", Shared: true, Restricted: false);

    private static Grant Emergency(Role stored, string? place = null) =>
        new(Guid.NewGuid(), stored, place, null, [Opened.Id], Now.AddHours(-1), Now.AddHours(23)) { Emergency = true };

    private static Actor Worker(params Grant[] more) => PolicyFacts.Somebody(Now, [PolicyFacts.Given(Role.Caseworker, Elsewhere, "Nà Mằn"), .. more]);

    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    /// <summary>Earlier stores wrote the role of a caseworker; whatever stands there, the opening reads one household.</summary>
    [Theory]
    [MemberData(nameof(Roles))]
    public void An_emergency_grant_opens_its_household_and_allows_nothing_else(Role stored)
    {
        var (without, with) = (Worker(), Worker(Emergency(stored, Province)));

        with.SightOf(Operation.OpenHousehold, Opened).ShouldBe(Sight.Full);
        with.May(Operation.OpenHousehold, Opened with { Id = Guid.NewGuid() }).ShouldBeFalse("another household of the same place");
        with.Has(stored).ShouldBe(stored == Role.Caseworker, "no role comes with it");
        foreach (var operation in Enum.GetValues<Operation>())
        {
            with.May(operation).ShouldBe(without.May(operation), operation.ToString());
            with.MayAt(operation, Commune, null).ShouldBeFalse(operation.ToString());
            with.MayInProvince(operation).ShouldBeFalse(operation.ToString());
            with.GrantsFor(operation).Count(g => g.Emergency).ShouldBe(operation == Operation.OpenHousehold ? 1 : 0, operation.ToString());
            if (operation == Operation.OpenHousehold) continue;
            with.May(operation, Opened).ShouldBeFalse(operation.ToString());
            with.ReachOf(operation).Extents.ShouldAllBe(e => !e.Households.Contains(Opened.Id), operation.ToString());
        }
    }

    [Fact]
    public void An_opening_ends_with_the_work_that_justified_it()
    {
        PolicyFacts.Somebody(Now, Emergency(Role.Caseworker)).May(Operation.OpenHousehold, Opened).ShouldBeFalse("the grant of the own commune was revoked");
        PolicyFacts.Somebody(Now, Emergency(Role.Caseworker), PolicyFacts.Given(Role.Evaluator, Province)).SightOf(Operation.OpenHousehold, Opened).ShouldBe(Sight.DeIdentified);
        Worker(Emergency(Role.Caseworker) with { Until = Now }).May(Operation.OpenHousehold, Opened).ShouldBeFalse("the day is over");
    }

    [Theory]
    [InlineData("", "required")]
    [InlineData("   ", "required")]
    [InlineData("k", "reason_not_a_sentence")]
    [InlineData("kkkkkkkkkkkkkkkkkkkkkkkk", "reason_not_a_sentence")]
    [InlineData("khẩn khẩn khẩn khẩn khẩn khẩn khẩn", "reason_not_a_sentence")]
    [InlineData("aa bb aaa bbb aaaa bbbb aaaaa bbbbb", "reason_not_a_sentence")]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12 13 14", "reason_not_a_sentence")]
    [InlineData("cần xem ngay", "reason_not_a_sentence")]
    [InlineData("Bố bị tai nạn, con nhỏ ở nhà một mình đêm nay", null)]
    [InlineData("The mother is in hospital and the children are alone", null)]
    public void The_reason_is_a_sentence(string reason, string? refusal) => (EmergencyRules.RefuseReason(reason)?.Code).ShouldBe(refusal);

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(2, 9, null)]
    [InlineData(3, 0, "emergency_limit")]
    [InlineData(0, 10, "emergency_misses")]
    public void There_are_three_a_day(int openings, int misses, string? refusal) => (EmergencyRules.RefuseFurther(openings, misses)?.Code).ShouldBe(refusal);

    [Theory]
    [InlineData(0, true, EmergencyLevel.Place)]
    [InlineData(23.99, true, EmergencyLevel.Place)]
    [InlineData(24, true, EmergencyLevel.Province)]
    [InlineData(47.99, true, EmergencyLevel.Province)]
    [InlineData(48, true, EmergencyLevel.Auditors)]
    [InlineData(24 * 365 * 20, true, EmergencyLevel.Auditors)]
    [InlineData(0, false, EmergencyLevel.Province)]
    [InlineData(24, false, EmergencyLevel.Auditors)]
    public void What_nobody_acknowledges_within_a_day_goes_up(double hours, bool managed, EmergencyLevel level) =>
        EmergencyRules.LevelOf(Now, Now.AddHours(hours), managed).ShouldBe(level);

    [Fact]
    public void A_level_has_a_day()
    {
        EmergencyRules.DueOf(Now, Now, true).ShouldBe(Now.AddHours(24));
        EmergencyRules.DueOf(Now, Now.AddHours(25), true).ShouldBe(Now.AddHours(48));
        EmergencyRules.DueOf(Now, Now.AddHours(48), true).ShouldBeNull();
    }

    [Fact]
    public void Each_level_is_asked_in_its_turn()
    {
        bool Asked(Role role, string place, EmergencyLevel level, DateOnly? on = null) => EmergencyRules.IsFor(
            PolicyFacts.Somebody(on is { } day ? Days.StartOf(day) : Now, PolicyFacts.Given(role, place)), Commune, level, on ?? new(2024, 6, 15), PlaceCatalog.Default);

        Asked(Role.Manager, Commune, EmergencyLevel.Place).ShouldBeTrue();
        Asked(Role.Manager, District, EmergencyLevel.Place).ShouldBeTrue();
        Asked(Role.Manager, Commune, EmergencyLevel.Auditors).ShouldBeTrue("it stays theirs");
        Asked(Role.Manager, Elsewhere, EmergencyLevel.Auditors).ShouldBeFalse();
        Asked(Role.Manager, Province, EmergencyLevel.Place).ShouldBeFalse();
        Asked(Role.Manager, Province, EmergencyLevel.Province).ShouldBeTrue();
        Asked(Role.Auditor, Province, EmergencyLevel.Province).ShouldBeFalse();
        Asked(Role.Auditor, Province, EmergencyLevel.Auditors).ShouldBeTrue();
        Asked(Role.Administrator, Province, EmergencyLevel.Auditors).ShouldBeFalse();
        Asked(Role.Caseworker, Commune, EmergencyLevel.Auditors).ShouldBeFalse();
        Asked(Role.Manager, Commune, EmergencyLevel.Place, new(2026, 3, 1)).ShouldBeTrue("the commune that took it over");
    }
}
