namespace YenBai.Cases.Web.Postgres;

/// <summary>How the store is reached.</summary>
/// <param name="RunTime">For everything that people and programs ask for: adds to the record, cannot change it.</param>
/// <param name="Owner">Makes the schema, restores, backs up. None where another machine does that.</param>
public sealed record StoreAccess(string RunTime, string? Owner)
{
    /// <summary>For what only the owner can do.</summary>
    /// <exception cref="ArgumentException">This configuration does not name the owner.</exception>
    public string RequiredOwner => Owner ?? throw new ArgumentException("This needs the role that owns the store: set ConnectionStrings__cases_owner.");
}
