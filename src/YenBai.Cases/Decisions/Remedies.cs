using System.Globalization;
using CsvHelper;

namespace YenBai.Cases.Decisions;

/// <summary>A way to contest a decision.</summary>
/// <param name="Days">Within how many days; none for no term.</param>
/// <param name="WorkingDays">They are working days.</param>
/// <param name="CountedFrom">posting, notice, any.</param>
/// <param name="Certainty">V the text was read, M from memory.</param>
public sealed record Remedy(
    string Code, int? Days, bool WorkingDays, string CountedFrom, string WhatVi, string WhatEn, string WhereVi, string WhereEn, string Source, string Certainty);

/// <summary>How a household contests what was decided about it: data with their sources.</summary>
public static class Remedies
{
    public static readonly IReadOnlyList<Remedy> All = Read();

    private static List<Remedy> Read()
    {
        using var stream = typeof(Remedies).Assembly.GetManifestResourceStream("YenBai.Cases.Decisions.Data.remedies.csv")!;
        using var csv = CsvReader.Create(stream);
        var all = new List<Remedy>();
        while (csv.Read())
            all.Add(new(
                csv.GetString("code"), csv.GetString("days") is { Length: > 0 } days ? int.Parse(days, CultureInfo.InvariantCulture) : null, csv.GetString("working_days") == "yes",
                csv.GetString("counted_from"), csv.GetString("what_vi"), csv.GetString("what_en"), csv.GetString("where_vi"), csv.GetString("where_en"), csv.GetString("source"),
                csv.GetString("certainty")));
        return all;
    }
}
