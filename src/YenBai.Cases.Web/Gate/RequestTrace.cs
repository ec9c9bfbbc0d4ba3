using System.Diagnostics;

namespace YenBai.Cases.Web.Gate;

/// <summary>The id by which a person's answer and the log's line find each other.</summary>
public static class RequestTrace
{
    public static string Of(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
}
