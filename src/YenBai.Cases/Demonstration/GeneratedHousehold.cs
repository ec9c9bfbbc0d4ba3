using YenBai.Cases.Households;

namespace YenBai.Cases.Demonstration;

/// <summary>A made-up household: its stream, and the records of persons and notes that the stream refers to.</summary>
/// <param name="Code">A code that says itself that it is for demonstration.</param>
/// <param name="Events">In the order in which they were written down: the first is version 1.</param>
/// <param name="Records">Person and Note.</param>
public sealed record GeneratedHousehold(Guid Id, string Code, IReadOnlyList<HouseholdEvent> Events, IReadOnlyList<object> Records);

/// <summary>All households of a unit on a day: the denominator of its rates.</summary>
public sealed record GeneratedTotal(string UnitId, DateOnly On, int Households, string Source);
