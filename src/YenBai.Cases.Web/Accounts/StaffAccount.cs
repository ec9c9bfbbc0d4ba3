using Microsoft.AspNetCore.Identity;

namespace YenBai.Cases.Web.Accounts;

/// <summary>Somebody who may sign in. The user name is the staff code.</summary>
public sealed class StaffAccount : IdentityUser
{
    public string? FullName { get; set; }
    public bool Disabled { get; set; }

    /// <summary>From then on the days count in which a second factor may be missing. Written by <see cref="Sessions"/> alone.</summary>
    public DateTimeOffset? FirstSignIn { get; private set; }

    /// <summary>The newest time step of the authenticator app that was accepted. Written by <see cref="TotpVerifier"/> alone.</summary>
    public long? TotpStep { get; private set; }

    public string Shown => FullName ?? UserName!;
}

/// <summary>One sign-in of one account, by cookie or by token, until it is ended or runs out.</summary>
public sealed class StaffSession
{
    public Guid Id { get; init; }
    public required string Account { get; init; }

    /// <summary>The account's security stamp when the session was started: a changed stamp ends every session but the one that changed it.</summary>
    public required string Stamp { get; init; }
    public DateTimeOffset Started { get; init; }

    /// <summary>When it runs out; moved on while it is used, never beyond <see cref="Ends"/>.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>The last instant that it can have, however much it is used.</summary>
    public DateTimeOffset Ends { get; init; }
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Address and browser, for the person to recognise it by.</summary>
    public required string From { get; init; }

    /// <summary>How many refresh tokens were used up: the one that is valid carries this number.</summary>
    public int Renewals { get; init; }

    /// <summary>More than a password was proven: a code, a recovery code, a passkey.</summary>
    public bool SecondFactor { get; init; }

    /// <summary>When the person last proved in this session who they are (see <see cref="Reauthentication"/>).</summary>
    public DateTimeOffset? Confirmed { get; init; }

    /// <summary>Failed proofs since the last that succeeded.</summary>
    public int Failures { get; init; }
}

/// <summary>How often signing in failed for one account from one origin (see <see cref="SignInThrottle"/>).</summary>
public sealed class SignInFailure
{
    public required byte[] Key { get; init; }
    public int Failures { get; init; }
    public DateTimeOffset Until { get; init; }
}
