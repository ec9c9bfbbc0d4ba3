using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;

namespace YenBai.Cases.Web.Accounts;

/// <param name="Role">As the resources and the grants name it.</param>
public sealed record DemonstrationAccount(string UserName, string FullName, string Role);

/// <summary>The accounts of a demonstration store, one a role. Their password is known to everybody: such a store holds no real household.</summary>
public sealed class DemonstrationAccounts(AccountDesk desk, IStringLocalizer<AccountTexts> texts)
{
    public const string Password = "thoat-ngheo-ben-vung";

    public static readonly IReadOnlyList<DemonstrationAccount> All =
    [
        new("demo-caseworker", "Hoàng Thị Dịu", "caseworker"),
        new("demo-manager", "Nguyễn Văn Lâm", "manager"),
        new("demo-evaluator", "Trần Minh Châu", "evaluator"),
        new("demo-administrator", "Phạm Quang Hưng", "administrator"),
        new("demo-auditor", "Lê Thị Thanh", "auditor"),
        new("demo-sponsor", "Vàng A Sình", "sponsor"),
    ];

    /// <summary>Makes those that are missing.</summary>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        foreach (var account in All)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await desk.FindAsync(account.UserName) is not null) continue;
            var made = await desk.CreateAsync(new() { UserName = account.UserName, FullName = account.FullName }, Password);
            if (!made.Succeeded) throw new InvalidOperationException($"{account.UserName}: {string.Join(" ", made.Errors.Select(e => e.Description))}");
        }
    }

    /// <summary>For the console, which has no reader whose language were known.</summary>
    public string Table()
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("vi");
        try
        {
            var table = new StringBuilder().AppendLine(Row(texts["demo.user"], texts["demo.password"], texts["demo.role"]));
            foreach (var account in All) table.AppendLine(Row(account.UserName, Password, texts[$"role.{account.Role}"]));
            return table.ToString().TrimEnd();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string Row(string user, string password, string role) => $"  {user,-20} {password,-22} {role}";
}
