using CsvHelper;

namespace YenBai.Cases.Standards;

/// <summary>What is wrong with a line of a file of points. The reason is a code; the command line words it.</summary>
public readonly record struct PointProblem(int Line, string Column, string? Value, string Reason);

/// <summary>The point tables of a file, unless there are problems.</summary>
public sealed record PointsRead(IReadOnlyList<PointTable> Tables, IReadOnlyList<PointProblem> Problems);

/// <summary>
/// Reads point tables of forms from CSV, one row an option, with the columns <c>standard, form, score, item, option, points</c>;
/// score is <c>a</c> (income points) or <c>b</c> (deprivation points). A file is taken whole or not at all.
/// </summary>
public static class PointFile
{
    public static readonly IReadOnlyList<string> Columns = ["standard", "form", "score", "item", "option", "points"];

    /// <summary>Reasons are missing_column, no_rows, unreadable, missing, unknown_standard, unknown_form, unknown_score, not_a_number, duplicate, two_scores.</summary>
    public static PointsRead Read(Stream file)
    {
        var problems = new List<PointProblem>();
        var damaged = new HashSet<long>();
        using var csv = CsvReader.Create(file, new CsvReaderOptions
        {
            Separator = ',',
            TrimWhitespace = true,
            TrackLineNumbers = true,
            AllowLineBreaksInQuotes = false,
            OnMalformedRecord = record => damaged.Add(record.LineNumber),
        }, leaveOpen: true);
        foreach (var column in Columns)
            if (!csv.TryGetFieldIndex(column, out _)) problems.Add(new(1, column, null, "missing_column"));
        if (problems.Count > 0) return new([], problems);

        var rows = new List<(string Standard, string Form, PointOption Option)>();
        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            var row = Columns.ToDictionary(c => c, c => csv.GetString(c).Normalize());
            if (damaged.Contains(line))
            {
                problems.Add(new(line, "", null, "unreadable"));
                continue;
            }
            if (Wrong(row) is (var column, var reason))
            {
                problems.Add(new(line, column, row[column], reason));
                continue;
            }
            var option = new PointOption(row["score"] == "a" ? FormScore.A : FormScore.B, row["item"], row["option"], NumberText.TryDecimal(row["points"], out var points) ? points : 0);
            var same = rows.Where(r => (r.Standard, r.Form, r.Option.Item) == (row["standard"], row["form"], option.Item)).ToList();
            if (same.Exists(r => r.Option.Option == option.Option)) problems.Add(new(line, "option", option.Option, "duplicate"));
            if (same.Exists(r => r.Option.Score != option.Score)) problems.Add(new(line, "score", row["score"], "two_scores"));
            rows.Add((row["standard"], row["form"], option));
        }
        if (rows.Count == 0 && problems.Count == 0) problems.Add(new(1, "", null, "no_rows"));
        return problems.Count > 0 ? new([], problems)
            : new([.. rows.GroupBy(r => (r.Standard, r.Form)).Select(g => new PointTable(g.Key.Standard, g.Key.Form, [.. g.Select(r => r.Option)]))], []);
    }

    private static (string Column, string Reason)? Wrong(Dictionary<string, string> row)
    {
        foreach (var column in Columns)
            if (row[column] == "") return (column, "missing");
        if (StandardRules.Of(row["standard"]) is not { } rules) return ("standard", "unknown_standard");
        // A form that nobody published yet may come with its table.
        if (rules.Forms.Count > 0 && rules.Forms.All(f => f.Code != row["form"])) return ("form", "unknown_form");
        if (row["score"] is not ("a" or "b")) return ("score", "unknown_score");
        return NumberText.TryDecimal(row["points"], out _) ? null : ("points", "not_a_number");
    }
}
