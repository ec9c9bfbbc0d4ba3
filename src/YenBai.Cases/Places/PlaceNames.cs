namespace YenBai.Cases.Places;

/// <summary>Finds the unit that a file means by a code or a name.</summary>
sealed class PlaceNames
{
    static readonly Level[] WhichANameMeans = [Level.District, Level.Commune, Level.Province];

    readonly PlaceCatalog catalog;
    readonly ILookup<string, Named> byKey;
    readonly (string[] Words, UnitKind Kind)[] before;
    readonly (string[] Words, UnitKind Kind)[] after;

    /// <summary>One name of a unit.</summary>
    sealed record Named(Unit Unit, UnitKind? Kind, string Spelling);

    public PlaceNames(PlaceCatalog catalog, IReadOnlyList<UnitAlias> aliases, IReadOnlyList<UnitKind> kinds)
    {
        this.catalog = catalog;
        before = LongestFirst(kinds, k => k.Before);
        after = LongestFirst(kinds, k => k.After);
        byKey = catalog.Units.Select(u => (Unit: u, Name: u.ShortName))
            .Concat(aliases.Select(a => (Unit: catalog.Get(a.UnitId)!, Name: a.Alias)))
            .Select(x => new Named(x.Unit, kinds.FirstOrDefault(k => x.Unit.Name.StartsWith(k.Name + " ", StringComparison.Ordinal)), x.Name))
            .ToLookup(n => string.Concat(Words(n.Spelling)));
    }

    public Unit? Resolve(string text, DateOnly on, Level? expected, string? within)
    {
        if (Code(text) is { } code)
            return catalog.Resolve(code, on) is { } unit && IsLevel(unit, expected) && LiesIn(unit, within) ? unit : null;

        // The bare name first: Xà Hồ is a name, not a commune (xã) called Hồ.
        foreach (var (kind, words) in Readings(Words(text)))
        {
            var meant = byKey[string.Concat(words)]
                .Where(n => IsLevel(n.Unit, expected) && IsLevel(n.Unit, kind?.Level)
                    && catalog.HasBegunBy(n.Unit, on) && LiesIn(n.Unit, within))
                .DistinctBy(n => n.Unit.Id)
                .ToList();
            if (meant.Count > 0)
                return Choose(meant, kind, text, on);
        }
        return null;
    }

    static Unit? Choose(List<Named> meant, UnitKind? kind, string text, DateOnly on)
    {
        var level = WhichANameMeans.First(l => meant.Any(n => n.Unit.Level == l));
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

    IEnumerable<(UnitKind? Kind, IEnumerable<string> Words)> Readings(string[] words)
    {
        yield return (null, words);
        foreach (var (affix, kind) in before)
            if (words.Length > affix.Length && words.AsSpan().StartsWith(affix))
                yield return (kind, words.Skip(affix.Length));
        foreach (var (affix, kind) in after)
            if (words.Length > affix.Length && words.AsSpan().EndsWith(affix))
                yield return (kind, words.SkipLast(affix.Length));
    }

    static (string[] Words, UnitKind Kind)[] LongestFirst(IEnumerable<UnitKind> kinds, Func<UnitKind, IEnumerable<string>> affixes) =>
        [.. kinds.SelectMany(affixes, (kind, affix) => (Words: Words(affix), kind)).OrderByDescending(x => x.Words.Length)];

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
