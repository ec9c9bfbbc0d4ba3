using Marten;

namespace YenBai.Cases.Kernel;

/// <summary>What a folder adds to the store: its documents and tables. Every store that is opened gets all of them.</summary>
public sealed record StoreSetup(Action<StoreOptions> Configure);
