namespace YenBai.Cases.Plan;

/// <summary>All households of a unit on a day, poor or not: the denominator of its rate.</summary>
public sealed record HouseholdTotal(string UnitId, DateOnly On, long Households, string? Source);
