using YenBai.Cases.Access;
using YenBai.Cases.Places;

namespace YenBai.Cases.Tests.Access;

/// <summary>Who may grant what to whom.</summary>
public sealed class GrantingFacts
{
    private const string Province = "15@2020-02-01", District = "137@2020-02-01", Commune = "04456@2020-02-01";
    private static readonly DateTimeOffset Now = Days.StartOf(new(2024, 6, 15)).AddHours(9);
    private static readonly StaffMember Colleague = StaffMember.Nobody("mcc-02");

    private static Actor By(Role role, string? place = Province) => new("mcc-01", [PolicyFacts.Given(role, place)], Now, PlaceCatalog.Default);

    private static GrantRequest Request(Role role, string? place, DateOnly? until = null, string reason = "đợt rà soát", string? hamlet = null, params string[] households) =>
        new(role, place, hamlet, households, null, until, reason);

    private static (Grant? Grant, string? Code, string? Field) Decide(Actor by, GrantRequest request, StaffMember? to = null, Dictionary<string, Subject>? households = null)
    {
        var (grant, refusal) = Granting.Decide(by, to ?? Colleague, request, households ?? [], Guid.NewGuid(), Now, PlaceCatalog.Default);
        (grant is null).ShouldBe(refusal is not null);
        return (grant, refusal?.Code, refusal?.Field);
    }

    [Fact]
    public void An_administrator_grants_within_the_province()
    {
        var (grant, _, _) = Decide(By(Role.Administrator), Request(Role.Manager, "137", new(2025, 6, 30)));

        grant.ShouldNotBeNull();
        (grant.Role, grant.Place, grant.From, grant.Until).ShouldBe((Role.Manager, District, Now, Days.StartOf(new(2025, 7, 1))));
    }

    [Theory]
    [InlineData(Role.Caseworker, "04456", null)]
    [InlineData(Role.Manager, "137", null)]
    [InlineData(Role.Evaluator, "15", null)]
    [InlineData(Role.Auditor, "15", null)]
    [InlineData(Role.Administrator, "15", null)]
    [InlineData(Role.Caseworker, "137", "commune_only")]
    [InlineData(Role.Evaluator, "137", "province_only")]
    [InlineData(Role.Administrator, "04456", "province_only")]
    [InlineData(Role.Manager, "99999", "unknown_place")]
    [InlineData(Role.Manager, null, "required")]
    public void Each_role_has_its_kind_of_place(Role role, string? place, string? refusal) =>
        Decide(By(Role.Administrator), Request(role, place)).Code.ShouldBe(refusal);

    [Fact]
    public void Nobody_grants_to_themselves() =>
        Decide(By(Role.Administrator), Request(Role.Manager, "15"), StaffMember.Nobody("MCC-01")).Code.ShouldBe("own_grant", "a staff code in capitals is the same staff code");

    [Fact]
    public void Nobody_grants_where_they_hold_nothing()
    {
        Decide(By(Role.Manager, District), Request(Role.Caseworker, "04375", new(2024, 8, 1))).Code.ShouldBe("not_held");
        Decide(By(Role.Manager, District), Request(Role.Manager, "137", new(2024, 8, 1))).ShouldBe((null, "not_held", "role"));
        Decide(By(Role.Caseworker, Commune), Request(Role.Caseworker, "04456", new(2024, 8, 1))).Code.ShouldBe("not_held");
        Decide(By(Role.Auditor), Request(Role.Auditor, "15")).Code.ShouldBe("not_held");
    }

    [Fact]
    public void A_manager_grants_for_a_review_season()
    {
        Decide(By(Role.Manager, District), Request(Role.Caseworker, "04456", new(2024, 10, 13))).Code.ShouldBeNull();
        Decide(By(Role.Manager, District), Request(Role.Caseworker, "04456", new(2024, 10, 14))).ShouldBe((null, "short_grants_only", "until"));
        Decide(By(Role.Manager, District), Request(Role.Caseworker, "04456")).ShouldBe((null, "short_grants_only", "until"));
    }

    [Fact]
    public void Seasons_cannot_be_chained()
    {
        var manager = By(Role.Manager, District);
        StaffMember After(params (DateOnly From, DateOnly Until)[] seasons) => Colleague with
        {
            Grants = [.. seasons.Select(s => new Grant(Guid.NewGuid(), Role.Caseworker, Commune, "Nà Mằn", [], Days.StartOf(s.From), Days.StartOf(s.Until.AddDays(1))) { Seasonal = true })],
        };
        string? Again(StaffMember to, string place = "04456", DateOnly? from = null, DateOnly? until = null) =>
            Decide(manager, Request(Role.Caseworker, place, until ?? new(2024, 10, 13)) with { From = from }, to).Code;

        Again(After()).ShouldBeNull();
        Again(After((new(2024, 2, 1), new(2024, 5, 30)))).ShouldBe("season_used_up");
        Decide(manager, Request(Role.Caseworker, "04456", new(2024, 10, 13)), After((new(2024, 2, 1), new(2024, 5, 30)))).Field.ShouldBe("until");
        Again(After((new(2024, 6, 13), new(2024, 6, 13)))).ShouldBe("season_used_up", "one day more than a season");
        Again(After((new(2024, 6, 13), new(2024, 6, 13))), until: new(2024, 10, 12)).ShouldBeNull();
        Again(After((new(2024, 5, 16), new(2024, 6, 14))), until: new(2024, 9, 14)).ShouldBe("season_used_up");
        Again(After((new(2024, 5, 16), new(2024, 6, 14))), until: new(2024, 9, 13)).ShouldBeNull();
        Again(After((new(2023, 2, 1), new(2023, 5, 31)))).ShouldBeNull("more than a year ago");
        Again(After((new(2024, 6, 1), new(2024, 9, 1))), until: new(2024, 9, 20)).ShouldBeNull("days that both cover count once");
        Again(After((new(2024, 2, 1), new(2024, 5, 30))), place: "04462").ShouldBeNull("another commune");
        // Before such grants were marked, their length shows them; an unlimited one of an administrator is none.
        Again(After((new(2024, 2, 1), new(2024, 5, 30))) is var old ? old with { Grants = [.. old.Grants.Select(g => g with { Seasonal = false })] } : null!).ShouldBe("season_used_up");
        Again(Colleague with { Grants = [new Grant(Guid.NewGuid(), Role.Caseworker, Commune, null, [], Now.AddYears(-3), Now.AddDays(-1))] }).ShouldBeNull();
        Decide(By(Role.Administrator), Request(Role.Caseworker, "04456", new(2024, 10, 13)), After((new(2024, 2, 1), new(2024, 5, 30)))).Code.ShouldBeNull("an administrator answers for longer ones");
    }

    [Fact]
    public void A_commune_that_took_another_over_is_the_same_place_for_a_season()
    {
        var merged = PlaceCatalog.Default.PredecessorsOf("04375@2025-07-01").Select(u => u.Id).ToList();
        merged.Count.ShouldBeGreaterThan(1);
        var before = Colleague with { Grants = [new Grant(Guid.NewGuid(), Role.Caseworker, merged[0], null, [], Days.StartOf(new(2025, 5, 1)), Days.StartOf(new(2025, 8, 29))) { Seasonal = true }] };

        Granting.SeasonalDays(before, "04375@2025-07-01", new(2025, 9, 1), new(2025, 9, 30), PlaceCatalog.Default).ShouldBe(120 + 30);
    }

    [Theory]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Manager)]
    public void A_grant_begins_soon(Role by)
    {
        Decide(By(by), Request(Role.Caseworker, "04456", new(2024, 9, 1)) with { From = new(2024, 7, 15) }).Code.ShouldBeNull();
        Decide(By(by), Request(Role.Caseworker, "04456", new(2024, 9, 1)) with { From = new(2024, 7, 16) }).ShouldBe((null, "starts_too_late", "from"));
        Decide(By(by), Request(Role.Caseworker, "04456", new(2090, 3, 1)) with { From = new(2090, 1, 1) }).ShouldBe((null, "starts_too_late", "from"));
    }

    [Fact]
    public void A_grant_says_why_and_ends_after_it_begins()
    {
        Decide(By(Role.Administrator), Request(Role.Manager, "15", reason: " ")).ShouldBe((null, "required", "reason"));
        Decide(By(Role.Administrator), Request(Role.Manager, "15", new(2024, 6, 14))).Code.ShouldBe("ends_before_it_begins");
        Decide(By(Role.Administrator), Request(Role.Manager, "15", new(2024, 6, 14)) with { From = new(2024, 6, 1) }).Code.ShouldBe("already_ended");
    }

    [Fact]
    public void A_hamlet_is_for_a_caseworker()
    {
        Decide(By(Role.Administrator), Request(Role.Caseworker, "04456", hamlet: " Nà Mằn ")).Grant!.Hamlet.ShouldBe("Nà Mằn");
        Decide(By(Role.Administrator), Request(Role.Manager, "04456", hamlet: "Nà Mằn")).Code.ShouldBe("hamlet_for_caseworkers");
    }

    [Fact]
    public void A_sponsor_is_granted_households_by_name()
    {
        var household = new Subject(Guid.NewGuid(), Commune, null, Shared: true, Restricted: false);

        Decide(By(Role.Administrator), Request(Role.Sponsor, null, households: "H1"), households: new() { ["H1"] = household }).Grant!.Households.ShouldBe([household.Id]);
        Decide(By(Role.Administrator), Request(Role.Sponsor, null)).Code.ShouldBe("required");
        Decide(By(Role.Administrator), Request(Role.Sponsor, null, households: "H2")).Code.ShouldBe("unknown_household");
        Decide(By(Role.Manager, "04375@2020-02-01"), Request(Role.Sponsor, null, households: "H1"), households: new() { ["H1"] = household })
            .Code.ShouldBe("unknown_household", "the same answer for what is not there and what is not theirs");
    }

    [Fact]
    public void What_was_granted_can_be_taken_back_with_a_reason_by_another()
    {
        var grant = PolicyFacts.Given(Role.Caseworker, Commune);
        var member = Colleague with { Grants = [grant] };
        string? Revoke(Actor by, Guid? id = null, string reason = "chuyển công tác", StaffMember? of = null) =>
            Granting.DecideRevocation(by, of ?? member, id ?? grant.Id, reason, Now)?.Code;

        Revoke(By(Role.Administrator)).ShouldBeNull();
        Revoke(By(Role.Manager, District)).ShouldBeNull();
        Revoke(By(Role.Manager, "136@2020-02-01")).ShouldBe("unknown_grant");
        Revoke(By(Role.Administrator), Guid.NewGuid()).ShouldBe("unknown_grant");
        Revoke(By(Role.Administrator), reason: "").ShouldBe("required");
        Revoke(By(Role.Administrator), of: StaffMember.Nobody("mcc-01") with { Grants = [grant] }).ShouldBe("own_grant");
    }

    [Fact]
    public void A_revoked_grant_stays_readable_and_holds_no_more()
    {
        var grant = PolicyFacts.Given(Role.Caseworker, Commune);
        var member = Colleague.With(new GrantGiven(Now.AddDays(-9), null, "mcc-02", grant)).With(new GrantRevoked(Now, null, grant.Id));

        member.Grants.ShouldHaveSingleItem().Until.ShouldBe(Now);
        member.GrantsAt(Now).ShouldBeEmpty();
        member.GrantsAt(Now.AddDays(-1)).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_disabled_account_holds_nothing()
    {
        var member = Colleague.With(new GrantGiven(Now, null, "mcc-02", PolicyFacts.Given(Role.Manager, Province))).With(new AccountDisabled(Now, null));

        member.GrantsAt(Now).ShouldBeEmpty();
        member.With(new AccountEnabled(Now, null)).GrantsAt(Now).ShouldNotBeEmpty();
    }
}
