using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace YenBai.Cases.Web.Hosting;

/// <summary>
/// Compresses streamed pages, too. Blazor asks for none lest a page be held back; the body that compresses here flushes
/// whenever Blazor does, and a list is a quarter of its size.
/// </summary>
public sealed class StreamedPages(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    public override bool ShouldCompressResponse(HttpContext context)
    {
        if (context.Response.Headers.ContentEncoding == "identity") context.Response.Headers.Remove("Content-Encoding");
        return base.ShouldCompressResponse(context);
    }
}
