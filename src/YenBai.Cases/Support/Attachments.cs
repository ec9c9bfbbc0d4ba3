using JasperFx;
using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Support;

/// <param name="Id">By which a command refers to it.</param>
public sealed record AttachmentTaken(Reception Reception, Guid Id = default, Refusal? Refusal = null);

/// <summary>Photographs and scans: taken in beforehand, named by the command that shows them as evidence, given out to those who see the household in full.</summary>
public sealed class Attachments(IDocumentStore store, ReadLog log, TimeProvider clock)
{
    public const int Largest = 8 * 1024 * 1024;

    /// <summary>A thumbnail is some kilobytes; a larger one is left out.</summary>
    public const int LargestThumbnail = 64 * 1024;

    private static readonly Guid Keys = new("5ad1c1f3-2b0c-5b1e-9a77-6c0f4d0c2e61");

    /// <param name="key">The same file under the same key is kept once.</param>
    /// <param name="thumbnail">The same picture made small.</param>
    public async Task<AttachmentTaken> TakeAsync(Actor by, string code, string key, byte[] bytes, CancellationToken cancellation, byte[]? thumbnail = null)
    {
        if (!by.May(Operation.RecordWork)) return new(Reception.NotPermitted);
        await using var session = store.LightweightSession();
        if (await session.HouseholdAsync(code, cancellation) is not { } household || !by.May(Operation.RecordWork, Subjects.Of(household)))
            return new(Reception.NoSuchHousehold);
        if (bytes.Length > Largest) return new(Reception.Refused, Refusal: new("attachment_too_large", "file", Largest / 1024 / 1024));
        var (file, wrong) = EvidenceFile.Read(bytes);
        if (file is null) return new(Reception.Refused, Refusal: new(wrong!, "file"));

        var id = Ids.Named(Keys, $"{by.Name}\n{key}");
        if (await EarlierAsync(id, household.Id, file, cancellation) is { } earlier) return earlier;
        var now = clock.Now();
        var small = ThumbnailOf(file, thumbnail);
        session.Insert(new Attachment(id, household.Id, file.ContentType, file.Bytes.Length, by.Name, now, small is not null));
        session.Insert(new AttachmentContent(id, household.Id, file.Bytes, now, small));
        try
        {
            await session.SaveChangesAsync(cancellation);
        }
        catch (DocumentAlreadyExistsException)
        {
            return (await EarlierAsync(id, household.Id, file, cancellation))!;
        }
        return new(Reception.Accepted, id);
    }

    /// <summary>It is a JPEG without anything beside the picture, as the picture itself.</summary>
    private static byte[]? ThumbnailOf(EvidenceFile file, byte[]? thumbnail) =>
        thumbnail is { Length: > 0 and <= LargestThumbnail } && file.ContentType.StartsWith("image/", StringComparison.Ordinal) && EvidenceFile.Read(thumbnail).File is { ContentType: "image/jpeg" } small ? small.Bytes : null;

    /// <param name="small">The thumbnail alone.</param>
    /// <returns>None where it is not there, not of that household, or not for who asks.</returns>
    public async Task<EvidenceFile?> OpenAsync(Actor who, string code, Guid id, CancellationToken cancellation, bool small = false)
    {
        await using var session = store.QuerySession();
        if (await session.HouseholdAsync(code, cancellation) is not { } household || who.SightOf(Operation.OpenHousehold, Subjects.Of(household)) != Sight.Full) return null;
        if (await session.LoadAsync<Attachment>(id, cancellation) is not { } attachment || attachment.HouseholdId != household.Id) return null;
        await log.AddAsync(who, ReadKind.OpenedAttachment, Sight.Full, household.Id, null, cancellation);
        if (await session.LoadAsync<AttachmentContent>(id, cancellation) is not { } content) return null;
        return !small ? new(attachment.ContentType, content.Bytes) : content.Thumbnail is { } thumbnail ? new("image/jpeg", thumbnail) : null;
    }

    private async Task<AttachmentTaken?> EarlierAsync(Guid id, Guid household, EvidenceFile file, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<AttachmentContent>(id, cancellation) is not { } kept ? null
            : kept.HouseholdId == household && kept.Bytes.AsSpan().SequenceEqual(file.Bytes) ? new(Reception.Accepted, id)
            : new(Reception.KeyReused);
    }
}
