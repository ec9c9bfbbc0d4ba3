using Marten;
using YenBai.Cases.Commands;
using YenBai.Cases.Places;
using YenBai.Cases.Records;

namespace YenBai.Cases.Access;

/// <summary>A release with its record: to whom, by whom, why, and who ended it when.</summary>
/// <param name="RevokedAt">None for one that nobody ended.</param>
public sealed record ReleaseLine(Release Release, string Evaluator, string? By, string? Reason, DateTimeOffset? RevokedAt, string? RevokedBy, string? WhyRevoked);

/// <summary>Where row-level data are released to evaluators and releases are ended. Both are events of the evaluator's account.</summary>
public sealed class ReleaseService(IDocumentStore store, PlaceCatalog places, TimeProvider clock)
{
    /// <param name="id">What the release shall be known by: given again, it is not released again.</param>
    public async Task<(Release? Release, Refusal? Refusal)> ReleaseAsync(Actor by, ReleaseRequest request, Guid id, CancellationToken cancellation)
    {
        if (!by.May(Operation.ReleaseRows)) throw new NotPermittedException();
        await using var session = StaffStream.Open(store, by);
        var evaluator = request.Evaluator?.Trim() ?? "";
        var member = await session.LoadAsync<StaffMember>(StaffMember.IdOf(evaluator), cancellation) ?? StaffMember.Nobody(evaluator);
        if (member.Releases.FirstOrDefault(r => r.Id == id) is { } before) return (before, null);
        var now = clock.Now();
        var (release, refusal) = Releasing.Decide(by, member, request, id, now, places);
        if (release is null) return (null, refusal);
        StaffStream.Append(session, member, new RowsReleased(now, StaffStream.Reason(session, member.Id, request.Reason!, now), member.UserName, release));
        await session.SaveChangesAsync(cancellation);
        return (release, null);
    }

    public async Task<Refusal?> RevokeAsync(Actor by, Guid release, string? reason, CancellationToken cancellation)
    {
        if (!by.May(Operation.ReleaseRows)) throw new NotPermittedException();
        await using var session = StaffStream.Open(store, by);
        var member = (await session.Query<StaffMember>().ToListAsync(cancellation)).FirstOrDefault(m => m.Releases.Any(r => r.Id == release)) ?? StaffMember.Nobody("");
        var now = clock.Now();
        if (Releasing.DecideRevocation(by, member, release, reason, now) is { } refusal) return refusal;
        StaffStream.Append(session, member, new ReleaseRevoked(now, StaffStream.Reason(session, member.Id, reason!, now), release));
        await session.SaveChangesAsync(cancellation);
        return null;
    }

    /// <summary>Newest first: all for who releases or audits in the province, their own for an evaluator without the reason.</summary>
    public async Task<IReadOnlyList<ReleaseLine>> ListAsync(Actor who, CancellationToken cancellation)
    {
        var all = who.MayInProvince(Operation.ReleaseRows) || who.MayInProvince(Operation.ReadAudit);
        await using var session = store.QuerySession();
        string[] names = [StaffEvents.Names[typeof(RowsReleased)], StaffEvents.Names[typeof(ReleaseRevoked)]];
        var events = await session.Events.QueryAllRawEvents().Where(e => names.Contains(e.EventTypeName)).OrderBy(e => e.Sequence).ToListAsync(cancellation);
        var reasons = !all ? [] : (await session.LoadManyAsync<Note>(cancellation, [.. events.Select(e => ((StaffEvent)e.Data).ReasonId).OfType<Guid>()])).ToDictionary(n => n.Id, n => n.Text);
        string? Why(JasperFx.Events.IEvent e) => ((StaffEvent)e.Data).ReasonId is { } id ? reasons.GetValueOrDefault(id) : null;
        var ended = events.Where(e => e.Data is ReleaseRevoked).ToDictionary(e => ((ReleaseRevoked)e.Data).ReleaseId);
        return
        [
            .. from e in events
               let given = e.Data as RowsReleased
               where given is not null && (all || StaffMember.IdOf(given.UserName) == StaffMember.IdOf(who.Name))
               let end = ended.GetValueOrDefault(given.Release.Id)
               orderby e.Sequence descending
               select new ReleaseLine(given.Release, given.UserName, e.UserName, Why(e), end?.Timestamp, end?.UserName, end is null ? null : Why(end)),
        ];
    }
}
