using System.Net.Mime;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Web.Api;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Hosting.Faults;

/// <summary>
/// What nobody foresaw, and a store that is away: a program gets problem details with a code, a person gets a page; both get the
/// trace id under which the log has one line of it. The line names the route, never the address: that holds codes and names.
/// </summary>
public sealed class FaultAnswers(Problems problems, StoreState state, IStringLocalizer<Texts> texts, HtmlEncoder html, ILogger<FaultAnswers> log) : IExceptionHandler
{
    private const int RetryAfterSeconds = 10;

    private static readonly object Logged = new();

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellation)
    {
        var api = ApiErrors.Concerns(context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? context.Request.Path);
        if (exception is BadHttpRequestException bad) return api && await RefuseAsync(context, bad);
        Log(context, exception, StatusOf(exception));
        // A page of errors asks the store who is signed in: where the store is away it would fail, too.
        if (StoreFault.Of(exception) is null && !api) return false;
        await AnswerAsync(context, exception, api);
        return true;
    }

    /// <summary>Around everything that answers: also what fails while a failure is answered, and what answers 5xx by itself.</summary>
    public async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            if (context.RequestAborted.IsCancellationRequested) return;
            Log(context, e, StatusOf(e));
            if (context.Response.HasStarted)
            {
                // Half an answer must not pass for a whole one.
                context.Abort();
                return;
            }
            context.Response.Clear();
            await AnswerAsync(context, e, ApiErrors.Concern(context));
        }
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError) Log(context, null, context.Response.StatusCode);
    }

    private static int StatusOf(Exception e) => StoreFault.Of(e) is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable;

    private async Task<bool> RefuseAsync(HttpContext context, BadHttpRequestException bad)
    {
        var answer = bad.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? problems.Of(bad.StatusCode, "body_too_large", null, RequestLimits.LargestBody >> 20)
            : problems.Of(bad.StatusCode, "body_malformed");
        await answer.ExecuteAsync(context);
        return true;
    }

    private async Task AnswerAsync(HttpContext context, Exception exception, bool api)
    {
        var away = StoreFault.Of(exception) is not null;
        var code = away ? "store_unavailable" : "internal_error";
        if (away) context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (api)
        {
            await problems.Of(StatusOf(exception), code).ExecuteAsync(context);
            return;
        }
        context.Response.StatusCode = StatusOf(exception);
        context.Response.ContentType = MediaTypeNames.Text.Html + "; charset=utf-8";
        await context.Response.WriteAsync(PageFor(context, code));
    }

    /// <summary>It needs nothing: no store, no layout, no account.</summary>
    private string PageFor(HttpContext context, string code)
    {
        string Text(string key) => html.Encode(texts[key]);
        return $"""
            <!DOCTYPE html>
            <html lang="{System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Text($"{code}.title")}</title><link rel="stylesheet" href="/app.css"></head>
            <body><main class="message"><h1>{Text($"{code}.title")}</h1><p>{Text($"{code}.do")}</p><p>{Text("error.trace")} <code>{html.Encode(RequestTrace.Of(context))}</code></p></main></body>
            </html>
            """;
    }

    private void Log(HttpContext context, Exception? exception, int status)
    {
        if (!context.Items.TryAdd(Logged, true)) return;
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? endpoint?.DisplayName ?? "no route";
        var away = StoreFault.Of(exception) == Fault.StoreAway;
        if (away && state.Saw()) log.LogError("The store is away: {Fault}", FaultText.Short(exception!));
        var what = exception is null ? "" : StoreFault.Of(exception) is null ? FaultText.Of(exception) : FaultText.Short(exception);
        log.LogError("{Status} {Method} {Route} trace {Trace} {Fault}", status, context.Request.Method, route, RequestTrace.Of(context), what);
    }
}
