using Microsoft.AspNetCore.Components.Authorization;
using YenBai.Cases.Access;

namespace YenBai.Cases.Web.Accounts;

/// <summary>Who uses a page: asked anew each time, so that a grant that ended is felt at the next click.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, StaffDesk desk, SecondFactor secondFactor, IHttpContextAccessor http)
{
    private readonly string? from = http.HttpContext?.Connection.RemoteIpAddress?.ToString();

    /// <summary>Somebody with no grant where nobody is signed in, or where a second factor is owed: a circuit may be older than the duty.</summary>
    /// <param name="look">The look at a page that the question belongs to (<see cref="Actor.Look"/>).</param>
    public async Task<Actor> GetAsync(CancellationToken cancellation = default, Guid? look = null)
    {
        var person = (await authentication.GetAuthenticationStateAsync()).User;
        if (person.Identity is not { IsAuthenticated: true, Name: { Length: > 0 } name }) return WithoutGrants("");
        var actor = await desk.ActorAsync(name, from, cancellation);
        if ((await secondFactor.StandingAsync(person, actor)).Duty == SecondFactorDuty.Needed) actor = WithoutGrants(name);
        actor.Look = look;
        return actor;
    }

    private static Actor WithoutGrants(string name) => new(name, [], DateTimeOffset.UnixEpoch, Places.PlaceCatalog.Default);
}
