using System.Globalization;
using System.Text;
using Marten;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Caseload;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Privacy;
using YenBai.Cases.Records;
using YenBai.Cases.Sponsors;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Web.Accounts;

/// <param name="Place">Where it is granted; none for a sponsor, who is given the households of an agency.</param>
public sealed record DemonstrationAccount(string UserName, string FullName, Role Role, string? Place);

/// <summary>The accounts of a demonstration store, one a role. Their password is known to everybody: such a store holds no real household.</summary>
public sealed class DemonstrationAccounts(AccountDesk desk, StaffDesk staff, CaseloadQuery caseload, SponsorQuery sponsors, IDocumentStore store, StandardShelf standards, TimeProvider clock, IStringLocalizer<AccountTexts> texts)
{
    private const int Sponsored = 5;

    public const string Password = "thoat-ngheo-ben-vung";

    public static readonly IReadOnlyList<DemonstrationAccount> All =
    [
        new("demo-caseworker", "Hoàng Thị Dịu", Role.Caseworker, "04456"),
        new("demo-manager", "Nguyễn Văn Lâm", Role.Manager, "15"),
        new("demo-evaluator", "Trần Minh Châu", Role.Evaluator, "15"),
        new("demo-administrator", "Phạm Quang Hưng", Role.Administrator, "15"),
        new("demo-auditor", "Lê Thị Thanh", Role.Auditor, "15"),
        new("demo-sponsor", "Vàng A Sình", Role.Sponsor, null),
    ];

    /// <summary>Makes those that are missing.</summary>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        foreach (var account in All)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await desk.FindAsync(account.UserName) is null)
            {
                var made = await desk.CreateAsync(new() { UserName = account.UserName, FullName = account.FullName }, Password);
                if (!made.Succeeded) throw new InvalidOperationException($"{account.UserName}: {string.Join(" ", made.Errors.Select(e => e.Description))}");
            }
            if (await staff.FindAsync(account.UserName, cancellation) is not null) continue;
            var households = account.Place is null ? await SponsoredAsync(cancellation) : [];
            if (account.Place is null && households.Count == 0) continue;
            if (await staff.GrantAsync(Actor.Operator, account.UserName, new(account.Role, account.Place, null, households, null, null, "tài khoản minh hoạ"), cancellation) is { } refusal)
                throw new InvalidOperationException($"{account.UserName}: {refusal.Code}");
        }
    }

    /// <summary>The households of the agency that has most of them; where there is none, some poor ones of the caseworker's commune, which consent.</summary>
    private async Task<IReadOnlyList<string>> SponsoredAsync(CancellationToken cancellation)
    {
        var entrusted = (await sponsors.HouseholdsAsync(Actor.Operator, null, clock.Today(), cancellation)).Where(h => h.Now.Until is null).GroupBy(h => h.Now.Sponsor);
        if (entrusted.MaxBy(g => g.Count()) is { } most) return [.. most.Select(h => h.Code)];

        var commune = PlaceCatalog.Default.Resolve(All[0].Place!, DateOnly.MaxValue)!.Id;
        var poor = await caseload.PageAsync(Actor.Operator, new(Place: commune, Class: PovertyClass.Poor, Sort: CaseloadSort.Code, Descending: false), 1, Sponsored, cancellation);
        var book = await standards.BookAsync(null, cancellation);
        await using var session = store.LightweightSession();
        session.LastModifiedBy = Actor.Operator.Name;
        foreach (var household in await session.LoadManyAsync<Household>(cancellation, [.. poor.Items.Select(i => i.Id)]))
        {
            var consent = new GiveConsent(clock.Today(), ConsentScope.SponsorSharing, ConsentForm.Written, null);
            var decision = consent.Decide(household, new(Guid.CreateVersion7(clock.GetUtcNow()), clock.Now(), PlaceCatalog.Default, book));
            session.Events.Append(household.Id, household.Version + decision.Events.Count, decision.Events);
        }
        await session.SaveChangesAsync(cancellation);
        return [.. poor.Items.Select(i => i.Code)];
    }

    /// <summary>For the console, which has no reader whose language were known.</summary>
    public string Table()
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("vi");
        try
        {
            var table = new StringBuilder().AppendLine(Row(texts["demo.user"], texts["demo.password"], texts["demo.role"]));
            foreach (var account in All) table.AppendLine(Row(account.UserName, Password, texts[$"role.{account.Role.ToString().ToLowerInvariant()}"]));
            return table.ToString().TrimEnd();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string Row(string user, string password, string role) => $"  {user,-20} {password,-22} {role}";
}
