using System.Text.Json;
using YenBai.Cases.Access;
using YenBai.Cases.Places;

namespace YenBai.Cases.Tests.Access;

/// <summary>Which changes to accounts take two people, and who the second may be.</summary>
public sealed class TwoPeopleFacts
{
    private const string Province = "15@2020-02-01", Commune = "04456@2020-02-01";
    private static readonly DateTimeOffset Now = Days.StartOf(new(2024, 6, 15)).AddHours(9);
    private static readonly StaffMember Colleague = StaffMember.Nobody("mcc-02");

    private static Actor Somebody(string name, Role role, string place = Province) => new(name, [PolicyFacts.Given(role, place)], Now, PlaceCatalog.Default);

    private static Actor Administrator(string name = "qt-01") => Somebody(name, Role.Administrator);

    private static Grant Of(Role role, string? place = Province) => PolicyFacts.Given(role, place);

    private static StaffMember Holding(params Role[] roles) => Colleague with { Grants = [.. roles.Select(r => Of(r))] };

    private static StaffProposal Proposed(ProposalKind kind, Grant? grant = null, string by = "qt-01") => new(Guid.NewGuid(), kind, by, Now, null, Grant: grant);

    [Theory]
    [InlineData(Role.Manager, true)]
    [InlineData(Role.Evaluator, true)]
    [InlineData(Role.Administrator, true)]
    [InlineData(Role.Auditor, true)]
    [InlineData(Role.Caseworker, false)]
    [InlineData(Role.Sponsor, false)]
    public void Roles_that_read_beyond_a_commune_take_two(Role role, bool two)
    {
        TwoPeople.ForGrant(Administrator(), Colleague, Of(role)).ShouldBe(two);
        TwoPeople.ForGrant(Actor.Operator, Colleague, Of(role)).ShouldBeFalse("the operator makes the first administrator");
    }

    [Fact]
    public void Who_saw_the_password_link_gives_no_grant_alone()
    {
        var made = Colleague.With(new PasswordLinkIssued(Now, null, "mcc-02", "QT-01"));

        Enum.GetValues<Role>().ShouldAllBe(r => TwoPeople.ForGrant(Administrator("qt-01"), made, Of(r)));
        TwoPeople.ForGrant(Administrator("qt-02"), made, Of(Role.Caseworker, Commune)).ShouldBeFalse();
        TwoPeople.ForEnabling(Administrator("qt-01"), made with { Grants = [Of(Role.Caseworker, Commune)] }, Now).ShouldBeTrue();
    }

    [Fact]
    public void Taking_an_administrator_or_an_auditor_out_takes_two()
    {
        TwoPeople.ForDisabling(Administrator(), Holding(Role.Administrator), Now, 0).ShouldBeTrue();
        TwoPeople.ForDisabling(Administrator(), Holding(Role.Auditor), Now, 0).ShouldBeTrue();
        TwoPeople.ForDisabling(Administrator(), Holding(Role.Manager), Now, 0).ShouldBeFalse("a lost phone cannot wait");
        TwoPeople.ForDisabling(Actor.Operator, Holding(Role.Administrator), Now, 0).ShouldBeFalse();
        TwoPeople.ForRevocation(Administrator(), Of(Role.Administrator), 0).ShouldBeTrue();
        TwoPeople.ForRevocation(Administrator(), Of(Role.Caseworker), 0).ShouldBeFalse();
        TwoPeople.ForEnabling(Administrator(), Holding(Role.Manager), Now).ShouldBeTrue();
        TwoPeople.ForEnabling(Administrator(), Holding(Role.Caseworker), Now).ShouldBeFalse();
    }

    [Fact]
    public void Taking_away_many_takes_two()
    {
        TwoPeople.ForDisabling(Administrator(), Holding(Role.Caseworker), Now, TwoPeople.MostTakenAway - 1).ShouldBeFalse();
        TwoPeople.ForDisabling(Administrator(), Holding(Role.Caseworker), Now, TwoPeople.MostTakenAway).ShouldBeTrue();
        TwoPeople.ForRevocation(Administrator(), Of(Role.Caseworker), TwoPeople.MostTakenAway).ShouldBeTrue();
    }

    [Fact]
    public void The_second_person_is_neither_the_first_nor_the_receiver()
    {
        var proposal = Proposed(ProposalKind.Grant, Of(Role.Manager));
        string? Approve(Actor by, StaffProposal? of = null) => TwoPeople.DecideApproval(by, Colleague, of ?? proposal, Now)?.Code;

        Approve(Administrator("qt-02")).ShouldBeNull();
        Approve(Actor.Operator).ShouldBeNull();
        Approve(Administrator("QT-01")).ShouldBe("own_proposal");
        Approve(Administrator("MCC-02")).ShouldBe("own_grant");
        Approve(Somebody("ql-01", Role.Manager)).ShouldBe("unknown_proposal");
        Approve(Somebody("kt-01", Role.Auditor)).ShouldBe("unknown_proposal");
        Approve(Administrator("qt-02"), Proposed(ProposalKind.Grant, Of(Role.Manager) with { Until = Now })).ShouldBe("already_ended");
    }

    [Fact]
    public void A_manager_of_the_place_may_be_the_second_for_a_caseworker()
    {
        var proposal = Proposed(ProposalKind.Grant, Of(Role.Caseworker, Commune));

        TwoPeople.DecideApproval(Somebody("ql-01", Role.Manager, Commune), Colleague, proposal, Now).ShouldBeNull();
        TwoPeople.DecideApproval(Somebody("ql-01", Role.Manager, "04375@2020-02-01"), Colleague, proposal, Now)!.Code.ShouldBe("unknown_proposal");
        TwoPeople.DecideApproval(Somebody("ql-01", Role.Manager, Commune), Colleague, Proposed(ProposalKind.Enable), Now)!.Code.ShouldBe("unknown_proposal");
    }

    [Fact]
    public void A_refusal_says_why_and_the_first_may_take_it_back()
    {
        var proposal = Proposed(ProposalKind.Disable);
        string? Refuse(Actor by, string reason = "chưa rõ người") => TwoPeople.DecideRefusal(by, Colleague, proposal, reason)?.Code;

        Refuse(Administrator("qt-02")).ShouldBeNull();
        Refuse(Administrator("qt-01")).ShouldBeNull();
        Refuse(Administrator("qt-02"), " ").ShouldBe("required");
        Refuse(Administrator("mcc-02")).ShouldBe("own_grant");
        Refuse(Somebody("ql-01", Role.Manager)).ShouldBe("unknown_proposal");
    }

    [Fact]
    public void What_is_proposed_does_not_hold_until_it_is_approved()
    {
        var proposal = Proposed(ProposalKind.Grant, Of(Role.Manager));

        var waiting = Colleague.With(new ChangeProposed(Now, null, "mcc-02", proposal));
        (waiting.GrantsAt(Now).Any(), waiting.Proposals.Count).ShouldBe((false, 1));
        var approved = waiting.With(new ProposalApproved(Now, null, proposal.Id)).With(new GrantGiven(Now, null, "mcc-02", proposal.Grant!));
        (approved.GrantsAt(Now).Any(), approved.Proposals.Count).ShouldBe((true, 0));
        var refused = waiting.With(new ProposalRefused(Now, null, proposal.Id));
        (refused.GrantsAt(Now).Any(), refused.Proposals.Count).ShouldBe((false, 0));
    }

    /// <summary>The stored forms, for ever: what stands in a store is read as long as there are stores.</summary>
    [Fact]
    public void Events_of_accounts_keep_their_names_and_shapes()
    {
        var (at, id) = (new DateTimeOffset(2024, 6, 15, 2, 0, 0, TimeSpan.Zero), new Guid("0190a000-0000-7000-8000-000000000001"));
        var grant = new Grant(id, Role.Manager, Province, null, [], at, null);
        Shape(new GrantGiven(at, null, "mcc-02", grant)).ShouldBe("""grant_given {"userName":"mcc-02","grant":{"id":"0190a000-0000-7000-8000-000000000001","role":"manager","place":"15@2020-02-01","households":[],"from":"2024-06-15T02:00:00+00:00"},"recorded":"2024-06-15T02:00:00+00:00"}""");
        Shape(new ChangeProposed(at, id, "mcc-02", new(id, ProposalKind.Grant, "qt-01", at, id, Grant: grant))).ShouldBe("""staff_change_proposed {"userName":"mcc-02","proposal":{"id":"0190a000-0000-7000-8000-000000000001","kind":"grant","by":"qt-01","at":"2024-06-15T02:00:00+00:00","reasonId":"0190a000-0000-7000-8000-000000000001","grant":{"id":"0190a000-0000-7000-8000-000000000001","role":"manager","place":"15@2020-02-01","households":[],"from":"2024-06-15T02:00:00+00:00"}},"recorded":"2024-06-15T02:00:00+00:00","reasonId":"0190a000-0000-7000-8000-000000000001"}""");
        Shape(new ProposalApproved(at, null, id)).ShouldBe("""staff_change_approved {"proposalId":"0190a000-0000-7000-8000-000000000001","recorded":"2024-06-15T02:00:00+00:00"}""");
        Shape(new ProposalRefused(at, null, id)).ShouldBe("""staff_change_refused {"proposalId":"0190a000-0000-7000-8000-000000000001","recorded":"2024-06-15T02:00:00+00:00"}""");
        Shape(new PasswordLinkIssued(at, null, "mcc-02", "qt-01")).ShouldBe("""password_link_issued {"userName":"mcc-02","by":"qt-01","recorded":"2024-06-15T02:00:00+00:00"}""");

        static string Shape(StaffEvent e) => $"{StaffEvents.Names[e.GetType()]} {JsonSerializer.Serialize(e, e.GetType(), Json.Options)}";
    }

    [Fact]
    public void A_member_of_an_earlier_store_is_read()
    {
        var stored = """{"id":"0190a000-0000-7000-8000-000000000001","userName":"mcc-02","disabled":false,"version":1,"grants":[{"id":"0190a000-0000-7000-8000-000000000002","role":"caseworker","place":null,"hamlet":null,"households":["0190a000-0000-7000-8000-000000000003"],"from":"2024-06-15T02:00:00+00:00","until":"2024-06-16T02:00:00+00:00","emergency":true}]}""";

        var member = JsonSerializer.Deserialize<StaffMember>(stored, Json.Options)!;

        (member.Proposals.Count, member.LinkIssuedBy, member.Grants[0].Emergency).ShouldBe((0, null, true));
        Permissions.Allow(member.Grants[0], Operation.RecordWork).ShouldBeFalse();
    }
}
