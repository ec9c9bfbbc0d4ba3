using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;
using YenBai.Cases.Composition;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Accounts;

/// <summary>Accounts and sign-in.</summary>
public static class Configuration
{
    private const string UserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

    // What OWASP asks of PBKDF2 with HMAC-SHA512.
    private const int HashIterations = 210_000;

    /// <summary>What the server and the command line share. Before everything else that starts.</summary>
    public static IdentityBuilder AddAccountStore(this IServiceCollection services)
    {
        services.AddHostedService<AccountsSchema>();
        services.AddDbContext<AccountsDb>((provider, o) => AccountsDb.Configure(o, provider.GetRequiredService<NpgsqlDataSource>()));
        // A process's folder differs from version to version, and the command line's from the server's.
        services.AddDataProtection().SetApplicationName("yenbai-cases");
        services.AddSingleton<IXmlRepository, ProtectionKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(p => new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = p.GetRequiredService<IXmlRepository>()));
        // The keys are as safe as the password hashes beside them. What goes wrong in EF is thrown; it logs a missing table as a failure when it is about to make it.
        services.AddLogging(l => l.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None));
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<AccountSecrets>();
        services.AddSingleton<Sessions>();
        services.AddScoped<AccountDesk>();
        services.AddScoped<DemonstrationAccounts>();
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = HashIterations);
        return services
            .AddIdentityCore<StaffAccount>(o =>
            {
                o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                o.User.AllowedUserNameCharacters = UserNameCharacters;
                var password = o.Password;
                (password.RequiredLength, password.RequiredUniqueChars) = (PasswordRules.Shortest, 2);
                password.RequireDigit = password.RequireLowercase = password.RequireUppercase = password.RequireNonAlphanumeric = false;
                o.Tokens.PasswordResetTokenProvider = PasswordLinks.Name;
                o.Tokens.AuthenticatorIssuer = "Yen Bai Cases";
            })
            .AddUserStore<StaffAccountStore>()
            .AddPasswordValidator<PasswordRules>()
            .AddTokenProvider<PasswordLinks>(PasswordLinks.Name);
    }

    /// <summary>Beside that, what the server needs.</summary>
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddAccountStore().AddSignInManager();
        services.AddSchemes();
        services.AddSingleton<DecoyPassword>();
        services.AddScoped<SignInDesk>();
        services.AddScoped<TotpVerifier>();
        services.AddScoped<Reauthentication>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<KnownDevices>();
        services.AddSingleton<SecondFactor>();
        services.AddHostedService<SessionSweep>();
        // What unlocks an account by itself must have made sure of its owner.
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicAddress>((o, address) =>
        {
            (o.UserVerificationRequirement, o.ResidentKeyRequirement) = ("required", "required");
            if (address.Configured is { } configured) o.ServerDomain = configured.Host;
        });
        services.AddSignInLimit();
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, DoorAnswers>();
    }

    /// <summary>What the pages need beside the API. After the components, whose own provider believes for ever who was signed in at first.</summary>
    public static void AddAccountPages(this IServiceCollection services, IConfiguration configuration)
    {
        OtherAuthority.Add(services.AddAuthentication(), configuration);
        services.AddSingleton<OtherAuthority>();
        services.AddScoped<Passkeys>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<StaffOffice>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, LiveAccounts>();
    }

    public static void MapAccountPages(this WebApplication app)
    {
        Passkeys.Map(app);
        OtherAuthority.Map(app);
    }
}
