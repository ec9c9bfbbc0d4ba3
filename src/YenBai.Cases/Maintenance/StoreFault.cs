using System.Net.Sockets;
using Npgsql;

namespace YenBai.Cases.Maintenance;

/// <summary>What is wrong where nobody made a mistake: the store is away, or a disk is full.</summary>
public enum Fault { StoreAway, StoreFull, DiskFull }

/// <summary>Distinguishes these faults from failures of the program, however deep the library that met them wrapped them.</summary>
public static class StoreFault
{
    private const int NoSpaceOnUnix = 28, QuotaExceededOnUnix = 122;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070), HandleDiskFullOnWindows = unchecked((int)0x80070027);

    /// <summary>The fault behind an exception; none where it has another cause.</summary>
    public static Fault? Of(Exception? e) => e switch
    {
        // A query that is given up because somebody no longer waits for it ends in the same way as one that takes too long.
        null or OperationCanceledException => null,
        AggregateException all => all.InnerExceptions.Select(Of).FirstOrDefault(f => f is not null),
        PostgresException p => Of(p.SqlState),
        // A connection that could not be had or broke, or an answer that did not come in time.
        NpgsqlException { InnerException: SocketException or IOException or TimeoutException } or NpgsqlException { IsTransient: true } => Fault.StoreAway,
        IOException { HResult: NoSpaceOnUnix or QuotaExceededOnUnix or NoSpaceOnWindows or HandleDiskFullOnWindows } => Fault.DiskFull,
        _ => Of(e.InnerException),
    };

    /// <summary>Class 08: the connection; 53: no memory or connections left; 57P: the server shuts down or starts; 57014: a time limit; 58: its files.</summary>
    private static Fault? Of(string sqlState) => sqlState switch
    {
        PostgresErrorCodes.DiskFull => Fault.StoreFull,
        ['0', '8', ..] or ['5', '3', ..] or ['5', '7', 'P', ..] or ['5', '8', ..] or PostgresErrorCodes.QueryCanceled => Fault.StoreAway,
        _ => null,
    };

    /// <summary>The fault as a stable code; the words for it are in Reasons.resx.</summary>
    public static string CodeOf(Fault fault) => fault switch { Fault.StoreAway => "store_unavailable", Fault.StoreFull => "store_full", _ => "disk_full" };
}
