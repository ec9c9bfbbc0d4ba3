using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace YenBai.Cases.Web.Accounts;

/// <summary>Accounts, their passkeys and sessions, and the keys that protect cookies and tokens: schema <c>identity</c>. Who may do what is not here.</summary>
public sealed class AccountsDb(DbContextOptions<AccountsDb> options) : IdentityUserContext<StaffAccount>(options)
{
    public const string Schema = "identity";
    public const string Migrations = "migration";

    public DbSet<StaffSession> Sessions => Set<StaffSession>();

    public static DbContextOptionsBuilder Configure(DbContextOptionsBuilder builder, NpgsqlDataSource source) =>
        builder.UseNpgsql(source, o => o.MigrationsHistoryTable(Migrations, Schema));

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.HasDefaultSchema(Schema);
        model.Entity<StaffAccount>(account =>
        {
            account.ToTable("account");
            // Nobody is written to.
            account.Ignore(a => a.Email).Ignore(a => a.NormalizedEmail).Ignore(a => a.EmailConfirmed).Ignore(a => a.PhoneNumber).Ignore(a => a.PhoneNumberConfirmed);
            // Failures are counted by origin, not by account: a stranger must not lock the owner out.
            account.Ignore(a => a.LockoutEnd).Ignore(a => a.LockoutEnabled).Ignore(a => a.AccessFailedCount);
            // An account that was loaded before must not write an older value back.
            account.Property(a => a.FirstSignIn).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
            account.Property(a => a.TotpStep).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        });
        model.Entity<IdentityUserClaim<string>>().ToTable("account_claim");
        model.Entity<IdentityUserLogin<string>>().ToTable("account_login");
        model.Entity<IdentityUserToken<string>>().ToTable("account_token");
        model.Entity<IdentityUserPasskey<string>>().ToTable("account_passkey");
        model.Entity<StaffSession>(session =>
        {
            session.ToTable("session");
            session.HasOne<StaffAccount>().WithMany().HasForeignKey(s => s.Account).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ProtectionKey>().ToTable("data_protection_key");
        model.Entity<SignInFailure>().ToTable("sign_in_failure").HasKey(f => f.Key);

        foreach (var property in model.Model.GetEntityTypes().Where(t => !t.IsMappedToJson()).SelectMany(t => t.GetDeclaredProperties()))
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
    }
}

/// <summary>For the tool that writes migrations.</summary>
internal sealed class AccountsDbForTheTool : IDesignTimeDbContextFactory<AccountsDb>
{
    public AccountsDb CreateDbContext(string[] args)
    {
        // The model takes its version from there.
        var services = new ServiceCollection().Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3).BuildServiceProvider();
        var builder = new DbContextOptionsBuilder<AccountsDb>().UseApplicationServiceProvider(services);
        AccountsDb.Configure(builder, NpgsqlDataSource.Create("Host=none"));
        return new((DbContextOptions<AccountsDb>)builder.Options);
    }
}
