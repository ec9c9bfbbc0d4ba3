using System.Globalization;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Import;
using YenBai.Cases.Plan;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Hosting;

/// <summary><c>cases plan</c>: what was planned, what was reached, what is stated and what adds up.</summary>
internal static class PlanCommand
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellation)
    {
        if (args is ["import", ..]) return await ImportAsync(args[1..], cancellation);
        int? year = args switch
        {
            [] => null,
            [var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var y) => y,
            _ => throw new ArgumentException("cases plan [YEAR] or cases plan import FILE"),
        };
        await using var store = await OperatorStore.OpenAsync(cancellation);
        var shelf = store.Get<PlanShelf>();
        var today = TimeProvider.System.Today();
        var all = await shelf.AllAsync(cancellation);
        var plan = year is { } wanted ? all.FirstOrDefault(p => p.Year == wanted) : all.LastOrDefault(p => p.From <= today) ?? all.LastOrDefault();
        if (plan is null) throw new ArgumentException($"There is no plan of {year}: {string.Join(", ", all.Select(p => p.Year))}.");

        var answer = await store.Get<PlanQuery>().AskAsync(Actor.Operator, plan, new(), cancellation);
        Console.WriteLine($"Plan {plan.Number} of {plan.Date:dd/MM/yyyy}, {plan.Year}, standard {plan.Standard}, as of {answer.Progress.AsOf:dd/MM/yyyy}, position {answer.Position}");
        foreach (var rows in answer.Progress.Rows.GroupBy(r => r.Measure))
        {
            Console.WriteLine($"\n{rows.Key.NameOf()} ({rows.First().Basis.ToString().ToLowerInvariant()})");
            Console.WriteLine($"  {"unit",-24} {"target",14} {"actual",12} {"gap",12}");
            foreach (var r in rows)
                Console.WriteLine($"  {r.Unit.Name,-24} {Target(r.Target),14} {Actual(r),12} {(r.Gap is { } gap ? Number(gap, r.Measure, signed: true) : "–"),12}  {r.Met switch { true => "met", false => "not met", _ => "" }}");
        }
        if (answer.Progress.Sums.Count > 0) Console.WriteLine();
        foreach (var s in answer.Progress.Sums)
            Console.WriteLine($"{s.Measure.NameOf()}: stated {Plain(s.Stated)}, the {s.Parts.Count} units add up to {Plain(s.Derived)}" + (s.AddsUp ? "" : $", which differs by {Plain(Math.Abs(s.Difference))}; both stand as the plan has them"));
        return 0;
    }

    private static async Task<int> ImportAsync(string[] args, CancellationToken cancellation)
    {
        if (args is not [var path]) throw new ArgumentException("Which file? cases plan import FILE");
        if (!File.Exists(path)) throw new ArgumentException($"There is no file {path}.");
        await using var file = WorkbookText.Open(path);
        var read = PlanFile.Read(file);
        await using var store = await OperatorStore.OpenAsync(cancellation);
        var words = store.Get<IStringLocalizer<PlanTexts>>();
        foreach (var p in read.Problems) Console.Error.WriteLine($"  refused  {CommandLine.Place(p.Line, p.Column, p.Value)}: {words[$"reason.{p.Reason}"]}");
        if (read.Plan is not { } plan)
        {
            Console.Error.WriteLine($"Nothing was stored: a plan is taken whole or not at all. Columns: year,number,date,standard,from,through,plan_source,unit_code,measure,comparator,value,head,source, and upper for a range; measures: {string.Join(", ", Measures.All.Select(m => m.NameOf()))}.");
            return 3;
        }
        var shelf = store.Get<PlanShelf>();
        var version = (await shelf.HistoryAsync(plan.Year, cancellation)).Version;
        var draft = PlanDraft.Of(plan) with { Reason = version == 0 ? null : $"cases plan import {Path.GetFileName(path)}" };
        var faults = await shelf.EnterAsync(Actor.Operator, plan.Year, version, draft, Guid.NewGuid().ToString(), cancellation);
        foreach (var fault in faults) Console.Error.WriteLine($"  refused  {fault.Field}: {words[$"refusal.{fault.Code}", [.. fault.Data.Select(d => d is DateOnly day ? DayText.Show(day)! : d ?? "")]]}");
        if (faults.Count > 0) return 3;
        Console.WriteLine($"Stored plan {plan.Number} of {plan.Year}, version {version + 1}: {plan.Targets.Count} targets.");
        return 0;
    }

    private static string Target(PlanTarget? target) => target switch
    {
        null => "not stated",
        { Comparator: Comparator.AtLeast } t => "at least " + Plain(t.Value),
        { Comparator: Comparator.MoreThan } t => "more than " + Plain(t.Value),
        { Comparator: Comparator.AtMost } t => "at most " + Plain(t.Value),
        { Comparator: Comparator.Between } t => $"{Plain(t.Value)} to {Plain(t.Upper ?? t.Value)}",
        var t => Plain(t.Value),
    };

    private static string Actual(MeasureProgress row) => row.Actual.Value is { } value
        ? Number(value, row.Measure, signed: false)
        : row.Actual.Reason switch { Missing.NoDenominator => "no total", Missing.NotStarted => "not started", _ => "not recorded" };

    private static string Number(decimal value, Measure measure, bool signed) =>
        value.ToString((signed ? "+" : "") switch { "+" => measure.IsRate() ? "+#,0.00;-#,0.00;0.00" : "+#,0;-#,0;0", _ => measure.IsRate() ? "#,0.00" : "#,0" }, CultureInfo.InvariantCulture);

    private static string Plain(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
