namespace YenBai.Cases.Places;

/// <summary>Finds the unit that a file means by a code or a name.</summary>
sealed class PlaceNames
{
    static readonly Level[] WhichANameMeans = [Level.District, Level.Commune, Level.Province];

    readonly PlaceCatalog catalog;
    readonly Dictionary<string, List<Named>> byKey = [];
    readonly Affix[] before;
    readonly Affix[] after;

    /// <summary>One name of a unit.</summary>
    sealed record Named(Unit Unit, UnitKind? Kind, string Spelling);

    /// <summary>The words for a kind, before a name or after it.</summary>
    sealed record Affix(string[] Words, UnitKind Kind);

    /// <summary>One way to understand a text.</summary>
    sealed record Reading(UnitKind? Kind, string Key);

    public PlaceNames(PlaceCatalog catalog, IReadOnlyList<UnitAlias> aliases, IReadOnlyList<UnitKind> kinds)
    {
        this.catalog = catalog;
        before = LongestFirst(kinds, k => k.Before);
        after = LongestFirst(kinds, k => k.After);
        foreach (var unit in catalog.Units)
            Add(unit, unit.ShortName);
        foreach (var alias in aliases)
            Add(catalog.Get(alias.UnitId)!, alias.Alias);

        void Add(Unit unit, string spelling)
        {
            var key = string.Concat(Words(spelling));
            if (!byKey.TryGetValue(key, out var bearers))
                byKey[key] = bearers = [];
            if (!bearers.Exists(n => n.Unit == unit))
                bearers.Add(new(unit, kinds.FirstOrDefault(k => unit.Name.StartsWith(k.Name + " ", StringComparison.Ordinal)), spelling));
        }
    }

    public Unit? Resolve(string text, DateOnly on, Level? expected, string? within)
    {
        if (Code(text) is { } code)
            return catalog.Resolve(code, on) is { } unit && IsLevel(unit, expected) && LiesIn(unit, within) ? unit : null;

        // The bare name first: Xà Hồ is a name, not a commune (xã) called Hồ.
        foreach (var (kind, key) in Readings(Words(text)))
        {
            if (!byKey.TryGetValue(key, out var bearers))
                continue;
            var meant = bearers.FindAll(n => IsLevel(n.Unit, expected) && IsLevel(n.Unit, kind?.Level)
                && catalog.HasBegunBy(n.Unit, on) && LiesIn(n.Unit, within));
            if (meant.Count > 0)
                return Choose(meant, kind, text, on);
        }
        return null;
    }

    static Unit? Choose(List<Named> meant, UnitKind? kind, string text, DateOnly on)
    {
        var level = WhichANameMeans.First(l => meant.Exists(n => n.Unit.Level == l));
        meant = Preferring(meant, n => n.Unit.Level == level);
        // Before the date: the township Trạm Tấu, named so after it has ended, is not the commune Trạm Tấu of that day.
        if (kind is not null)
            meant = Preferring(meant, n => n.Kind == kind);
        meant = Preferring(meant, n => !n.Unit.HasEndedBy(on));
        var last = meant.Max(n => n.Unit.From);
        meant = Preferring(meant, n => n.Unit.From == last);
        if (meant.Count > 1)
            // Minh Quán and Minh Quân lie side by side.
            meant = Preferring(meant, n => Composed(text).EndsWith(Composed(n.Spelling), StringComparison.Ordinal));
        return meant.Count == 1 ? meant[0].Unit : null;
    }

    static List<Named> Preferring(List<Named> meant, Predicate<Named> what) =>
        meant.Exists(what) ? meant.FindAll(what) : meant;

    bool LiesIn(Unit unit, string? place) =>
        place is null || catalog.IsWithin(unit.Id, place) || catalog.OldDistrictsOf(unit.Id).Any(d => d.Id == place);

    static bool IsLevel(Unit unit, Level? level) => level is null || unit.Level == level;

    /// <summary>A code, or null for a name. Spreadsheets drop the zero with which a commune's code begins.</summary>
    static string? Code(string text)
    {
        text = text.Trim();
        var digits = text.Split('@')[0];
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit))
            return null;
        return digits.Length == 4 ? "0" + text : text;
    }

    IEnumerable<Reading> Readings(string[] words)
    {
        yield return new(null, string.Concat(words));
        foreach (var (affix, kind) in before)
            if (words.Length > affix.Length && words.AsSpan().StartsWith(affix))
                yield return new(kind, string.Concat(words[affix.Length..]));
        foreach (var (affix, kind) in after)
            if (words.Length > affix.Length && words.AsSpan().EndsWith(affix))
                yield return new(kind, string.Concat(words[..^affix.Length]));
    }

    static Affix[] LongestFirst(IEnumerable<UnitKind> kinds, Func<UnitKind, IEnumerable<string>> spellings) =>
        [.. kinds.SelectMany(spellings, (kind, spelling) => new Affix(Words(spelling), kind)).OrderByDescending(a => a.Words.Length)];

    /// <summary>The folded words; whatever is no letter and no digit parts them.</summary>
    static string[] Words(string text)
    {
        var folded = VietnameseText.Fold(text).ToCharArray();
        for (var i = 0; i < folded.Length; i++)
            if (!char.IsLetterOrDigit(folded[i]))
                folded[i] = ' ';
        return new string(folded).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The letters with their marks, for the few names that only marks tell apart.</summary>
    static string Composed(string text) =>
        string.Concat(VietnameseText.Compose(text).Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
