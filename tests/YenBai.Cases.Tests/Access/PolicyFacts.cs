using YenBai.Cases.Access;
using YenBai.Cases.Places;

namespace YenBai.Cases.Tests.Access;

/// <summary>Who sees and does what, where, and until when.</summary>
public sealed class PolicyFacts
{
    private const string Yenbai = "15@2020-02-01", Laocai = "15@2025-07-01", MuCangChai = "137@2020-02-01", MauA = "04375@2020-02-01", NewMauA = "04375@2025-07-01", OldLaocaiCommune = "02671@2025-07-01";
    private static readonly DateTimeOffset In2024 = Days.StartOf(new(2024, 6, 15)), In2026 = Days.StartOf(new(2026, 3, 1));

    internal static Grant Given(Role role, string? place, string? hamlet = null, DateTimeOffset? from = null, DateTimeOffset? until = null, params Guid[] households) =>
        new(Guid.NewGuid(), role, place, hamlet, households, from ?? DateTimeOffset.MinValue, until);

    internal static Actor Somebody(DateTimeOffset now, params Grant[] grants) => new("somebody", grants, now, PlaceCatalog.Default);

    private static Subject At(string unit, string? hamlet = null, bool shared = false, bool restricted = false) => new(Guid.NewGuid(), unit, hamlet, shared, restricted);

    [Fact]
    public void A_caseworker_of_a_commune_sees_its_households_and_no_neighbour()
    {
        var worker = Somebody(In2024, Given(Role.Caseworker, MauA));

        worker.SightOf(Operation.OpenHousehold, At(MauA, "Hồng Phong")).ShouldBe(Sight.Full);
        worker.SightOf(Operation.OpenHousehold, At("04378@2020-02-01")).ShouldBe(Sight.None);
        worker.SightOf(Operation.OpenHousehold, At("136@2020-02-01")).ShouldBe(Sight.None, "known only to be somewhere in the district");
        worker.May(Operation.ManageAccounts).ShouldBeFalse();
    }

    [Fact]
    public void A_caseworker_of_a_hamlet_sees_that_hamlet_and_constitutes_nothing()
    {
        var worker = Somebody(In2024, Given(Role.Caseworker, MauA, "Hồng Phong"));

        worker.May(Operation.RecordWork, At(MauA, "Hồng Phong")).ShouldBeTrue();
        worker.May(Operation.RecordWork, At(MauA, "Đồng Bưởi")).ShouldBeFalse();
        worker.May(Operation.RecordWork, At(MauA)).ShouldBeFalse();
        worker.May(Operation.Decide, At(MauA, "Hồng Phong")).ShouldBeFalse();
        worker.May(Operation.Decide).ShouldBeFalse();
    }

    [Fact]
    public void A_commune_merged_into_another_takes_its_officers_grants_along()
    {
        var before = Somebody(In2024, Given(Role.Caseworker, MauA));
        var after = Somebody(In2026, Given(Role.Caseworker, MauA));
        var neighbour = PlaceCatalog.Default.PredecessorsOf(NewMauA).First(u => u.Id != MauA).Id;

        before.May(Operation.OpenHousehold, At(neighbour)).ShouldBeFalse();
        after.May(Operation.OpenHousehold, At(NewMauA)).ShouldBeTrue();
        after.May(Operation.OpenHousehold, At(neighbour)).ShouldBeTrue("it is one commune now");
        after.May(Operation.OpenHousehold, At(MauA)).ShouldBeTrue("what was recorded before the merger is of the same commune");
    }

    [Fact]
    public void A_district_ends_with_what_was_granted_on_it()
    {
        var manager = Given(Role.Manager, MuCangChai);
        var commune = At("04456@2020-02-01");

        Somebody(In2024, manager).May(Operation.OpenHousehold, commune).ShouldBeTrue();
        Somebody(Days.StartOf(new(2025, 6, 30)), manager).May(Operation.OpenHousehold, commune).ShouldBeTrue("its last day");
        Somebody(Days.StartOf(new(2025, 7, 1)), manager).May(Operation.OpenHousehold, commune).ShouldBeFalse("the province took the district over; its manager did not become the province's");
    }

    [Fact]
    public void The_provinces_manager_goes_on_in_the_merged_province()
    {
        Somebody(In2024, Given(Role.Manager, Yenbai)).May(Operation.OpenHousehold, At(OldLaocaiCommune)).ShouldBeFalse();
        var manager = Somebody(In2026, Given(Role.Manager, Yenbai));
        manager.May(Operation.OpenHousehold, At(OldLaocaiCommune)).ShouldBeTrue();
        manager.May(Operation.OpenHousehold, At(MuCangChai)).ShouldBeTrue("known only by its old district, it is still seen by the province's people");
        manager.MayInProvince(Operation.ReadPlan).ShouldBeTrue();
    }

    [Fact]
    public void Of_a_commune_whose_heir_is_open_nothing_more_is_granted()
    {
        var open = PlaceCatalog.Default.Units.First(u => u.SuccessorOpen);

        var worker = Somebody(In2026, Given(Role.Caseworker, open.Id));

        worker.May(Operation.OpenHousehold, At(open.Id)).ShouldBeTrue();
        open.Successors.ShouldAllBe(s => !worker.May(Operation.OpenHousehold, At(s, null, false, false)));
    }

    [Fact]
    public void A_grant_holds_from_its_first_instant_until_its_last()
    {
        var grant = Given(Role.Manager, Yenbai, from: In2024, until: In2024.AddHours(24));

        Somebody(In2024.AddTicks(-1), grant).May(Operation.OpenHousehold).ShouldBeFalse();
        Somebody(In2024, grant).May(Operation.OpenHousehold).ShouldBeTrue();
        Somebody(In2024.AddHours(24), grant).May(Operation.OpenHousehold).ShouldBeFalse();
    }

    [Fact]
    public void An_evaluator_sees_every_household_of_the_province_as_nobody()
    {
        var evaluator = Somebody(In2024, Given(Role.Evaluator, Yenbai));

        evaluator.SightOf(Operation.OpenHousehold, At(MauA)).ShouldBe(Sight.DeIdentified);
        evaluator.ReachOf(Operation.FindHouseholds).Identifies.ShouldBeFalse();
        evaluator.May(Operation.RecordWork).ShouldBeFalse();
        evaluator.May(Operation.ReportToPerson).ShouldBeFalse();
    }

    [Fact]
    public void Whoever_is_also_a_caseworker_sees_their_own_commune_whole()
    {
        var both = Somebody(In2024, Given(Role.Evaluator, Yenbai), Given(Role.Caseworker, MauA));

        both.SightOf(Operation.OpenHousehold, At(MauA)).ShouldBe(Sight.Full);
        both.SightOf(Operation.OpenHousehold, At("04378@2020-02-01")).ShouldBe(Sight.DeIdentified);
    }

    [Fact]
    public void A_sponsor_sees_the_households_agreed_by_name_under_their_consent()
    {
        var named = At(MauA, shared: true);
        var sponsor = Somebody(In2024, Given(Role.Sponsor, null, households: named.Id));

        sponsor.SightOf(Operation.OpenHousehold, named).ShouldBe(Sight.Sponsor);
        sponsor.May(Operation.OpenHousehold, named with { Shared = false }).ShouldBeFalse("the consent was withdrawn");
        sponsor.May(Operation.OpenHousehold, named with { Restricted = true }).ShouldBeFalse();
        sponsor.May(Operation.OpenHousehold, At(MauA, shared: true)).ShouldBeFalse("another household");
        sponsor.May(Operation.ExportHouseholds).ShouldBeFalse();
    }

    [Fact]
    public void What_is_restricted_is_left_to_those_whose_duty_the_case_is()
    {
        var restricted = At(MauA, restricted: true);

        Somebody(In2024, Given(Role.Caseworker, MauA)).May(Operation.OpenHousehold, restricted).ShouldBeTrue();
        Somebody(In2024, Given(Role.Evaluator, Yenbai)).May(Operation.OpenHousehold, restricted).ShouldBeFalse();
    }

    [Fact]
    public void An_administrator_reads_no_case()
    {
        var administrator = Somebody(In2024, Given(Role.Administrator, Yenbai));

        administrator.May(Operation.FindHouseholds).ShouldBeFalse();
        administrator.May(Operation.OpenHousehold, At(MauA)).ShouldBeFalse();
        administrator.MayInProvince(Operation.Import).ShouldBeTrue();
    }

    [Fact]
    public void An_auditor_reads_everything_and_changes_nothing()
    {
        var auditor = Somebody(In2024, Given(Role.Auditor, Yenbai));

        auditor.May(Operation.OpenHousehold, At(MauA)).ShouldBeTrue();
        auditor.MayInProvince(Operation.ReadAudit).ShouldBeTrue();
        new[] { Operation.RecordWork, Operation.Decide, Operation.AnswerForData, Operation.Import, Operation.ManageAccounts, Operation.BreakGlass }.ShouldAllBe(o => !auditor.May(o));
    }

    [Fact]
    public void Who_was_granted_nothing_may_nothing() =>
        Enum.GetValues<Operation>().ShouldAllBe(o => !Somebody(In2024).May(o) && Somebody(In2024).ReachOf(o).IsNothing);

    [Fact]
    public void Every_role_is_in_the_table_and_no_command_is_without_an_operation()
    {
        Enum.GetValues<Role>().ShouldAllBe(r => Enum.GetValues<Operation>().Any(o => Permissions.Allow(r, o)));
        typeof(Cases.Commands.HouseholdCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Cases.Commands.HouseholdCommand)) && !t.IsAbstract)
            .ShouldAllBe(t => Cases.Commands.CommandCatalog.Of(t) != null);
    }
}
