using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;

namespace YenBai.Cases.Web.Api;

/// <summary>A query parameter whose value cannot be read is a 400 that names it; the framework alone answers without a word.</summary>
public sealed class ParameterFilter(Problems problems) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Response.StatusCode != StatusCodes.Status400BadRequest) return next(context);

        var wrong = http.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .FirstOrDefault(p => http.Request.Query[p.Name].ToString() is { Length: > 0 } value && !IsReadable(p.ParameterInfo.ParameterType, value));
        return ValueTask.FromResult<object?>(wrong is null
            ? problems.Of(400, "unknown_value")
            : problems.Of(400, "unknown_value", wrong.Name, http.Request.Query[wrong.Name].ToString()));
    }

    private static bool IsReadable(Type type, string value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(int) ? int.TryParse(value, CultureInfo.InvariantCulture, out _)
            : type == typeof(bool) ? bool.TryParse(value, out _)
            : type != typeof(DateOnly) || DateOnly.TryParse(value, CultureInfo.InvariantCulture, out _);
    }
}
