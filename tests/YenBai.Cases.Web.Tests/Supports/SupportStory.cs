using System.Runtime.Versioning;
using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Needs;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Supports;

/// <summary>Named states of households that get support.</summary>
[UnsupportedOSPlatform("windows")]
internal static class SupportStory
{
    /// <summary>On the test's first day: Saturday 15 June 2024.</summary>
    public static readonly DateOnly Today = new(2024, 6, 15);

    public static AskedCondition Vaccinate(DateOnly due, string? owner = null) => new("vaccinate", null, owner, due, null, Evidence.None);

    /// <summary>A poor household with an agreement.</summary>
    public static async Task<Agreement> AgreedAsync(
        this TestStore store, string code, IReadOnlyList<AskedCondition> conditions, string place = "04456", string? hamlet = null, string instrument = "livestock", string? sponsor = null,
        DateOnly? start = null, DateOnly? end = null, decimal amount = 10_000_000)
    {
        (await store.RegisterAsync(code, $"Chủ Hộ {code}", place: place, hamlet: hamlet)).Reception.ShouldBe(Reception.Accepted);
        var version = (await store.TakenAsync(code, 1, new DecideClass(new(2022, 1, 2), "2022-2025", PovertyClass.Poor, null, EntryCause.Deterioration, null))).Version;
        return await store.AgreedMoreAsync(code, version, conditions, instrument, sponsor, start, end, amount);
    }

    /// <summary>One more agreement of a poor household.</summary>
    public static async Task<Agreement> AgreedMoreAsync(
        this TestStore store, string code, int version, IReadOnlyList<AskedCondition> conditions, string instrument = "livestock", string? sponsor = null,
        DateOnly? start = null, DateOnly? end = null, decimal amount = 10_000_000)
    {
        foreach (var owner in conditions.Select(c => c.Owner).OfType<string>()) await store.StaffAsync(owner);
        var begins = start ?? new DateOnly(2024, 1, 10);
        // The policy bank lends through a savings-and-credit group.
        if (instrument.StartsWith("vbsp", StringComparison.Ordinal)) version = (await store.TakenAsync(code, version, new JoinGroup(new(2024, 1, 2), GroupKind.SavingsAndCredit, "TK-1"))).Version;
        await store.TakenAsync(code, version, new AgreeSupport(begins, instrument, amount, [new(FundingSource.Programme, amount)], begins, end ?? begins.AddMonths(12), sponsor, null, conditions));
        var household = await store.CaseAsync(code);
        return household.Latest().Agreements[household.Facts.Select(f => f.Event).OfType<SupportAgreed>().Last().SupportId];
    }

    /// <summary>Somebody with an account, so that conditions can be theirs to see to.</summary>
    public static async Task StaffAsync(this TestStore store, string userName)
    {
        if (await store.Get<StaffDesk>().FindAsync(userName, default) is null)
            (await store.Get<StaffDesk>().GrantAsync(Actor.Operator, userName, new(Role.Caseworker, "04375", null, [], null, null, "test"), default)).ShouldBeNull();
    }

    /// <summary>The command is taken.</summary>
    public static async Task<Answer> TakenAsync(this TestStore store, string code, int version, HouseholdCommand command)
    {
        var received = await store.SubmitAsync(code, version, command);
        received.Reception.ShouldBe(Reception.Accepted, $"{command.GetType().Name}: {received.Answer?.Refusal}");
        return received.Answer!;
    }

    /// <summary>The command is taken at whatever version the household has.</summary>
    public static async Task<Answer> TakenAsync(this TestStore store, string code, HouseholdCommand command) => await store.TakenAsync(code, (await store.CaseAsync(code)).Version, command);

    /// <summary>What was learnt otherwise than by a command.</summary>
    public static async Task ToldAsync(this TestStore store, string code, params HouseholdEvent[] events)
    {
        await using var session = store.Get<IDocumentStore>().LightweightSession();
        session.Events.Append(Ids.Household(code), (await store.CaseAsync(code)).Version + events.Length, events);
        await session.SaveChangesAsync();
    }
}
