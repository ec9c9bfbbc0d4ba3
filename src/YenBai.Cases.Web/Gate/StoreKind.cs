using Marten;
using YenBai.Cases.Demonstration;

namespace YenBai.Cases.Web.Gate;

/// <summary>Whether the households in the store are real. A store that is a demonstration stays one; asked until it is.</summary>
public sealed class StoreKind(IDocumentStore store)
{
    private volatile bool demonstration;

    public async Task<bool> IsDemonstrationAsync()
    {
        if (demonstration) return true;
        await using var session = store.QuerySession();
        return demonstration = await session.LoadAsync<DemonstrationMark>(DemonstrationMark.TheId) is not null;
    }
}
