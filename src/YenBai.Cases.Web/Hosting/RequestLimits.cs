namespace YenBai.Cases.Web.Hosting;

/// <summary>How much may be sent to us at once. Uploads of files have a limit of their own.</summary>
public static class RequestLimits
{
    public const long LargestBody = 1024 * 1024;

    public static void AddRequestLimits(this WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(o =>
    {
        o.AddServerHeader = false;
        o.Limits.MaxRequestBodySize = LargestBody;
    });
}
