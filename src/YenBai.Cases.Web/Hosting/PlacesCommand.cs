using System.Globalization;
using YenBai.Cases.Places;

namespace YenBai.Cases.Web.Hosting;

/// <summary><c>cases places</c>: the places, their lives, what became of them, and their marks.</summary>
internal static class PlacesCommand
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellation)
    {
        await using var store = await OperatorStore.OpenAsync(cancellation);
        var book = store.Get<MarkBook>();
        if (args is ["import", var file]) return await ImportAsync(book, file, cancellation);

        var catalog = PlaceCatalog.Default;
        var units = args is [var place]
            ? [catalog.Resolve(place, TimeProvider.System.Today()) ?? throw new ArgumentException($"There is no place {place}.")]
            : catalog.Units;
        var marks = (await book.AllAsync(cancellation)).ToLookup(m => m.UnitId);
        foreach (var unit in units) Console.WriteLine(Describe(unit, catalog, marks[unit.Id]));
        return 0;
    }

    private static async Task<int> ImportAsync(MarkBook book, string file, CancellationToken cancellation)
    {
        using var reader = new StreamReader(file);
        var read = PlaceMarks.Read(reader);
        foreach (var p in read.Problems) Console.WriteLine($"  refused  line {p.Line}, {p.Column} “{p.Value}”: {p.Reason}");
        await book.StoreAsync(read.Marks, cancellation);
        Console.WriteLine($"taken {read.Marks.Count}, refused {read.Problems.Select(p => p.Line).Distinct().Count()}");
        return read.Problems.Count > 0 ? 3 : 0;
    }

    private static string Describe(Unit unit, PlaceCatalog catalog, IEnumerable<PlaceMark> marks)
    {
        var after = unit.Successors.Select(catalog.Get).OfType<Unit>().Select(s => $"{s.Name} ({s.Code})").ToList();
        return $"{unit.Id}  {unit.Name}  {unit.Level}  {Day(unit.From)}–{Day(unit.Until)}"
            + (after.Count > 0 ? $"  → {string.Join(unit.SuccessorOpen ? " or, still open, " : ", ", after)}" : "")
            + string.Concat(marks.Select(m => $"  {{{m.Kind} {Day(m.From)}–{Day(m.Until)}}}"))
            + (unit.Note is { } note ? $"  [{note}]" : "");
    }

    private static string Day(DateOnly? day) => day?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "";
}
