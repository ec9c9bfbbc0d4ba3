using System.Globalization;
using System.Security.Claims;
using Npgsql;

namespace YenBai.Cases.Web.Accounts;

/// <summary>Whether somebody is still signed in: asked once a request, in one query, without EF.</summary>
public sealed class Sessions(NpgsqlDataSource source, TimeProvider clock)
{
    public const string SessionClaim = "session", FullNameClaim = "full_name";

    private const string RenewalClaim = "renewal";

    /// <summary>The account is enabled, the session not ended, the stamp unchanged.</summary>
    private const string Alive = "a.id = s.account and s.id = $1 and s.ended is null and not a.disabled and a.security_stamp = s.stamp";

    public async Task<ClaimsPrincipal> StartAsync(StaffAccount account, TimeSpan lasts, string from, string scheme, CancellationToken cancellation)
    {
        var (id, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
        await ExecuteAsync(
            "insert into identity.session (id, account, stamp, started, until, \"from\", renewals) values ($1, $2, $3, $4, $5, $6, 0)",
            cancellation, id, account.Id, account.SecurityStamp!, now, now + lasts, from);
        return Principal(id, 0, account.Id, account.UserName!, account.FullName, scheme);
    }

    /// <summary>Who it is, as the account is at this moment; null when it is nobody any more.</summary>
    public async Task<ClaimsPrincipal?> CheckAsync(ClaimsPrincipal claimed, CancellationToken cancellation) =>
        IdOf(claimed) is { } id
            ? await PersonAsync($"select s.id, s.renewals, a.id, a.user_name, a.full_name from identity.account a, identity.session s where {Alive}", claimed, cancellation, id)
            : null;

    /// <summary>Uses up a refresh token. One that is presented again was stolen, from or by the one who has the next: the session ends.</summary>
    public async Task<ClaimsPrincipal?> RenewAsync(ClaimsPrincipal claimed, TimeSpan lasts, CancellationToken cancellation)
    {
        if (IdOf(claimed) is not { } id || !int.TryParse(claimed.FindFirstValue(RenewalClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var renewal)) return null;
        var now = clock.GetUtcNow();
        var renewed = await PersonAsync(
            $"update identity.session s set renewals = s.renewals + 1, until = $3 from identity.account a where {Alive} and s.renewals = $2 returning s.id, s.renewals, a.id, a.user_name, a.full_name",
            claimed, cancellation, id, renewal, now + lasts);
        if (renewed is null) await ExecuteAsync("update identity.session set ended = $3 where id = $1 and ended is null and renewals > $2", cancellation, id, renewal, now);
        return renewed;
    }

    public Task ProlongAsync(ClaimsPrincipal person, TimeSpan lasts, CancellationToken cancellation) =>
        IdOf(person) is { } id ? ExecuteAsync("update identity.session set until = $2 where id = $1 and ended is null", cancellation, id, clock.GetUtcNow() + lasts) : Task.CompletedTask;

    /// <summary>Ends one session of the person's own.</summary>
    public Task EndAsync(ClaimsPrincipal person, Guid id, CancellationToken cancellation) =>
        ExecuteAsync("update identity.session set ended = $3 where id = $1 and account = $2 and ended is null", cancellation, id, AccountOf(person), clock.GetUtcNow());

    public Task EndAllAsync(string account, CancellationToken cancellation) =>
        ExecuteAsync("update identity.session set ended = $2 where account = $1 and ended is null", cancellation, account, clock.GetUtcNow());

    /// <summary>After a change of the person's own password or keys: this session goes on, the others have ended.</summary>
    public Task KeepAsync(ClaimsPrincipal person, CancellationToken cancellation) =>
        IdOf(person) is { } id
            ? ExecuteAsync("update identity.session s set stamp = a.security_stamp from identity.account a where s.id = $1 and a.id = s.account", cancellation, id)
            : Task.CompletedTask;

    public async Task<IReadOnlyList<StaffSession>> OpenAsync(ClaimsPrincipal person, CancellationToken cancellation)
    {
        await using var command = Command(
            "select s.id, s.account, s.stamp, s.started, s.until, s.\"from\", s.renewals from identity.session s, identity.account a "
            + "where s.account = $1 and a.id = s.account and s.stamp = a.security_stamp and s.ended is null and s.until > $2 order by s.started desc",
            AccountOf(person), clock.GetUtcNow());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var open = new List<StaffSession>();
        while (await reader.ReadAsync(cancellation))
            open.Add(new()
            {
                Id = reader.GetGuid(0),
                Account = reader.GetString(1),
                Stamp = reader.GetString(2),
                Started = reader.GetFieldValue<DateTimeOffset>(3),
                Until = reader.GetFieldValue<DateTimeOffset>(4),
                From = reader.GetString(5),
                Renewals = reader.GetInt32(6),
            });
        return open;
    }

    public static Guid? IdOf(ClaimsPrincipal person) => Guid.TryParse(person.FindFirstValue(SessionClaim), out var id) ? id : null;

    public static string AccountOf(ClaimsPrincipal person) => person.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";

    private async Task<ClaimsPrincipal?> PersonAsync(string sql, ClaimsPrincipal claimed, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? Principal(reader.GetGuid(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4), claimed.Identity!.AuthenticationType!)
            : null;
    }

    private static ClaimsPrincipal Principal(Guid session, int renewals, string account, string userName, string? fullName, string scheme)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, account),
            new(ClaimTypes.Name, userName),
            new(SessionClaim, session.ToString()),
            new(RenewalClaim, renewals.ToString(CultureInfo.InvariantCulture)),
        };
        if (fullName is not null) claims.Add(new(FullNameClaim, fullName));
        return new(new ClaimsIdentity(claims, scheme));
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(string sql, params object[] parameters)
    {
        var command = source.CreateCommand(sql);
        foreach (var p in parameters) command.Parameters.AddWithValue(p);
        return command;
    }
}
