using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using YenBai.Cases.Access;

namespace YenBai.Cases.Web.Accounts;

/// <summary>
/// A page that stays open asks again, three times a minute, whether its reader is still signed in. Who is not is led out; so is who owes a
/// second factor by now. A page that is taken up again with another account's cookie is loaded anew: it shows what the first one read.
/// </summary>
public sealed class LiveAccounts : RevalidatingServerAuthenticationStateProvider
{
    private readonly Sessions sessions;
    private readonly StaffDesk staff;
    private readonly SecondFactor secondFactor;
    private readonly NavigationManager navigation;
    private string? owner;

    public LiveAccounts(ILoggerFactory logs, Sessions sessions, StaffDesk staff, SecondFactor secondFactor, NavigationManager navigation) : base(logs)
    {
        (this.sessions, this.staff, this.secondFactor, this.navigation) = (sessions, staff, secondFactor, navigation);
        AuthenticationStateChanged += state => _ = StayWithOwnerAsync(state);
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(20);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var here = "/" + navigation.ToBaseRelativePath(navigation.Uri);
        if (await sessions.CheckAsync(authenticationState.User, cancellationToken) is not { } person)
        {
            navigation.NavigateTo(Schemes.SignInAddress(here), forceLoad: true);
            return false;
        }
        if (Sessions.HasSecondFactor(person) != Sessions.HasSecondFactor(authenticationState.User))
        {
            navigation.NavigateTo(here, forceLoad: true);
            return false;
        }
        var actor = await staff.ActorAsync(person.Identity!.Name!, null, cancellationToken);
        if ((await secondFactor.StandingAsync(person, actor)).Duty != SecondFactorDuty.Needed) return true;
        navigation.NavigateTo(Schemes.SecondFactorPath, forceLoad: true);
        return false;
    }

    private async Task StayWithOwnerAsync(Task<AuthenticationState> state)
    {
        var account = (await state).User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        owner ??= account;
        if (account != "" && account != owner) navigation.NavigateTo("/", forceLoad: true);
    }
}
