using Microsoft.AspNetCore.Diagnostics;
using YenBai.Cases.Web.Api;

namespace YenBai.Cases.Web.Hosting;

/// <summary>What nobody foresaw, told to a program as problem details rather than as a page.</summary>
public sealed class ApiErrors(IProblemDetailsService problems, Problems worded) : IExceptionHandler
{
    public static bool Concern(HttpContext context) => context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi");

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellation)
    {
        if (!Concern(context)) return false;
        if (exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            await worded.Of(StatusCodes.Status413PayloadTooLarge, "body_too_large", null, RequestLimits.LargestBody >> 20).ExecuteAsync(context);
            return true;
        }
        context.Response.StatusCode = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        return await problems.TryWriteAsync(new() { HttpContext = context });
    }
}
