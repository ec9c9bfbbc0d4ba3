namespace YenBai.Cases.Demonstration;

/// <summary>Lies in a store that was filled with made-up households, so that every screen can say so.</summary>
/// <param name="Begun">What is being made, until it is whole. Nothing in stores that were filled before this was kept.</param>
public sealed record DemonstrationMark(string Id, DemonstrationPlan? Begun = null)
{
    public const string TheId = "demonstration";
}

/// <summary>All that the made-up province depends on: the same again makes the same households.</summary>
public sealed record DemonstrationPlan(int Households, int Seed, DateOnly Today);
