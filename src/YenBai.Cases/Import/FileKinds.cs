namespace YenBai.Cases.Import;

/// <summary>What a file tells, read off its headings.</summary>
public enum FileKind { Register, History, Reviews, Totals, Agreements, Conditions, LoanStatus, Services, Sponsors, Assignments }

/// <summary>The columns of a heading, by the names that the importer knows.</summary>
internal sealed class HeadingRow
{
    private const int LeastOfAHeading = 3;

    private static readonly (FileKind Kind, string[] Needed)[] Kinds =
    [
        (FileKind.History, ["event_id", "household", "effective", "type"]),
        (FileKind.Register, ["household_code", "commune_code", "class"]),
        (FileKind.Agreements, ["agreement_id", "household_code", "agreed_on", "instrument"]),
        (FileKind.Conditions, ["household_code", "agreement_id", "condition_no", "result"]),
        (FileKind.LoanStatus, ["household_code", "on", "balance"]),
        (FileKind.Services, ["event_id", "household_code", "on", "service"]),
        (FileKind.Assignments, ["household_code", "sponsor_code", "since"]),
        (FileKind.Sponsors, ["sponsor_code", "sponsor_name"]),
        (FileKind.Totals, ["unit_code", "on", "households"]),
        (FileKind.Reviews, ["review"]),
    ];

    /// <summary>Columns that together say one thing; the templates have the one that says it alone.</summary>
    private static readonly string[] Parts = ["class_poor", "class_near_poor", "born_male", "born_female", "relation"];

    private readonly Dictionary<string, int> columns = [];
    private readonly List<string> names;

    public IReadOnlyList<string> Names => names;

    /// <summary>How many columns the file has; what is told by several of them stands behind these.</summary>
    public int InFile { get; }

    /// <summary>None where no kind of file has these headings.</summary>
    public FileKind? Kind { get; }

    /// <summary>A heading of this kind of file that stands over two columns; what is under one of them would be lost.</summary>
    public string? Twice { get; }

    public HeadingRow(IEnumerable<string> headings)
    {
        names = [.. headings.Select(h => string.Join(' ', VietnameseText.Compose(h).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
        InFile = names.Count;
        List<(string Name, string Column)> twice = [];
        foreach (var (i, name) in names.Index())
            if (name.Length > 0 && !columns.TryAdd(name, i)) twice.Add((name, Headings.Meaning(name) ?? name));
        foreach (var (i, name) in names.Index())
            if (Headings.Meaning(name) is { } meaning && meaning != name && !columns.TryAdd(meaning, i)) twice.Add((name, meaning));
        foreach (var (i, name) in names.Index())
            if (Headings.WeakMeaning(name) is { } meaning) columns.TryAdd(meaning, i);
        // "Mã hộ" stands over both columns of codes.
        if (Column("event_id") >= 0 && Column("effective") >= 0 && Column("household_code") is >= 0 and var code) columns.TryAdd("household", code);
        if (Column("class_poor") >= 0 || Column("class_near_poor") >= 0) Add("class");
        if (Column("born_male") >= 0 || Column("born_female") >= 0)
        {
            Add("head_birth_year");
            Add("head_sex");
        }
        Kind = Kinds.Where(k => k.Needed.All(columns.ContainsKey)).Select(k => (FileKind?)k.Kind).FirstOrDefault();
        Twice = twice.Where(t => Kind is { } kind && (Parts.Contains(t.Column) || ImportTemplates.HasColumn(kind, t.Column))).Select(t => t.Name).FirstOrDefault();

        void Add(string name)
        {
            if (!columns.TryAdd(name, names.Count)) return;
            names.Add(name);
        }
    }

    /// <summary>A heading in two rows, the upper one with what several columns have in common; none where these two are not that.</summary>
    public static HeadingRow? Of(string[] upper, string[] lower)
    {
        if (upper.Count(u => u.Length > 0) < LeastOfAHeading || !Array.Exists(lower, l => l.Length > 0)) return null;
        var names = new string[Math.Max(upper.Length, lower.Length)];
        var (above, belong) = ("", false);
        for (var i = 0; i < names.Length; i++)
        {
            var (u, l) = (i < upper.Length ? upper[i] : "", i < lower.Length ? lower[i] : "");
            if (u.Length > 0) above = u;
            if (l.Length == 0) names[i] = u;
            else if (Headings.Meaning($"{above} {l}") is not null) (names[i], belong) = ($"{above} {l}", true);
            // "Điểm" over "A" and "B" is one way to write it, "Kết quả" over "Điểm A" another.
            else if (u.Length == 0 && Headings.Meaning(l) is not null) (names[i], belong) = (l, true);
            else names[i] = Headings.Meaning(l) is not null ? l : $"{above} {l}".Trim();
        }
        // Below the code of a row with data there is a code.
        return belong && new HeadingRow(names) is { Kind: not null } row && (row.Column("household_code") is not (>= 0 and var code) || code >= lower.Length || lower[code].Length == 0 || code >= upper.Length || upper[code].Length == 0)
            ? row : null;
    }

    public int Column(string name) => columns.GetValueOrDefault(name, -1);

    /// <summary>Whether the column is one of several that together tell one thing.</summary>
    public bool IsPart(int column) => column == Column("class_poor") || column == Column("class_near_poor") || column == Column("born_male") || column == Column("born_female");

    /// <summary>What a mark under "Hộ nghèo" or a year under "Nữ" says goes into the columns behind those of the file.</summary>
    public void Complete(string?[] values)
    {
        if (Column("class") is var @class && @class >= InFile)
            values[@class] = (Marked("class_poor"), Marked("class_near_poor")) switch
            {
                (true, false) => "poor",
                (false, true) => "near_poor",
                (true, true) => "poor + near_poor",
                _ => null,
            };
        var year = Column("head_birth_year");
        if (year < InFile) return;
        var (male, female) = (ValueOf("born_male"), ValueOf("born_female"));
        values[year] = male is not null && female is not null ? $"{male} + {female}" : male ?? female;
        if (Column("head_sex") is var sex && sex >= InFile && male is null != female is null) values[sex] = male is null ? "female" : "male";

        string? ValueOf(string name) => Column(name) is >= 0 and var i ? values[i] : null;
        bool Marked(string name) => ValueOf(name) is { } mark && VietnameseText.Fold(mark) is not ("0" or "-" or "khong" or "k");
    }
}
