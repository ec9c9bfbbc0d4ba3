using System.Globalization;
using CsvHelper;

namespace YenBai.Cases.Privacy;

/// <summary>How long one kind of data is kept.</summary>
/// <param name="After">How long the server itself keeps it; none where nothing deletes it by age.</param>
public sealed record Retention(
    string Kind, TimeSpan? After, string NameVi, string NameEn, string KeptVi, string KeptEn, string BasisVi, string BasisEn, string ThenVi, string ThenEn);

/// <summary>The retention schedule: data, with the basis beside each entry.</summary>
public static class RetentionSchedule
{
    public static readonly IReadOnlyList<Retention> All = Read();

    /// <summary>How long uploaded files are kept.</summary>
    public static readonly TimeSpan Uploads = All.Single(r => r.Kind == "uploads").After!.Value;

    private static List<Retention> Read()
    {
        using var stream = typeof(RetentionSchedule).Assembly.GetManifestResourceStream("YenBai.Cases.Privacy.Data.retention.csv")!;
        using var csv = CsvReader.Create(stream);
        var all = new List<Retention>();
        while (csv.Read())
            all.Add(new(
                csv.GetString("kind"), int.TryParse(csv.GetString("days"), CultureInfo.InvariantCulture, out var days) ? TimeSpan.FromDays(days) : null,
                csv.GetString("name_vi"), csv.GetString("name_en"), csv.GetString("kept_vi"), csv.GetString("kept_en"), csv.GetString("basis_vi"), csv.GetString("basis_en"),
                csv.GetString("then_vi"), csv.GetString("then_en")));
        return all;
    }
}
