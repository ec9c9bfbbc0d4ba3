using System.Net.Sockets;
using Npgsql;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Tests.Faults;

/// <summary>A store that is away, or a disk that is full, is distinguished from a failure of the program.</summary>
public sealed class StoreFaultFacts
{
    private static PostgresException Postgres(string state) => new("secret text", "ERROR", "ERROR", state);

    [Theory]
    [InlineData("57P01", Fault.StoreAway)]
    [InlineData("57P02", Fault.StoreAway)]
    [InlineData("57P03", Fault.StoreAway)]
    [InlineData("53300", Fault.StoreAway)]
    [InlineData("53200", Fault.StoreAway)]
    [InlineData("08006", Fault.StoreAway)]
    [InlineData("57014", Fault.StoreAway)]
    [InlineData("58030", Fault.StoreAway)]
    [InlineData("53100", Fault.StoreFull)]
    [InlineData("23505", null)]
    [InlineData("42P01", null)]
    [InlineData("40001", null)]
    [InlineData("22P02", null)]
    public void What_PostgreSQL_says_is_known_by_its_code(string state, Fault? fault)
    {
        StoreFault.Of(Postgres(state)).ShouldBe(fault);
        StoreFault.Of(new InvalidOperationException("wrapped", new AggregateException(Postgres(state)))).ShouldBe(fault);
    }

    [Fact]
    public void A_connection_that_cannot_be_had_is_a_store_that_is_away()
    {
        StoreFault.Of(new NpgsqlException("x", new SocketException((int)SocketError.ConnectionRefused))).ShouldBe(Fault.StoreAway);
        StoreFault.Of(new NpgsqlException("x", new TimeoutException())).ShouldBe(Fault.StoreAway);
        StoreFault.Of(new NpgsqlException("x", new EndOfStreamException())).ShouldBe(Fault.StoreAway);
        StoreFault.Of(new NpgsqlException("x")).ShouldBeNull();
    }

    [Fact]
    public void Who_stops_waiting_meets_no_fault_of_the_store() => StoreFault.Of(new OperationCanceledException("x", Postgres("57014"))).ShouldBeNull();

    [Fact]
    public void A_full_disk_is_known_as_the_system_tells_it()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);

        StoreFault.Of(Should.Throw<IOException>(() => full.Write([1]))).ShouldBe(Fault.DiskFull);
        StoreFault.Of(new FileNotFoundException()).ShouldBeNull();
    }
}
