using CsvHelper;

namespace YenBai.Cases.Households;

/// <param name="AppliesFrom">First day on which the list is of this standard.</param>
/// <param name="AppliesThrough">Last such day.</param>
public sealed record PovertyStandard(string Code, DateOnly AppliesFrom, DateOnly AppliesThrough, string NameVi, string NameEn, string Source);

/// <summary>The standards and the years in which the list was, is or will be of each: data with their sources.</summary>
public static class PovertyStandards
{
    public static readonly IReadOnlyList<PovertyStandard> All = Read("standards");

    /// <summary>Former standards without thresholds here: older registers name them, and nothing is judged under them any more.</summary>
    public static readonly IReadOnlyList<PovertyStandard> Historic = Read("historic");

    private static readonly Dictionary<string, PovertyStandard> ByCode = All.ToDictionary(s => s.Code);

    public static PovertyStandard? Find(string? code) => code is not null && ByCode.TryGetValue(code, out var s) ? s : null;

    /// <summary>Also a former standard, which facts of an older register may name.</summary>
    public static PovertyStandard? FindRecorded(string? code) => Find(code) ?? Historic.FirstOrDefault(s => s.Code == code);

    /// <summary>The standard of the list on a day. Days before the first standard are told in its terms.</summary>
    public static PovertyStandard InForce(DateOnly day)
    {
        for (var i = All.Count - 1; i > 0; i--)
            if (day >= All[i].AppliesFrom) return All[i];
        return All[0];
    }

    private static List<PovertyStandard> Read(string name)
    {
        using var stream = typeof(PovertyStandards).Assembly.GetManifestResourceStream($"YenBai.Cases.Standards.Data.{name}.csv")!;
        using var csv = CsvReader.Create(stream);
        var all = new List<PovertyStandard>();
        while (csv.Read())
            all.Add(new(csv.GetString("code"), csv["applies_from"].Parse<DateOnly>(), csv["applies_through"].Parse<DateOnly>(),
                csv.GetString("name_vi"), csv.GetString("name_en"), csv.GetString("source")));
        return all;
    }
}
