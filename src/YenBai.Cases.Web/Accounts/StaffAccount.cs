using Microsoft.AspNetCore.Identity;

namespace YenBai.Cases.Web.Accounts;

/// <summary>Somebody who may sign in. The user name is the staff code.</summary>
public sealed class StaffAccount : IdentityUser
{
    public string? FullName { get; set; }
    public bool Disabled { get; set; }

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
    public DateTimeOffset Until { get; init; }
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Address and browser, for the person to recognise it by.</summary>
    public required string From { get; init; }

    /// <summary>How many refresh tokens were used up: the one that is valid carries this number.</summary>
    public int Renewals { get; init; }
}
