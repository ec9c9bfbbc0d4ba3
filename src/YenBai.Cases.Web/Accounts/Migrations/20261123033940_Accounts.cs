using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace YenBai.Cases.Web.Accounts.Migrations;

public partial class Accounts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.EnsureSchema(
            name: "identity");

        migrationBuilder.CreateTable(
            name: "account",
            schema: "identity",
            columns: table => new
            {
                id = table.Column<string>(type: "text", nullable: false),
                full_name = table.Column<string>(type: "text", nullable: true),
                disabled = table.Column<bool>(type: "boolean", nullable: false),
                user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                normalized_user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                password_hash = table.Column<string>(type: "text", nullable: true),
                security_stamp = table.Column<string>(type: "text", nullable: true),
                concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                access_failed_count = table.Column<int>(type: "integer", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_account", x => x.id);
            });

        migrationBuilder.CreateTable(
            name: "data_protection_key",
            schema: "identity",
            columns: table => new
            {
                id = table.Column<int>(type: "integer", nullable: false)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                name = table.Column<string>(type: "text", nullable: false),
                xml = table.Column<string>(type: "text", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_data_protection_key", x => x.id);
            });

        migrationBuilder.CreateTable(
            name: "account_claim",
            schema: "identity",
            columns: table => new
            {
                id = table.Column<int>(type: "integer", nullable: false)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                user_id = table.Column<string>(type: "text", nullable: false),
                claim_type = table.Column<string>(type: "text", nullable: true),
                claim_value = table.Column<string>(type: "text", nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_account_claim", x => x.id);
                table.ForeignKey(
                    name: "FK_account_claim_account_user_id",
                    column: x => x.user_id,
                    principalSchema: "identity",
                    principalTable: "account",
                    principalColumn: "id",
                    onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            name: "account_login",
            schema: "identity",
            columns: table => new
            {
                login_provider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                provider_key = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                provider_display_name = table.Column<string>(type: "text", nullable: true),
                user_id = table.Column<string>(type: "text", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_account_login", x => new { x.login_provider, x.provider_key });
                table.ForeignKey(
                    name: "FK_account_login_account_user_id",
                    column: x => x.user_id,
                    principalSchema: "identity",
                    principalTable: "account",
                    principalColumn: "id",
                    onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            name: "account_passkey",
            schema: "identity",
            columns: table => new
            {
                credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                user_id = table.Column<string>(type: "text", nullable: false),
                Data = table.Column<string>(type: "jsonb", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_account_passkey", x => x.credential_id);
                table.ForeignKey(
                    name: "FK_account_passkey_account_user_id",
                    column: x => x.user_id,
                    principalSchema: "identity",
                    principalTable: "account",
                    principalColumn: "id",
                    onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            name: "account_token",
            schema: "identity",
            columns: table => new
            {
                user_id = table.Column<string>(type: "text", nullable: false),
                login_provider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                value = table.Column<string>(type: "text", nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_account_token", x => new { x.user_id, x.login_provider, x.name });
                table.ForeignKey(
                    name: "FK_account_token_account_user_id",
                    column: x => x.user_id,
                    principalSchema: "identity",
                    principalTable: "account",
                    principalColumn: "id",
                    onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            name: "session",
            schema: "identity",
            columns: table => new
            {
                id = table.Column<Guid>(type: "uuid", nullable: false),
                account = table.Column<string>(type: "text", nullable: false),
                stamp = table.Column<string>(type: "text", nullable: false),
                started = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                ended = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                from = table.Column<string>(type: "text", nullable: false),
                renewals = table.Column<int>(type: "integer", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_session", x => x.id);
                table.ForeignKey(
                    name: "FK_session_account_account",
                    column: x => x.account,
                    principalSchema: "identity",
                    principalTable: "account",
                    principalColumn: "id",
                    onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateIndex(
            name: "UserNameIndex",
            schema: "identity",
            table: "account",
            column: "normalized_user_name",
            unique: true);

        migrationBuilder.CreateIndex(
            name: "IX_account_claim_user_id",
            schema: "identity",
            table: "account_claim",
            column: "user_id");

        migrationBuilder.CreateIndex(
            name: "IX_account_login_user_id",
            schema: "identity",
            table: "account_login",
            column: "user_id");

        migrationBuilder.CreateIndex(
            name: "IX_account_passkey_user_id",
            schema: "identity",
            table: "account_passkey",
            column: "user_id");

        migrationBuilder.CreateIndex(
            name: "IX_session_account",
            schema: "identity",
            table: "session",
            column: "account");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(
            name: "account_claim",
            schema: "identity");

        migrationBuilder.DropTable(
            name: "account_login",
            schema: "identity");

        migrationBuilder.DropTable(
            name: "account_passkey",
            schema: "identity");

        migrationBuilder.DropTable(
            name: "account_token",
            schema: "identity");

        migrationBuilder.DropTable(
            name: "data_protection_key",
            schema: "identity");

        migrationBuilder.DropTable(
            name: "session",
            schema: "identity");

        migrationBuilder.DropTable(
            name: "account",
            schema: "identity");
    }
}
