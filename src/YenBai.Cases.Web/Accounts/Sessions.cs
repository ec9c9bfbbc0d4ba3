using System.Globalization;
using System.Security.Claims;
using Npgsql;

namespace YenBai.Cases.Web.Accounts;

/// <summary>Whether somebody is still signed in: asked once a request, in one query, without EF.</summary>
public sealed class Sessions(NpgsqlDataSource source, TimeProvider clock)
{
    public const string SessionClaim = "session", FullNameClaim = "full_name";

    /// <summary>After its end a session is kept for so long, for anyone who looks into a misuse.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    private const string RenewalClaim = "renewal", SecondFactorClaim = "second_factor", FirstSignInClaim = "first_sign_in";

    /// <summary>The account is enabled, the session neither ended nor run out, the stamp unchanged.</summary>
    private const string Alive = "a.id = s.account and s.id = $1 and s.ended is null and s.until > $2 and not a.disabled and a.security_stamp = s.stamp";

    private const string Person = "s.id, s.renewals, a.id, a.user_name, a.full_name, s.second_factor, a.first_sign_in";

    /// <param name="secondFactor">More than a password was proven.</param>
    public async Task<ClaimsPrincipal> StartAsync(StaffAccount account, bool secondFactor, string from, string scheme, CancellationToken cancellation)
    {
        var (id, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
        var (idle, absolute) = scheme == Schemes.Cookie ? (Schemes.CookieLasts, Schemes.CookieEnds) : (Schemes.RefreshLasts, Schemes.RefreshLasts);
        await ExecuteAsync(
            "with first as (update identity.account set first_sign_in = $4 where id = $2 and first_sign_in is null) "
            + "insert into identity.session (id, account, stamp, started, until, ends, \"from\", renewals, second_factor) values ($1, $2, $3, $4, $5, $6, $7, 0, $8)",
            cancellation, id, account.Id, account.SecurityStamp!, now, now + idle, now + absolute, from, secondFactor);
        return Principal(id, 0, account.Id, account.UserName!, account.FullName, secondFactor, account.FirstSignIn ?? now, scheme);
    }

    /// <summary>Who it is, as the account is at this moment; null when it is nobody any more.</summary>
    public async Task<ClaimsPrincipal?> CheckAsync(ClaimsPrincipal claimed, CancellationToken cancellation) =>
        IdOf(claimed) is { } id
            ? await PersonAsync($"select {Person} from identity.account a, identity.session s where {Alive}", claimed, cancellation, id, clock.GetUtcNow())
            : null;

    /// <summary>
    /// Uses up a refresh token; the session's end stays where it is. One that is presented again was stolen, from or by the one who has the
    /// next: the session ends.
    /// </summary>
    public async Task<ClaimsPrincipal?> RenewAsync(ClaimsPrincipal claimed, CancellationToken cancellation)
    {
        if (IdOf(claimed) is not { } id || !int.TryParse(claimed.FindFirstValue(RenewalClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var renewal)) return null;
        var now = clock.GetUtcNow();
        var renewed = await PersonAsync(
            $"update identity.session s set renewals = s.renewals + 1 from identity.account a where {Alive} and s.renewals = $3 returning {Person}", claimed, cancellation, id, now, renewal);
        if (renewed is null) await ExecuteAsync("update identity.session set ended = $2 where id = $1 and ended is null and renewals > $3", cancellation, id, now, renewal);
        return renewed;
    }

    /// <summary>It is used: it goes on, but not beyond its absolute end.</summary>
    public Task ProlongAsync(ClaimsPrincipal person, CancellationToken cancellation) =>
        IdOf(person) is { } id
            ? ExecuteAsync("update identity.session set until = least($3, ends) where id = $1 and ended is null and until > $2", cancellation, id, clock.GetUtcNow(), clock.GetUtcNow() + Schemes.CookieLasts)
            : Task.CompletedTask;

    /// <summary>A second factor was set up or proven in this session, or the account's last one was removed in it.</summary>
    public Task SetSecondFactorAsync(ClaimsPrincipal person, bool proven, CancellationToken cancellation) =>
        IdOf(person) is { } id ? ExecuteAsync("update identity.session set second_factor = $2 where id = $1", cancellation, id, proven) : Task.CompletedTask;

    /// <summary>Removes what ended or ran out longer ago than <see cref="Retention"/>, and counts of failed sign-ins that no longer matter.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        await ExecuteAsync("delete from identity.session where least(ended, until) < $1", cancellation, clock.GetUtcNow() - Retention);
        await ExecuteAsync("delete from identity.sign_in_failure where until < $1", cancellation, clock.GetUtcNow());
    }

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

    /// <summary>Whether this session proved more than a password.</summary>
    public static bool HasSecondFactor(ClaimsPrincipal person) => person.HasClaim(SecondFactorClaim, "true");

    public static DateTimeOffset? FirstSignInOf(ClaimsPrincipal person) =>
        person.FindFirstValue(FirstSignInClaim) is { } at ? DateTimeOffset.ParseExact(at, "O", CultureInfo.InvariantCulture) : null;

    private async Task<ClaimsPrincipal?> PersonAsync(string sql, ClaimsPrincipal claimed, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? Principal(
                reader.GetGuid(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4),
                reader.GetBoolean(5), reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6), claimed.Identity!.AuthenticationType!)
            : null;
    }

    private static ClaimsPrincipal Principal(Guid session, int renewals, string account, string userName, string? fullName, bool secondFactor, DateTimeOffset? firstSignIn, string scheme)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, account),
            new(ClaimTypes.Name, userName),
            new(SessionClaim, session.ToString()),
            new(RenewalClaim, renewals.ToString(CultureInfo.InvariantCulture)),
            new(SecondFactorClaim, secondFactor ? "true" : "false"),
        };
        if (fullName is not null) claims.Add(new(FullNameClaim, fullName));
        if (firstSignIn is { } first) claims.Add(new(FirstSignInClaim, first.ToString("O", CultureInfo.InvariantCulture)));
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
