using Microsoft.AspNetCore.Diagnostics;
using YenBai.Cases.Web.Api;

namespace YenBai.Cases.Web.Hosting;

/// <summary>What nobody foresaw, told to a program as problem details rather than as a page.</summary>
public sealed class ApiErrors(IProblemDetailsService problems, Problems worded) : IExceptionHandler
{
    public static bool Concern(HttpContext context) => Concerns(context.Request.Path);

    private static bool Concerns(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/openapi");

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellation)
    {
        // The request itself leads to the page of errors already.
        if (context.Features.Get<IExceptionHandlerPathFeature>() is not { } failed || !Concerns(failed.Path)) return false;
        if (exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            await worded.Of(StatusCodes.Status413PayloadTooLarge, "body_too_large", null, RequestLimits.LargestBody >> 20).ExecuteAsync(context);
            return true;
        }
        context.Response.StatusCode = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        return await problems.TryWriteAsync(new() { HttpContext = context });
    }
}
