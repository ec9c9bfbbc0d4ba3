using Microsoft.AspNetCore.Diagnostics;
using YenBai.Cases.Composition;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Hosting.Faults;

/// <summary>What happens where something fails: one answer and one line in the log, wherever it was met.</summary>
public static class Configuration
{
    public static void AddFaultAnswers(this IServiceCollection services)
    {
        services.AddSingleton<FaultAnswers>().AddSingleton<IExceptionHandler>(p => p.GetRequiredService<FaultAnswers>());
        // A problem names the trace as the log and the page of errors do.
        services.AddProblemDetails(o => o.CustomizeProblemDetails = c => c.ProblemDetails.Extensions["traceId"] = RequestTrace.Of(c.HttpContext));
        // It would log a second time, and with the exception's message, what FaultAnswers logs.
        services.AddLogging(l => l.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None));
    }

    public static void UseFaultAnswers(this WebApplication app)
    {
        app.Use((context, next) => context.RequestServices.GetRequiredService<FaultAnswers>().WatchAsync(context, next));
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            StatusCodeSelector = e => e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        });
    }
}
