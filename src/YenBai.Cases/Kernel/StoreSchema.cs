namespace YenBai.Cases.Kernel;

/// <summary>The database schema of the record and of all read models.</summary>
public static class StoreSchema
{
    public const string Name = "cases";

    /// <summary>The streams of households: without those of the staff, and without the one that Marten keeps for the numbers of lost races.</summary>
    internal const string HouseholdStreams = $"(select * from {Name}.mt_streams where type = 'household')";
}
