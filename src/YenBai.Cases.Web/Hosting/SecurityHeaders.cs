namespace YenBai.Cases.Web.Hosting;

/// <summary>What a browser may do with our answers: scripts from here alone, none inline; no framing.</summary>
public static class SecurityHeaders
{
    // Radzen sets style attributes; there is no inline script anywhere, so no nonce is needed.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        + "worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            return next();
        });
        // Package assets are compressed on their plain route only, where they are not cached: the version in the query makes them cacheable.
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/_content") && context.Request.Query.ContainsKey("v"))
                context.Response.OnStarting(() =>
                {
                    if (context.Response.StatusCode is 200 or 304) context.Response.Headers.CacheControl = "public,max-age=31536000,immutable";
                    return Task.CompletedTask;
                });
            return next();
        });
    }
}
