using Microsoft.AspNetCore.StaticAssets;

namespace YenBai.Cases.Web.Hosting;

/// <summary>What a browser may do with our answers: scripts from here alone, none inline; no framing; nothing about a household kept.</summary>
public static class SecurityHeaders
{
    // Radzen sets style attributes; there is no inline script and no inline sheet anywhere, so no nonce is needed.
    private const string Policy =
        "default-src 'self'; script-src 'self'; script-src-attr 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // At the last moment: an answer to a failure starts with none of the headers that were set before.
        context.Response.OnStarting(() =>
        {
            Set(context);
            return Task.CompletedTask;
        });
        return next();
    });

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";

        if (context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null) headers.CacheControl = "no-store";
        // Package assets are compressed on their plain route only, where they are not cached: the version in the query makes them cacheable.
        else if (context.Request.Path.StartsWithSegments("/_content") && context.Request.Query.ContainsKey("v") && context.Response.StatusCode is 200 or 304)
            headers.CacheControl = "public,max-age=31536000,immutable";
    }
}
