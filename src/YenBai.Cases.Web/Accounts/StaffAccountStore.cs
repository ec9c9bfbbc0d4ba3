using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Npgsql;

namespace YenBai.Cases.Web.Accounts;

/// <summary>The store of Identity, with secrets of authenticator apps and recovery codes encrypted.</summary>
public sealed class StaffAccountStore(AccountsDb db, AccountSecrets secrets, IdentityErrorDescriber describer) : UserOnlyStore<StaffAccount, AccountsDb, string>(db, describer)
{
    // Everything that Identity keeps under a token's name passes these two.
    public override Task SetTokenAsync(StaffAccount user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : secrets.Protect(user.Id, name, value), cancellationToken);

    public override async Task<string?> GetTokenAsync(StaffAccount user, string loginProvider, string name, CancellationToken cancellationToken) =>
        await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } value ? secrets.Unprotect(user.Id, name, value) : null;
}

/// <summary>Encryption bound to the account and to what the value is for: moved to another row, it opens nothing.</summary>
public sealed class AccountSecrets(IDataProtectionProvider protection)
{
    // What an earlier version wrote has no such beginning.
    private const string Mark = "p1:";

    public string Protect(string account, string name, string value) => Mark + Protector(account, name).Protect(value);

    public string? Unprotect(string account, string name, string value)
    {
        if (!value.StartsWith(Mark, StringComparison.Ordinal)) return value;
        try
        {
            return Protector(account, name).Unprotect(value[Mark.Length..]);
        }
        catch (CryptographicException)
        {
            // The keys of the store are gone, or the row was moved: the factor has to be set up anew.
            return null;
        }
    }

    /// <summary>Encrypts what an earlier version left in plain text.</summary>
    public async Task EncryptAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var plain = new List<(string Account, string Provider, string Name, string Value)>();
        await using (var command = new NpgsqlCommand($"select user_id, login_provider, name, value from {AccountsDb.Schema}.account_token where value is not null and not starts_with(value, '{Mark}')", connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) plain.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        foreach (var (account, provider, name, value) in plain)
        {
            await using var command = new NpgsqlCommand($"update {AccountsDb.Schema}.account_token set value = $5 where user_id = $1 and login_provider = $2 and name = $3 and value = $4", connection);
            foreach (var parameter in new[] { account, provider, name, value, Protect(account, name, value) }) command.Parameters.AddWithValue(parameter);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private IDataProtector Protector(string account, string name) => protection.CreateProtector("account-secret", name, account);
}
