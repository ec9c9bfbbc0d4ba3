using YenBai.Cases.Access;
using YenBai.Cases.Places;

namespace YenBai.Cases.Web.Accounts;

public enum SecondFactorDuty
{
    None,

    /// <summary>It can wait until a day.</summary>
    Grace,

    /// <summary>Until it is there, nothing can be used but what sets it up.</summary>
    Needed,
}

/// <param name="Until">When the grace ends.</param>
public readonly record struct SecondFactorStanding(SecondFactorDuty Duty, DateTimeOffset? Until = null);

/// <summary>Who needs a second factor: administrators at once; after days of grace, anyone who sees names beyond one commune.</summary>
public static class SecondFactorPolicy
{
    public static readonly TimeSpan Grace = TimeSpan.FromDays(14);

    /// <param name="proven">The session has one.</param>
    /// <param name="required">Whether those who see names need one, too.</param>
    public static SecondFactorStanding StandingOf(Actor actor, bool proven, DateTimeOffset? firstSignIn, DateTimeOffset now, bool required, PlaceCatalog places)
    {
        if (proven) return default;
        if (actor.Has(Role.Administrator)) return new(SecondFactorDuty.Needed);
        if (!required || !SeesNamesBeyondACommune(actor, places)) return default;
        var until = (firstSignIn ?? now) + Grace;
        return now < until ? new(SecondFactorDuty.Grace, until) : new(SecondFactorDuty.Needed);
    }

    /// <summary>An emergency opens one household for a day; the household's name is no reason to keep an officer out of it.</summary>
    private static bool SeesNamesBeyondACommune(Actor actor, PlaceCatalog places)
    {
        var grants = actor.Grants.Where(g => g.Role is Role.Caseworker or Role.Manager or Role.Auditor or Role.Sponsor && !g.Emergency).ToList();
        return grants.Any(g => g.Place is null || places.Get(g.Place)?.Level != Level.Commune) || grants.Select(g => g.Place).Distinct().Count() > 1;
    }
}
