using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Support;

namespace YenBai.Cases.SystemTests.Browser;

/// <summary>The application with a clock that the test moves.</summary>
public sealed class TravelFixture : BrowserFixture
{
    private readonly Journey journey = new();

    protected override int Households => 40;

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(journey);

    /// <summary>To nine in the morning of a day, and whatever the clock has to do until then.</summary>
    public async Task ToAsync(DateOnly day)
    {
        journey.To(day);
        (await Get<ClockWork>().RunAsync(null, CancellationToken.None)).ShouldNotBeNull();
        await ShownAsync();
    }

    /// <summary>Until the pages show what was told.</summary>
    public async Task ShownAsync() => (await Get<Freshness>().WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None)).ShouldBeTrue();

    /// <summary>The time of the machine, moved; timers keep their pace.</summary>
    private sealed class Journey : TimeProvider
    {
        private TimeSpan moved = new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero) - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + moved;

        public void To(DateOnly day) => moved = new DateTimeOffset(day.ToDateTime(new TimeOnly(2, 0)), TimeSpan.Zero) - System.GetUtcNow();
    }
}

[CollectionDefinition(Name)]
public sealed class TravelCollection : ICollectionFixture<TravelFixture>
{
    public const string Name = "Travel";
}
