using System.Globalization;
using CsvHelper;

namespace YenBai.Cases.Places;

/// <summary>Reads the files in <c>Data</c>, of which the README there gives the origin.</summary>
static class PlaceData
{
    public static PlaceCatalog LoadCatalog()
    {
        var kinds = Rows("kinds", row => new UnitKind(
            row.GetString("kind"),
            Enum.Parse<Level>(row.GetString("level"), ignoreCase: true),
            List(row.GetString("before")),
            List(row.GetString("after"))));
        var units = Rows("units", row => ReadUnit(row, kinds));
        var aliases = Rows("aliases", row => new UnitAlias(row.GetString("unit"), row.GetString("alias")));
        var tiles = Rows("tiles", row => new Tile(
            row.GetString("unit"),
            int.Parse(row.GetString("column"), CultureInfo.InvariantCulture),
            int.Parse(row.GetString("row"), CultureInfo.InvariantCulture)));
        return new PlaceCatalog(units, aliases, kinds, tiles);
    }

    public static Stream Open(string file) =>
        typeof(PlaceData).Assembly.GetManifestResourceStream(typeof(PlaceData), $"Data.{file}.csv")!;

    static Unit ReadUnit(CsvReader row, List<UnitKind> kinds)
    {
        var (code, from, name) = (row.GetString("code"), Day(row.GetString("from")), row.GetString("name"));
        var kind = kinds.First(k => name.StartsWith(k.Name + " ", StringComparison.Ordinal));
        var shortName = name[(kind.Name.Length + 1)..];
        return new Unit(
            Unit.IdOf(code, from),
            code,
            from,
            Filled(row.GetString("until")) is { } until ? Day(until) : null,
            Enum.Parse<Level>(row.GetString("level"), ignoreCase: true),
            Filled(row.GetString("area")) is { } area ? Enum.Parse<Area>(area, ignoreCase: true) : null,
            name,
            shortName,
            Filled(row.GetString("ascii_name")) ?? VietnameseText.Ascii(shortName),
            Filled(row.GetString("parent")),
            List(row.GetString("successors")),
            bool.Parse(row.GetString("successor_open")),
            Filled(row.GetString("note")),
            row.GetString("source"));
    }

    static List<T> Rows<T>(string file, Func<CsvReader, T> read)
    {
        using var csv = CsvReader.Create(Open(file), new CsvReaderOptions { Separator = ',' });
        var rows = new List<T>();
        while (csv.Read())
            rows.Add(read(csv));
        return rows;
    }

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string? Filled(string text) => text == "" ? null : text;

    static string[] List(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries);
}
