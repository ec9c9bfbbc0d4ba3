namespace YenBai.Cases.Web.Gate;

/// <summary>A page whose matter is not there says so itself, better than the page for addresses that are none.</summary>
public static class NotThere
{
    /// <summary>Said as the answer goes out: a renderer that knew it earlier would write nothing and leave the page to others.</summary>
    public static void Say(HttpContext context) => context.Response.OnStarting(() =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
