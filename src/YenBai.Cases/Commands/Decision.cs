using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Commands;

/// <summary>What a decision may know beside the command and the household: looked up by the caller beforehand.</summary>
/// <param name="Key">The command's own key: everything that the decision must name is derived from it.</param>
/// <param name="Standards">The standards with the corrections known at that moment.</param>
/// <param name="Other">The other household of a split or a merger, if there is one under that code.</param>
public sealed record Occasion(Guid Key, DateTimeOffset Now, PlaceCatalog Places, StandardBook Standards, Household? Other = null)
{
    /// <summary>The persons of the household, for a command that needs them.</summary>
    public IReadOnlyList<Person> People { get; init; } = [];

    /// <summary>The agency of the command, if there is one under that code.</summary>
    public Sponsor? Sponsor { get; init; }

    /// <summary>Those of the command's staff codes that are somebody's; none where nobody looked, as for the rows of a register.</summary>
    public IReadOnlyCollection<string>? Staff { get; init; }

    /// <summary>Those of the command's attachments that are stored for the household.</summary>
    public IReadOnlyCollection<Guid> Attachments { get; init; } = [];

    /// <summary>Rules of ours that a register tells to have been broken: it happened all the same, and refuses nothing here any more. By refusal code.</summary>
    public IReadOnlyList<string> Excused { get; init; } = [];

    /// <summary>The refusal, unless what it refuses is excused.</summary>
    public Refusal? Binding(Refusal? refusal) => refusal is null || Excused.Contains(refusal.Code) ? null : refusal;

    public DateOnly Today => Days.DayOf(Now);

    /// <summary>A new id that is the same however often the same command arrives.</summary>
    public Guid Id(string purpose) => Ids.Named(Key, purpose);
}

/// <summary>A stream that a decision starts beside the one it is about.</summary>
public sealed record NewHousehold(Guid Id, IReadOnlyList<HouseholdEvent> Events);

/// <summary>What a command comes to: events with the person and note records that they refer to, or a refusal.</summary>
public sealed record Decision
{
    public IReadOnlyList<HouseholdEvent> Events { get; private init; } = [];
    public IReadOnlyList<object> Records { get; private init; } = [];
    public NewHousehold? Started { get; private init; }
    public Refusal? Refusal { get; private init; }

    /// <summary>Codes of what is accepted but looks odd.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public static Decision Accept(params IReadOnlyList<HouseholdEvent> events) => new() { Events = events };

    public static Decision Refuse(string code, string? field = null, params object?[] data) => new() { Refusal = new(code, field, data) };

    public Decision Warning(IEnumerable<string> codes) => this with { Warnings = [.. Warnings, .. codes] };

    public Decision Keeping(params object?[] records) => this with { Records = [.. Records, .. records.OfType<object>()] };

    public Decision Starting(NewHousehold household) => this with { Started = household };

    public static implicit operator Decision(Refusal refusal) => new() { Refusal = refusal };
}
