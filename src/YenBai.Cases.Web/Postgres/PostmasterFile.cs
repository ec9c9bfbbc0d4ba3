using System.Globalization;

namespace YenBai.Cases.Web.Postgres;

/// <summary>What <c>postmaster.pid</c> says about a running PostgreSQL.</summary>
internal static class PostmasterFile
{
    /// <summary>Where the running server listens ("" while it has not come that far), or null when none runs.</summary>
    public static string? SocketDirectory(string file)
    {
        if (Read(file)?.Split('\n') is not { } lines || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid))
            return null;
        if (!Directory.Exists($"/proc/{pid}"))
            return null; // PostgreSQL sees by itself that the file is stale
        if (IsPostmaster(pid, lines))
            return lines.ElementAtOrDefault(4) ?? "";
        // After a restart of the machine another process may have the number, and PostgreSQL would refuse to start.
        File.Delete(file);
        return null;
    }

    private static bool IsPostmaster(int pid, string[] lines)
    {
        try
        {
            // The postmaster works in its data directory; the first three lines are its number, that directory and when it started.
            return Read($"/proc/{pid}/cwd/postmaster.pid") is { } its && its.Split('\n').Take(3).SequenceEqual(lines.Take(3));
        }
        catch (UnauthorizedAccessException) // root in a container may not look into other users' processes
        {
            return Read($"/proc/{pid}/comm")?.Trim() == "postgres";
        }
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException) // there is no such file, or no such process any more
        {
            return null;
        }
    }
}
