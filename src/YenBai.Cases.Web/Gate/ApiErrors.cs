namespace YenBai.Cases.Web.Gate;

/// <summary>Which requests are answered with problem details rather than with a page.</summary>
public static class ApiErrors
{
    public static bool Concern(HttpContext context) => Concerns(context.Request.Path);

    public static bool Concerns(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/openapi");
}
