using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace YenBai.Cases.Web.Accounts.Migrations;

/// <summary>
/// Absolute ends of sessions, what a session has proven, the time step that served last, failed sign-ins by origin.
/// The lockout of a whole account ends with it.
/// </summary>
[DbContext(typeof(AccountsDb))]
[Migration("20261130200000_SessionsAndFactors")]
public sealed class SessionsAndFactors : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var column in new[] { "lockout_end", "lockout_enabled", "access_failed_count" }) migrationBuilder.DropColumn(column, "account", AccountsDb.Schema);
        migrationBuilder.AddColumn<DateTimeOffset>("first_sign_in", "account", "timestamp with time zone", schema: AccountsDb.Schema, nullable: true);
        migrationBuilder.AddColumn<long>("totp_step", "account", "bigint", schema: AccountsDb.Schema, nullable: true);

        migrationBuilder.AddColumn<DateTimeOffset>("ends", "session", "timestamp with time zone", schema: AccountsDb.Schema, nullable: false, defaultValueSql: "now()");
        migrationBuilder.AddColumn<bool>("second_factor", "session", "boolean", schema: AccountsDb.Schema, nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<DateTimeOffset>("confirmed", "session", "timestamp with time zone", schema: AccountsDb.Schema, nullable: true);
        migrationBuilder.AddColumn<int>("failures", "session", "integer", schema: AccountsDb.Schema, nullable: false, defaultValue: 0);
        // Open sessions keep their end, but none longer than a new one has. Anyone who has a second factor gave it to sign in.
        migrationBuilder.Sql(
            """
            update identity.session s
            set ends = least(s.until, s.started + interval '14 days'), until = least(s.until, s.started + interval '14 days'), second_factor = a.two_factor_enabled
            from identity.account a where a.id = s.account;
            alter table identity.session alter column ends drop default;
            create index ix_session_until on identity.session (until);
            """);

        migrationBuilder.CreateTable(
            "sign_in_failure",
            table => new
            {
                key = table.Column<byte[]>("bytea"),
                failures = table.Column<int>("integer"),
                until = table.Column<DateTimeOffset>("timestamp with time zone"),
            },
            AccountsDb.Schema,
            constraints: table => table.PrimaryKey("PK_sign_in_failure", x => x.key));

        // The code that served last was kept there, in plain text.
        migrationBuilder.Sql("delete from identity.account_token where login_provider = 'codes'");
    }
}
