using Npgsql;

namespace YenBai.Cases.Web.Postgres;

/// <summary>Failures of the store that the operator can do something about, in words.</summary>
internal static class StoreFailure
{
    private const int NoSpace = 28; // ENOSPC

    public static bool IsFullDisk(string text) => text.Contains("No space left on device", StringComparison.Ordinal) || text.Contains("Disk quota exceeded", StringComparison.Ordinal);

    public static string FullDisk(string where) =>
        $"The disk that holds {where} is full. What was answered is stored; what was not is not. Make room, then do it again.";

    /// <summary>What to tell of an exception or of what caused it; nothing where nobody foresaw it.</summary>
    public static string? Words(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is PostgresException { SqlState: PostgresErrorCodes.DiskFull } || (e is PostgresException p && IsFullDisk(p.MessageText))) return FullDisk("the store");
            if (e is IOException && (e.HResult == NoSpace || IsFullDisk(e.Message))) return FullDisk("the data directory or the file");
            if (e is NpgsqlException and not PostgresException || e is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow })
                return $"PostgreSQL cannot be reached: {e.Message} What was stored stays; the same command goes on from there.";
        }
        return null;
    }
}
