using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using YenBai.Cases.Access;
using YenBai.Cases.Import;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Import;

/// <summary>Takes a file in, streamed to its folder, and gives refused rows out.</summary>
public static class ImportUploads
{
    public const string Path = "/nhap-du-lieu";
    public const long Largest = 200L * 1024 * 1024;

    private const string TokenField = "__RequestVerificationToken";
    private const string TokenHeader = "RequestVerificationToken";

    public static void MapImports(this WebApplication app)
    {
        app.MapPost($"{Path}/tep", TakeAsync).Needs(Operation.Import).DisableAntiforgery().ExcludeFromDescription();
        app.MapGet($"{Path}/{{id}}/tu-choi", (string id, HttpContext http, ImportFolders folders, RejectsReader rejects) =>
            SendAsync(id, folders.RejectsOf(id), http, rejects)).Needs(Operation.Import).ExcludeFromDescription();
        app.MapGet($"{Path}/mau/{{kind}}", (string kind) => Template(kind)).Needs(Operation.Import).ExcludeFromDescription();
        app.MapGet($"{Path}/{{id}}/luu-y", (string id, HttpContext http, ImportFolders folders, RejectsReader rejects) =>
            SendAsync(id, folders.RemarksOf(id), http, rejects)).Needs(Operation.Import).ExcludeFromDescription();
    }

    /// <summary>The address of an empty file of a kind.</summary>
    public static string TemplateOf(FileKind kind) => $"{Path}/mau/{Wording.Code(kind)}";

    private static IResult Template(string kind) =>
        Enum.GetValues<FileKind>().Where(k => Wording.Code(k) == kind).Select(k => (FileKind?)k).FirstOrDefault() is { } known
            ? Results.File(ImportTemplates.Of(known, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "vi"), ImportTemplates.ContentType, $"{kind}.xlsx")
            : Results.NotFound();

    private static async Task<IResult> SendAsync(string upload, string? file, HttpContext http, RejectsReader rejects) =>
        file is null
            ? Results.NotFound()
            : Results.File(await rejects.OpenAsync(http.Actor(), upload, file, http.RequestAborted), "text/csv; charset=utf-8", System.IO.Path.GetFileName(file));

    /// <summary>The form's token comes first and is checked before a byte of the file is kept; the file is never held in memory.</summary>
    private static async Task<IResult> TakeAsync(HttpContext context, ImportFolders folders, IAntiforgery antiforgery, ILogger<ImportFolders> log)
    {
        var cancellation = context.RequestAborted;
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
            return Back("no_file");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Largest + 64 * 1024;
        if (context.Request.ContentLength > Largest + 64 * 1024) return Back("too_large");

        string? taken = null;
        try
        {
            var parts = new MultipartReader(boundary, context.Request.Body);
            var trusted = false;
            while (await parts.ReadNextSectionAsync(cancellation) is { } part)
            {
                if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)) continue;
                if (disposition.IsFormDisposition() && disposition.Name == TokenField)
                {
                    using var reader = new StreamReader(part.Body);
                    var text = new char[4096];
                    context.Request.Headers[TokenHeader] = new string(text, 0, await reader.ReadBlockAsync(text, cancellation));
                    await antiforgery.ValidateRequestAsync(context);
                    trusted = true;
                }
                else if (disposition.IsFileDisposition())
                {
                    if (!trusted) return Back("not_trusted");
                    var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value : HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
                    if (string.IsNullOrWhiteSpace(name)) return Back("no_file");
                    (taken, var path) = folders.New(name);
                    long size;
                    await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 128 * 1024, FileOptions.Asynchronous))
                    {
                        await part.Body.CopyToAsync(file, cancellation);
                        size = file.Length;
                    }
                    if (size > 0) return TypedResults.LocalRedirect($"~{Path}?tep={taken}");
                    folders.Remove(taken);
                    return Back("empty");
                }
            }
            return Back("no_file");
        }
        catch (AntiforgeryValidationException)
        {
            return Back("not_trusted");
        }
        catch (Exception e) when (e is IOException or BadHttpRequestException or InvalidDataException)
        {
            if (taken is not null) folders.Remove(taken);
            log.LogWarning(e, "An upload broke off");
            return Back(e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } ? "too_large" : StoreFault.Of(e) is null ? "broken" : "disk_full");
        }
    }

    private static IResult Back(string wrong) => TypedResults.LocalRedirect($"~{Path}?loi={wrong}");
}
