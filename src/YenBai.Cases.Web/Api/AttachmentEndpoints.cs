using Microsoft.AspNetCore.Http.Features;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Api.Description;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Api;

public sealed record AttachmentAnswer(Guid Id);

/// <summary>Photographs and scans of a household: the body is the file.</summary>
public static class AttachmentEndpoints
{
    public static void MapAttachments(this RouteGroupBuilder api)
    {
        api.MapPost("/households/{code}/attachments", TakeAsync).WithMetadata(new WritesAttribute(), new SendsAttribute(null, "image/jpeg", "image/png", "image/webp", "application/pdf")).Needs(Operation.RecordWork)
            .Produces<AttachmentAnswer>(StatusCodes.Status201Created).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422);
        api.MapGet("/households/{code}/attachments/{id:guid}", OpenAsync).Needs(Operation.OpenHousehold);
    }

    private static async Task<IResult> TakeAsync(string code, HttpRequest request, Attachments attachments, Problems problems, CancellationToken cancellation)
    {
        if (request.Headers["Idempotency-Key"].ToString().Trim() is not { Length: > 0 and <= 200 } key) return problems.Of(400, "idempotency_key_required");
        // One more than may be, so that it is known to be too much.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Attachments.Largest + 1;
        if (request.ContentLength > Attachments.Largest) return TooLarge();
        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, cancellation);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge();
        }
        var taken = await attachments.TakeAsync(request.HttpContext.Actor(), code, key, body.ToArray(), cancellation);
        return taken switch
        {
            { Reception: Reception.Accepted } => TypedResults.Created($"/api/households/{Uri.EscapeDataString(code)}/attachments/{taken.Id}", new AttachmentAnswer(taken.Id)),
            { Reception: Reception.KeyReused } => problems.Of(422, "idempotency_key_reused"),
            { Reception: Reception.NotPermitted } => problems.Of(403, "not_permitted"),
            { Refusal: { } refusal } => problems.Of(refusal.Code switch { "attachment_too_large" => 413, "attachment_type" or "attachment_heif" => 415, _ => 422 }, refusal.Code, refusal.Field, refusal.Data),
            _ => problems.NotTheirs(request.HttpContext.Actor(), code),
        };

        IResult TooLarge() => problems.Of(413, "attachment_too_large", "file", Attachments.Largest / 1024 / 1024);
    }

    /// <param name="thumbnail">The small picture in place of the whole one; 404 where there is none.</param>
    private static async Task<IResult> OpenAsync(string code, Guid id, HttpContext http, Attachments attachments, Problems problems, CancellationToken cancellation, bool thumbnail = false)
    {
        if (await attachments.OpenAsync(http.Actor(), code, id, cancellation, thumbnail) is not { } file) return problems.Of(404, "unknown_attachment");
        // A picture is shown; a document is never opened as a page of ours.
        http.Response.Headers.ContentDisposition = file.ContentType == "application/pdf" ? $"attachment; filename=\"{id:N}.pdf\"" : "inline";
        return TypedResults.Bytes(file.Bytes, file.ContentType);
    }
}
