using System.Runtime.Versioning;
using YenBai.Cases.Erasure;
using YenBai.Cases.Web.Hosting;
using YenBai.Cases.Web.Postgres;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Hosting;

/// <summary>What leaves the store as a file is whole, and nobody's but whose it is.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class BackupFacts(TestStore store) : IClassFixture<TestStore>
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private Dictionary<string, string> Environment => new() { ["ConnectionStrings__cases"] = store.RunTimeConnectionString, ["ConnectionStrings__cases_owner"] = store.ConnectionString };

    [Theory]
    [InlineData("backup")]
    [InlineData("export")]
    public async Task A_file_with_personal_data_is_readable_by_its_owner_alone(string verb)
    {
        // What was there before, and what a kill left behind, had another mode.
        var file = store.Write(verb, "old");
        store.Write(verb + ".partial", "half");
        foreach (var old in new[] { file, file + ".partial" }) File.SetUnixFileMode(old, Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await using var product = Product.Start(Environment, store.DataDirectory, "cases", verb, file);
        (await product.ExitAsync()).ShouldBe(0, product.Said);

        File.GetUnixFileMode(file).ShouldBe(Private);
        new FileInfo(file).Length.ShouldBeGreaterThan(3);
        File.Exists(file + ".partial").ShouldBeFalse();
    }

    [Fact]
    public async Task A_backup_that_fails_leaves_the_last_one_and_no_half_one()
    {
        var file = store.Write("kept", "the last one");

        await Should.ThrowAsync<IOException>(() => Backup.SaveAsync(new(store.RunTimeConnectionString, store.ConnectionString.Replace("Database=", "Database=no_", StringComparison.Ordinal)), file, default));

        (await File.ReadAllTextAsync(file)).ShouldBe("the last one");
        File.Exists(file + ".partial").ShouldBeFalse();
    }

    [Fact]
    public async Task The_role_that_serves_takes_no_backup() =>
        (await Should.ThrowAsync<ArgumentException>(() => Backup.SaveAsync(new(store.RunTimeConnectionString, null), Path.Combine(store.Directory, "never"), default))).Message.ShouldContain("cases_owner");

    [Fact]
    public void The_list_of_erasures_is_private_too()
    {
        var list = new ErasureList(Path.Combine(store.Directory, "private.csv"));
        list.Add(new(Guid.NewGuid(), [Guid.NewGuid()], DateTimeOffset.UnixEpoch));
        File.GetUnixFileMode(list.Path).ShouldBe(Private);
    }
}
