using Marten;
using YenBai.Cases.Records;

namespace YenBai.Cases.Access;

/// <summary>Writing to the stream of an account.</summary>
internal static class StaffStream
{
    private const int Attempts = 20;

    public static IDocumentSession Open(IDocumentStore store, Actor by)
    {
        var session = store.LightweightSession();
        session.LastModifiedBy = by.Name;
        return session;
    }

    public static async Task<StaffMember> LoadAsync(IQuerySession session, string userName, CancellationToken cancellation) =>
        await session.LoadAsync<StaffMember>(StaffMember.IdOf(userName), cancellation) ?? StaffMember.Nobody(userName);

    /// <summary>Appends to the version that was decided on: anyone who wrote in between makes the save fail.</summary>
    public static void Append(IDocumentSession session, StaffMember member, params StaffEvent[] events)
    {
        if (member.Version == 0) session.Events.StartStream<StaffMember>(member.Id, events);
        else session.Events.Append(member.Id, member.Version + events.Length, events);
    }

    public static Guid Reason(IDocumentSession session, Guid about, string reason, DateTimeOffset now)
    {
        var note = new Note(Guid.CreateVersion7(now), about, reason.Trim(), now);
        session.Store(note);
        return note.Id;
    }

    /// <summary>Decides anew on what the others wrote. Limits and second persons are counted on the state that is written to.</summary>
    public static async Task<T> RetryAsync<T>(Func<Task<T>> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await act();
            }
            catch (Exception e) when (attempt < Attempts && WriteConflict.Is(e))
            {
            }
        }
    }
}
