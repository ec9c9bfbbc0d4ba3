using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Api;

/// <summary>
/// A query parameter that is not known, or whose value cannot be read, is a 400 that names it; the framework alone ignores the one and
/// answers the other without a word.
/// </summary>
public sealed class ParameterFilter(Problems problems) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Response.StatusCode != StatusCodes.Status400BadRequest)
        {
            if (http.Request.Query.Count == 0) return next(context);
            var known = NamesOf(http.GetEndpoint()!);
            return http.Request.Query.Keys.FirstOrDefault(k => !known.Contains(k)) is { } unknown
                ? ValueTask.FromResult<object?>(problems.Of(400, "unknown_parameter", unknown, unknown, string.Join(", ", known.Order(StringComparer.Ordinal))))
                : next(context);
        }

        var wrong = http.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .FirstOrDefault(p => http.Request.Query[p.Name].ToString() is { Length: > 0 } value && !IsReadable(p.ParameterInfo.ParameterType, value));
        return ValueTask.FromResult<object?>(wrong is null
            ? problems.Of(400, "unknown_value")
            : problems.Of(400, "unknown_value", wrong.Name, http.Request.Query[wrong.Name].ToString()));
    }

    /// <summary>What an endpoint can be asked by.</summary>
    internal static HashSet<string> NamesOf(Endpoint endpoint)
    {
        var inPath = (endpoint as RouteEndpoint)?.RoutePattern.Parameters.Select(p => p.Name).ToList() ?? [];
        var bound = endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().Where(p => IsSimple(p.ParameterInfo.ParameterType))
            .Select(p => p.ParameterInfo.GetCustomAttributes(false).OfType<Microsoft.AspNetCore.Mvc.FromQueryAttribute>().FirstOrDefault()?.Name ?? p.Name).Except(inPath);
        return [.. bound, .. endpoint.Metadata.GetOrderedMetadata<ReadsQueryAttribute>().SelectMany(m => m.Names), "fresh"];
    }

    private static bool IsSimple(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var plain && (plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(DateOnly) || plain == typeof(Guid));

    private static bool IsReadable(Type type, string value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(int) ? int.TryParse(value, CultureInfo.InvariantCulture, out _)
            : type == typeof(bool) ? bool.TryParse(value, out _)
            : type != typeof(DateOnly) || DateOnly.TryParse(value, CultureInfo.InvariantCulture, out _);
    }
}
