using System.Globalization;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Web.Hosting;

/// <summary><c>cases standards</c>: the standards as they are in this store, and the point tables of their forms.</summary>
internal static class StandardsCommand
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellation) => args switch
    {
        [] => await ListAsync(cancellation),
        ["import", var path] => await ImportAsync(path, cancellation),
        ["import", ..] => throw new ArgumentException("Which file? cases standards import FILE"),
        [var code] => await ShowAsync(code, cancellation),
        _ => throw new ArgumentException("cases standards [CODE] or cases standards import FILE"),
    };

    private static async Task<int> ListAsync(CancellationToken cancellation)
    {
        await using var store = await OperatorStore.OpenAsync(cancellation);
        foreach (var r in (await store.Get<StandardShelf>().BookAsync(null, cancellation)).All)
            Console.WriteLine($"{r.Code}  {r.Standard.AppliesFrom:dd/MM/yyyy}–{r.Standard.AppliesThrough:dd/MM/yyyy}  {r.Standard.NameVi}  version {r.Version}, {r.Indicators.Count} indicators  ({r.Standard.Source})");
        return 0;
    }

    private static async Task<int> ShowAsync(string code, CancellationToken cancellation)
    {
        await using var store = await OperatorStore.OpenAsync(cancellation);
        var shelf = store.Get<StandardShelf>();
        var book = await shelf.BookAsync(null, cancellation);
        if (book.Find(code) is not { } rules) throw new ArgumentException($"There is no standard {code}: {string.Join(", ", book.All.Select(r => r.Code))}.");
        Console.WriteLine($"{rules.Standard.NameVi}, version {rules.Version}");
        foreach (var v in rules.Values) Console.WriteLine($"  {v.Key,-36} {v.Certainty.ToString().ToLowerInvariant(),-10} {v.Value}  ({v.Source})");
        foreach (var c in await shelf.CorrectionsAsync(code, cancellation))
            Console.WriteLine($"  version {c.Version}, {c.At:dd/MM/yyyy}, {c.By}: {c.After.Key} was {c.Before.Value}, is {c.After.Value}: {c.Reason}");
        foreach (var t in (await shelf.PointTablesAsync(cancellation)).Where(t => t.Table.Standard == code))
            Console.WriteLine($"  points of {t.Table.Form}: {t.Table.Options.Count} options, stored {t.Stored:dd/MM/yyyy}");
        return 0;
    }

    private static async Task<int> ImportAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path)) throw new ArgumentException($"There is no file {path}.");
        await using var file = File.OpenRead(path);
        var read = PointFile.Read(file);
        foreach (var p in read.Problems) Console.Error.WriteLine($"  refused  line {p.Line}, {p.Column} “{p.Value}”: {p.Reason}");
        if (read.Problems.Count > 0)
        {
            Console.Error.WriteLine($"Nothing was stored: a file of points is taken whole or not at all. Columns: {string.Join(",", PointFile.Columns)}; score is a (income) or b (deprivation).");
            return 3;
        }
        await using var store = await OperatorStore.OpenAsync(cancellation);
        await store.Get<StandardShelf>().StoreAsync(read.Tables, cancellation);
        foreach (var t in read.Tables)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Stored the points of {t.Form} ({t.Standard}): {t.Options.Select(o => o.Item).Distinct().Count()} items, {t.Options.Count} options."));
        return 0;
    }
}
