using Marten;
using Npgsql;
using Weasel.Core;
using YenBai.Cases.Households;

namespace YenBai.Cases.Maintenance;

/// <summary>The read models.</summary>
public enum ReadModel { Case, Caseload, Ledger, Supports, Wishes, Sponsorships }

/// <summary>
/// What is derived from the streams and can be rebuilt from them. The case is not among these: it is written in the
/// transaction of the events, and the others are compared with it.
/// </summary>
public interface IReadModel
{
    ReadModel Model { get; }

    /// <summary>The projection that keeps it up to date: its progress is stored under this name.</summary>
    string Projection { get; }

    IReadOnlyList<ISchemaObject> Definition { get; }

    /// <summary>Its tables, with what a verification calls their rows.</summary>
    IReadOnlyList<(string Rows, string Table)> Tables { get; }

    /// <summary>Statements before all is written anew: rows that would not give way to the right ones are deleted.</summary>
    IReadOnlyList<string> BeforeRebuild { get; }

    /// <summary>Statements after all was written anew: what belongs to no event is deleted.</summary>
    IReadOnlyList<string> AfterRebuild { get; }

    /// <summary>SQL expressions that say what is wrong with the whole, or null; <c>p.seq</c> is the position that all projections have passed.</summary>
    IReadOnlyList<string> Faults { get; }

    /// <summary>Queues the rows of these households to be written with the session's next save.</summary>
    void Write(IDocumentOperations operations, IReadOnlyList<Refolded> households, DateOnly today);

    /// <summary>The rows of some households as they are stored, in the order of <see cref="RowsOf"/>.</summary>
    Task<ILookup<Guid, object>> ReadAsync(NpgsqlDataSource source, Guid[] households, CancellationToken cancellation);

    /// <summary>The rows that a household should have.</summary>
    IReadOnlyList<object> RowsOf(Refolded household, DateOnly today);

    /// <summary>What can be compared of a row, without its position and the version that wrote it: a case does not know them.</summary>
    object Comparable(object row);

    /// <summary>How the rows of a household differ from what they should be; none where they do not.</summary>
    string? Difference(IReadOnlyList<object> stored, IReadOnlyList<object> right);
}

/// <summary>A read model whose rows are folded from a household as it is, and carry its id and its version.</summary>
public abstract class HouseholdReadModel : IReadModel
{
    private const string OfNoHousehold = $"not exists (select 1 from {StoreSchema.Name}.mt_streams s where s.id = c.household)";

    public abstract ReadModel Model { get; }

    public abstract string Projection { get; }

    public abstract IReadOnlyList<ISchemaObject> Definition { get; }

    public abstract IReadOnlyList<(string Rows, string Table)> Tables { get; }

    public IReadOnlyList<string> BeforeRebuild =>
        [.. Tables.Select(t => $"delete from {t.Table} c using {StoreSchema.Name}.mt_streams s where s.id = c.household and c.version > s.version")];

    public IReadOnlyList<string> AfterRebuild => [.. Tables.Select(t => $"delete from {t.Table} c where {OfNoHousehold}")];

    public IReadOnlyList<string> Faults => [.. Tables.Select(t => $"(select nullif(count(*), 0) || ' rows of no household' from {t.Table} c where {OfNoHousehold})")];

    public abstract void Write(IDocumentOperations operations, IReadOnlyList<Refolded> households, DateOnly today);

    public abstract Task<ILookup<Guid, object>> ReadAsync(NpgsqlDataSource source, Guid[] households, CancellationToken cancellation);

    public abstract IReadOnlyList<object> RowsOf(Refolded household, DateOnly today);

    public abstract object Comparable(object row);

    public abstract string? Difference(IReadOnlyList<object> stored, IReadOnlyList<object> right);
}
