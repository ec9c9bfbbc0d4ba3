using System.Diagnostics;
using System.Text;
using Npgsql;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Web.Hosting.Faults;

/// <summary>
/// An exception as it may be logged: which kinds, where in the code, and PostgreSQL's code. Never a message: libraries put values
/// into them (a statement's parameters, a key that is taken, a path), and those are people's names.
/// </summary>
internal static class FaultText
{
    private const int MostFrames = 40, MostCauses = 8;

    public static string Of(Exception exception)
    {
        var text = new StringBuilder();
        var cause = exception;
        for (var depth = 0; cause is not null && depth < MostCauses; depth++, cause = cause is AggregateException { InnerExceptions: [var first, ..] } ? first : cause.InnerException)
        {
            text.Append(depth == 0 ? "" : "\n caused by ").Append(KindOf(cause));
            var frames = (cause.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            foreach (var frame in frames.Take(MostFrames)) text.Append("\n   ").Append(frame);
            if (frames.Length > MostFrames) text.Append("\n   … ").Append(frames.Length - MostFrames).Append(" more");
        }
        return text.ToString();
    }

    /// <summary>In one line: for what happens with every request while the store is away.</summary>
    public static string Short(Exception exception)
    {
        var deepest = exception;
        while (deepest.InnerException is { } inner) deepest = inner;
        return StoreFault.Of(exception) is { } fault ? $"{StoreFault.CodeOf(fault)} ({KindOf(deepest)})" : KindOf(deepest);
    }

    private static string KindOf(Exception e) => e switch
    {
        PostgresException p => $"{e.GetType().FullName} {p.SqlState}",
        System.Net.Sockets.SocketException s => $"{e.GetType().FullName} {s.SocketErrorCode}",
        _ => e.GetType().FullName!,
    };
}

/// <summary>An exception on its way to a log. It says what <see cref="FaultText"/> says, and its trace.</summary>
internal sealed class LoggedException(Exception exception, bool brief)
    : Exception(exception.GetType().FullName)
{
    public override string ToString()
    {
        var trace = Activity.Current is { } activity ? $"trace {activity.TraceId} " : "";
        return trace + (brief ? FaultText.Short(exception) : FaultText.Of(exception));
    }

    public override string? StackTrace => null;
}
