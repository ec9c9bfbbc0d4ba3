namespace YenBai.Cases.Web.Hosting;

/// <summary>One line that tells how far something is: written over on a terminal, now and then in a log.</summary>
internal sealed class StatusLine : IDisposable
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private long shown;
    private bool ended;
    private int width;

    public void Show(string text)
    {
        lock (gate)
        {
            if (ended) return;
            if (!Console.IsErrorRedirected)
            {
                Console.Error.Write("\r" + text.PadRight(width));
                width = text.Length;
            }
            else if (shown == 0 || TimeProvider.System.GetElapsedTime(shown) > BetweenLines)
            {
                shown = TimeProvider.System.GetTimestamp();
                Console.Error.WriteLine(text);
            }
        }
    }

    public void End()
    {
        lock (gate)
        {
            if (!ended && width > 0) Console.Error.Write("\r" + new string(' ', width) + "\r");
            ended = true;
        }
    }

    public void Dispose() => End();
}

/// <summary>Reports at once and in order, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class Watch<T>(Action<T> see) : IProgress<T>
{
    public void Report(T value) => see(value);
}
