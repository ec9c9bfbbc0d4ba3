using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

#pragma warning disable CA1416 // PrivatePostgres lets nothing but Linux come this far

namespace YenBai.Cases.Web.Postgres;

/// <summary>As whom PostgreSQL runs. It refuses root, so root hands it to another account.</summary>
internal sealed class ServerAccount
{
    public static readonly ServerAccount Anyone = new([], null);

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string[] _prefix;

    private ServerAccount(string[] prefix, string? owner) => (_prefix, Owner) = (prefix, owner);

    /// <summary>USER:GROUP that files are given to; null where they are the caller's anyway.</summary>
    public string? Owner { get; }

    /// <summary>The account for a cluster in <paramref name="home"/>, which is made that account's own.</summary>
    public static async Task<ServerAccount> ChooseAsync(string home, string cluster, PostgresBinaries binaries)
    {
        var me = geteuid();
        var made = Directory.Exists(cluster) ? await OwnerOfAsync(cluster) : null;
        if (me != 0)
            return made is null || made.Value.User == me
                ? Anyone
                : throw new PrivatePostgresException($"The store in {home} belongs to user {made.Value.User}. Run as that user, or name another directory in Cases__DataDirectory.");

        foreach (var account in Candidates(made))
        {
            await account.OwnAsync(home);
            // The account needs to reach both the programs and the data, which plain nobody cannot below a private directory.
            if (await account.TryAsync(["sh", "-c", "test -w \"$1\" && \"$2\" --version", "sh", home, binaries.Postgres]))
                return account;
        }
        throw new PrivatePostgresException(
            "PostgreSQL does not run as root, and neither setpriv nor unshare could start it as another user. Start as an ordinary user, or set ConnectionStrings__cases.");
    }

    private static IEnumerable<ServerAccount> Candidates((uint User, uint Group)? made)
    {
        if (made is null or { User: not 0 })
        {
            var (user, group) = made ?? SystemAccount();
            string[] become = ["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups"];
            yield return new([.. become, "--"], $"{user}:{group}");
            // The same account, which may also pass directories that are closed to it, such as /root (also in access(2): hence the securebit).
            yield return new([.. become, "--securebits=+no_setuid_fixup", "--bounding-set=-all,+dac_override", "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override", "--"], $"{user}:{group}");
        }
        // Inside some containers root is the only user there is; there it can call itself by another number.
        if (made is null or { User: 0 })
            yield return new(["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"], "0:0");
    }

    private static (uint, uint) SystemAccount()
    {
        foreach (var line in File.ReadLines("/etc/passwd"))
            if (line.Split(':') is ["postgres", _, var user, var group, ..])
                return (uint.Parse(user), uint.Parse(group));
        return (65534, 65534); // nobody
    }

    /// <summary>Makes a directory of this account, closed to everyone else. One that a stranger made first, as anyone can in /tmp, is refused.</summary>
    public async Task MakePrivateDirectoryAsync(string path)
    {
        Directory.CreateDirectory(path, Private);
        if (await OwnerOfAsync(path) is not { } owner || (owner.User != geteuid() && $"{owner.User}:{owner.Group}" != Owner))
            throw new PrivatePostgresException($"{path} belongs to someone else. Remove it and start again.");
        File.SetUnixFileMode(path, Private);
        await OwnAsync(path);
    }

    private async Task OwnAsync(string path)
    {
        if (Owner is not null)
            await Anyone.RunAsync("/", ["chown", Owner, path]);
    }

    private async Task<bool> TryAsync(string[] command)
    {
        try
        {
            return (await RunAsync("/", command)).Code == 0;
        }
        catch (Win32Exception) // the program is not installed
        {
            return false;
        }
    }

    /// <summary>Runs a command to its end as this account; what it printed comes back. All of them are short, so none is cut off.</summary>
    public async Task<(int Code, string Text)> RunAsync(string workingDirectory, string[] command)
    {
        string[] all = [.. _prefix, .. command];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing of the caller's own PostgreSQL settings (PGDATA, PGPORT …) may reach this one; messages are matched in English.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C.UTF-8";

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output + await errors).Trim());
    }

    private static async Task<(uint User, uint Group)?> OwnerOfAsync(string path)
    {
        var (code, text) = await Anyone.RunAsync("/", ["stat", "-c", "%u %g", path]);
        return code == 0 && text.Split(' ') is [var user, var group] ? (uint.Parse(user), uint.Parse(group)) : null;
    }

    [DllImport("libc")]
    private static extern uint geteuid();
}
