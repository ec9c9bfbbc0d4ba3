using Microsoft.AspNetCore.Diagnostics;

namespace YenBai.Cases.Web.Hosting;

/// <summary>What nobody foresaw, told to a program as problem details rather than as a page.</summary>
public sealed class ApiErrors(IProblemDetailsService problems) : IExceptionHandler
{
    public static bool Concern(HttpContext context) => context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi");

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellation)
    {
        if (!Concern(context)) return false;
        context.Response.StatusCode = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        return await problems.TryWriteAsync(new() { HttpContext = context });
    }
}
