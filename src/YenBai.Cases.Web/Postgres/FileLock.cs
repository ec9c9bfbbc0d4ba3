namespace YenBai.Cases.Web.Postgres;

/// <summary>Advisory locks between processes of one machine. The kernel drops them with the process, however it ends.</summary>
internal static class FileLock
{
    private const int WouldBlock = 11; // EWOULDBLOCK: .NET reports the errno of flock as HResult

    /// <summary>Holds the file together with any number of others, or null while someone has it to himself.</summary>
    public static FileStream? TryShared(string path) => Try(path, FileAccess.Read, FileShare.Read);

    /// <summary>Has the file to itself, or null while anyone holds it.</summary>
    public static FileStream? TryExclusive(string path) => Try(path, FileAccess.ReadWrite, FileShare.None);

    public static async Task<FileStream> ExclusiveAsync(string path, CancellationToken cancel)
    {
        while (true)
        {
            if (TryExclusive(path) is { } held)
                return held;
            await Task.Delay(20, cancel);
        }
    }

    private static FileStream? Try(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, access, share, bufferSize: 0);
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }
    }
}
