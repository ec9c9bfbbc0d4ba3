using JasperFx;
using Marten.Exceptions;
using Npgsql;

namespace YenBai.Cases.Kernel;

/// <summary>Somebody else wrote first: what was decided must be decided again on what they wrote.</summary>
internal static class WriteConflict
{
    public static bool Is(Exception e) =>
        e is ConcurrencyException or DocumentAlreadyExistsException or ExistingStreamIdCollisionException
        || (e.InnerException ?? e) is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
