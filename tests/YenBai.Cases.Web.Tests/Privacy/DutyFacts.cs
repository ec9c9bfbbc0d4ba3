using System.Runtime.Versioning;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Privacy;
using YenBai.Cases.Registering;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Privacy;

/// <summary>Within 72 hours the person has an answer.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DutyFacts(TestStore store) : IClassFixture<TestStore>
{
    private async Task<string> ARestrictedHouseholdAsync(string code)
    {
        await store.RegisterAsync(code, "Giàng A Chư");
        (await store.SubmitAsync(code, 1, new RestrictProcessing(store.Clock.Today(), "Không muốn ai biết"))).Reception.ShouldBe(Reception.Accepted);
        return code;
    }

    private async Task<OwedAnswer?> OwedAsync(string code) => (await store.Get<PrivacyDuties>().OwedAsync(store.Clerk, default)).SingleOrDefault(o => o.Code == code);

    [Fact]
    public async Task An_answer_is_owed_at_once_and_overdue_after_72_hours_whatever_is_restarted()
    {
        var code = await ARestrictedHouseholdAsync(TestStore.NewCode());
        var asked = store.Clock.Now;

        (await OwedAsync(code)).ShouldNotBeNull().ShouldSatisfyAllConditions(o => o.DueBy.ShouldBe(asked.AddHours(72)), o => o.Asked.ShouldBe(asked), o => o.Overdue.ShouldBeFalse());
        store.Clock.Now = asked.AddHours(71);
        await store.RestartAsync();
        (await OwedAsync(code)).ShouldNotBeNull().Overdue.ShouldBeFalse();
        store.Clock.Now = asked.AddHours(73);
        (await OwedAsync(code)).ShouldNotBeNull().Overdue.ShouldBeTrue();

        (await store.SubmitAsync(code, 2, new UpholdRestriction(store.Clock.Today(), "Giữ nguyên hạn chế"))).Reception.ShouldBe(Reception.Accepted);
        (await OwedAsync(code)).ShouldBeNull();
        store.Clock.Now = asked;
    }

    [Fact]
    public async Task What_was_lifted_or_annulled_owes_nothing_and_what_is_asked_again_owes_again()
    {
        var (lifted, mistaken) = (await ARestrictedHouseholdAsync(TestStore.NewCode()), await ARestrictedHouseholdAsync(TestStore.NewCode()));
        await store.SubmitAsync(lifted, 2, new LiftRestriction(store.Clock.Today(), "Đã trao đổi với chủ hộ"));
        await store.SubmitAsync(mistaken, 2, new Annul((await store.CaseAsync(mistaken)).Facts[^1].Id, "Nhầm hộ"));

        (await OwedAsync(lifted)).ShouldBeNull();
        (await OwedAsync(mistaken)).ShouldBeNull();
        await store.SubmitAsync(lifted, 3, new RestrictProcessing(store.Clock.Today(), null));
        (await OwedAsync(lifted)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_restricted_household_gets_no_loan_and_the_api_says_why()
    {
        var code = await ARestrictedHouseholdAsync(TestStore.NewCode());

        var loan = await store.SubmitAsync(code, 2, new GrantLoan(store.Clock.Today(), 1_000_000, null, null, null));

        loan.Answer!.Refusal!.Code.ShouldBe("processing_restricted");
        (await store.Http.GetStringAsync($"/api/households/{code}")).ShouldContain("\"restrictedSince\":\"2024-06-15\"");
    }

    [Fact]
    public async Task A_correction_keeps_the_old_value()
    {
        var code = TestStore.NewCode();
        await store.RegisterAsync(code, "Giàng A Chư");
        var head = (await store.CaseAsync(code)).Latest().HeadId!.Value;

        (await store.SubmitAsync(code, 1, new CorrectPerson(store.Clock.Today(), head, "Giàng A Chứ", null, null, null, null, null))).Reception.ShouldBe(Reception.Accepted);
        (await store.SubmitAsync(code, 2, new CorrectPerson(store.Clock.Today(), Guid.NewGuid(), "Giàng A Chứ", null, null, null, null, null))).Answer!.Refusal!.Code.ShouldBe("unknown_person");

        var report = (await store.Get<AccessReports>().OfAsync(store.Clerk, code, default)).ShouldNotBeNull();
        report.People.Single().ShouldSatisfyAllConditions(p => p.Name.ShouldBe("Giàng A Chứ"), p => p.Superseded.Select(s => s.Name).ShouldBe(["Giàng A Chư"]));
        report.Facts.Select(f => Facts.NameOf(f.Fact.Event)).ShouldBe(["household_registered", "person_corrected"]);
    }
}
