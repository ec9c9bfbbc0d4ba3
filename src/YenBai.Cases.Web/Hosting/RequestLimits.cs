namespace YenBai.Cases.Web.Hosting;

/// <summary>How much may be sent to us at once. Uploads of files have a limit of their own.</summary>
public static class RequestLimits
{
    public const long LargestBody = 1024 * 1024;

    /// <summary>The largest form is the plan of a province of about a hundred communes, with seven targets each.</summary>
    private const int MostFormFields = 4096;

    public static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(o => o.ValueCountLimit = MostFormFields);
    }
}
