using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace YenBai.Cases.Web.Accounts;

/// <summary>A page that stays open asks again, three times a minute, whether its reader is still signed in. Who is not is led out; drafts stay in the browser.</summary>
public sealed class LiveAccounts(ILoggerFactory logs, Sessions sessions, NavigationManager navigation) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(20);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (await sessions.CheckAsync(authenticationState.User, cancellationToken) is not null) return true;
        navigation.NavigateTo(Schemes.SignInAddress("/" + navigation.ToBaseRelativePath(navigation.Uri)), forceLoad: true);
        return false;
    }
}
