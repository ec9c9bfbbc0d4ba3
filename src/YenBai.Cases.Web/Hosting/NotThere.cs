using Microsoft.AspNetCore.Diagnostics;

namespace YenBai.Cases.Web.Hosting;

/// <summary>A page whose matter is not there says so itself, better than the page for addresses that are none.</summary>
public static class NotThere
{
    public static void Say(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        // Without it the renderer takes the status for an address that is none, and writes nothing.
        context.Response.ContentType = "text/html; charset=utf-8";
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
    }
}
