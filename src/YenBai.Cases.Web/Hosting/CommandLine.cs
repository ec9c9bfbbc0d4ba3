using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Demonstration;
using YenBai.Cases.Export;
using YenBai.Cases.Import;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Components.Import;

namespace YenBai.Cases.Web.Hosting;

/// <summary>The operator's command line, on the store that the server uses, whether or not it runs.</summary>
public static class CommandLine
{
    private const string Help = """
        cases import FILE [--dry-run] [--on YYYY-MM-DD]   take a file, CSV or XLSX, of any kind that the README names
        cases import --withdraw ID                        withdraw an import: what it told stays readable and counts no more
        cases export FILE.csv                             write all facts of the list as a history file that import reads
        cases backup FILE                                 save the whole store
        cases restore FILE [--erasures LIST]              restore it into an empty one; what was erased since is erased again,
                                                          by the list in the data directory and the one that is given
        cases demo [--households N] [--seed S]            fill an empty store with the demonstration province
        cases rebuild [case|caseload|ledger|all]          write read models anew from the events; the product keeps serving
        cases verify                                      compare every read model with a fresh fold of the streams
        cases plan [YEAR]                                 target, actual and gap of a plan, unit by unit
        cases plan import FILE                            store a plan of any year from CSV or XLSX
        cases places [CODE[@YYYY-MM-DD]]                  the places and their lives
        cases places import FILE                          take marks of places (unit_code, mark, from, until, source)
        cases standards [CODE]                            the poverty standards and when each applies; one with every value
        cases standards import FILE                       take point tables of forms (standard, form, score, item, option, points)

        """ + AccountsCommand.Help + """

        cases help                                        this text
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [] or ["help" or "--help" or "-h", ..])
        {
            Console.WriteLine(Help);
            return args.Length == 0 ? 1 : 0;
        }
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        // What stops a service stops a command in the same way.
        using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        try
        {
            return args[0] switch
            {
                "import" => await ImportAsync(args[1..], stop.Token),
                "export" => await ExportAsync(args[1..], stop.Token),
                "backup" or "restore" => await BackupCommand.RunAsync(args, stop.Token),
                "demo" => await DemoAsync(args[1..], stop.Token),
                "rebuild" => await RebuildAsync(args[1..], stop.Token),
                "verify" => await VerifyAsync(stop.Token),
                "places" => await PlacesCommand.RunAsync(args[1..], stop.Token),
                "plan" => await PlanCommand.RunAsync(args[1..], stop.Token),
                "accounts" => await AccountsCommand.RunAsync(args[1..], stop.Token),
                "standards" => await StandardsCommand.RunAsync(args[1..], stop.Token),
                _ => Unknown(args[0]),
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.Error.WriteLine("Stopped. What was stored stays; the same command goes on from there.");
            return 1;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(Faults.OperatorFault.Words(e));
            return 1;
        }
    }

    private static async Task<int> ImportAsync(string[] args, CancellationToken cancellation)
    {
        var dryRun = args.Contains("--dry-run");
        DateOnly? on = null;
        string? file = null, withdraw = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--dry-run") continue;
            if (args[i] == "--on") on = Day(++i < args.Length ? args[i] : "");
            else if (args[i] == "--withdraw") withdraw = ++i < args.Length ? args[i] : throw new ArgumentException("Which import? The import page and 'cases import' name them.");
            else if (args[i].StartsWith("--on=", StringComparison.Ordinal)) on = Day(args[i][5..]);
            else if (args[i].StartsWith("--", StringComparison.Ordinal)) throw new ArgumentException($"There is no option {args[i]}.");
            else file ??= args[i];
        }
        if (withdraw is not null) return await WithdrawAsync(withdraw, cancellation);
        if (file is null) throw new ArgumentException("Which file? cases import FILE [--dry-run] [--on YYYY-MM-DD]");

        await using var store = await OperatorStore.OpenAsync(cancellation);
        var reasons = store.Get<Reasons>();
        using var line = new StatusLine();
        var result = await store.Get<Importer>().RunAsync(Actor.Operator, file, new ImportOptions(dryRun, on), new Watch<ImportProgress>(p => line.Show(Describe(p))), cancellation);
        line.End();

        if (dryRun) Console.WriteLine("Dry run: nothing was stored.");
        Console.WriteLine($"import {result.Id}");
        Console.WriteLine($"{JsonNamingPolicy.SnakeCaseLower.ConvertName(result.Kind.ToString())}: {result.Rows} rows, {result.Households} households, {result.Events} events; stored after {result.Stored.TotalSeconds:0.0} s, everywhere after {result.Complete.TotalSeconds:0.0} s");
        foreach (var p in result.Problems) Console.WriteLine($"  refused  {Place(p.Line, p.Column, p.Value)}: {reasons.Text(p)}");
        foreach (var p in result.Remarks) Console.WriteLine($"  look at  {Place(p.Line, p.Column, p.Value)}: {reasons.Text(p)}");
        var words = store.Get<IStringLocalizer<ImportTexts>>();
        foreach (var (kind, count) in result.RemarkKinds.OrderByDescending(k => k.Value)) Console.WriteLine($"  remarks  {count:n0} × {words[$"remark.{kind}"]}");
        if (result.UnreadHeadings.Count > 0) Console.WriteLine($"Headings that are not known, columns not read: {string.Join(", ", result.UnreadHeadings)}");
        if (result.RemarksFile is not null) Console.WriteLine($"Rows to look at: {result.RemarksFile}");
        if (result.Rejects is not null) Console.WriteLine($"Refused rows: {result.Rejects}");
        Console.WriteLine(result.Summary);
        return result.Refused > 0 ? 3 : 0;
    }

    /// <summary>Where in a file something is: of a whole line there is no column and no value.</summary>
    internal static string Place(int line, string column, string? value) =>
        $"line {line}" + (column.Length > 0 ? $", {column}" : "") + (string.IsNullOrEmpty(value) ? "" : $" “{value}”");

    private static async Task<int> DemoAsync(string[] args, CancellationToken cancellation)
    {
        await using var store = await OperatorStore.OpenAsync(cancellation);
        var loader = store.Get<DemonstrationLoader>();
        if (await loader.StateAsync(cancellation) is not DemonstrationState.Complete)
            await FillAsync(loader, store.Get<Freshness>(), Number(args, "--households", DemonstrationProvince.DefaultHouseholds), Number(args, "--seed", 1), cancellation);
        await using var scope = store.Scope();
        await PrintAccountsAsync(scope.ServiceProvider, cancellation);
        return 0;
    }

    /// <summary>The accounts of a demonstration store, made where they are missing.</summary>
    public static async Task PrintAccountsAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var accounts = services.GetRequiredService<DemonstrationAccounts>();
        await accounts.EnsureAsync(cancellation);
        Console.WriteLine(accounts.Table());
    }

    /// <summary>Fills the store and waits until every page shows it.</summary>
    public static async Task FillAsync(DemonstrationLoader loader, Freshness freshness, int households, int seed, CancellationToken cancellation)
    {
        using var line = new StatusLine();
        var started = TimeProvider.System.GetTimestamp();
        if (await loader.StateAsync(cancellation) is DemonstrationState.BrokenOff) Console.WriteLine("The demonstration province in this store was broken off half-way; it is completed as it was begun.");
        var (made, events) = await loader.FillAsync(households, seed, new Watch<ImportProgress>(p => line.Show("demonstration province: " + Describe(p).Replace("rows", "households"))), cancellation);
        var stored = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await freshness.WaitAsync(TimeSpan.FromHours(1), cancellation, p => line.Show($"read models: {p.Newest - p.Lag:n0} of {p.Newest:n0} events"));
        line.End();
        Console.WriteLine($"Demonstration province: {made:n0} made-up households, {events:n0} events; stored in {stored:0.0} s, everywhere after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    /// <summary>The number behind an option; an option that stands alone leaves it as it is.</summary>
    public static int Number(string[] args, string option, int otherwise)
    {
        var i = Array.IndexOf(args, option);
        if (i < 0 || i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal)) return otherwise;
        return i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"{option} needs a number above 0.");
    }

    private static string Describe(ImportProgress p) => p.Stage switch
    {
        "reading" => "reading the file",
        "projecting" => $"read models: {p.Done:n0} of {p.Of:n0} events",
        _ => $"{p.Done:n0} of {p.Of:n0} rows, {p.PerSecond:n0} a second, {(p.Left is { } left ? left.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture) : "?")} left",
    };

    private static async Task<int> WithdrawAsync(string import, CancellationToken cancellation)
    {
        await using var store = await OperatorStore.OpenAsync(cancellation);
        var households = await store.Get<Withdrawal>().RunAsync(Actor.Operator, import, null, cancellation);
        Console.WriteLine(households == 0 ? $"Nothing of import {import} was left to withdraw." : $"Withdrawn from {households:n0} households.");
        return 0;
    }

    private static async Task<int> ExportAsync(string[] args, CancellationToken cancellation)
    {
        if (args is not [var path]) throw new ArgumentException("Where to? cases export FILE.csv");
        await using var store = await OperatorStore.OpenAsync(cancellation);
        using var line = new StatusLine();
        await using var written = new WholeFile(path);
        long rows;
        await using (var file = written.Open()) rows = await store.Get<HistoryExport>().WriteAsync(Actor.Operator, file, new Watch<long>(done => line.Show($"{done:n0} rows")), cancellation);
        written.Complete();
        line.End();
        Console.WriteLine($"{rows:n0} rows in {path}. It holds personal data: keep it accordingly.");
        return 0;
    }

    private static async Task<int> RebuildAsync(string[] args, CancellationToken cancellation)
    {
        var all = Enum.GetValues<ReadModel>();
        var models = args is [] or ["all"]
            ? all.ToHashSet()
            : args.Select(a => Enum.TryParse<ReadModel>(a, true, out var m) ? m : throw new ArgumentException($"There is no read model {a}: {string.Join(", ", all).ToLowerInvariant()}.")).ToHashSet();

        await using var store = await OperatorStore.OpenAsync(cancellation);
        var started = TimeProvider.System.GetTimestamp();
        using var line = new StatusLine();
        var events = await store.Get<Rebuild>().RunAsync(models, new Watch<(long Done, long Of)>(p => line.Show($"{p.Done:n0} of {p.Of:n0} events")), cancellation);
        line.End();
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine($"rebuilt {string.Join(", ", models.Order()).ToLowerInvariant()} from {events:n0} events in {seconds:0.0} s ({events / seconds:n0} a second)");
        return 0;
    }

    private static async Task<int> VerifyAsync(CancellationToken cancellation)
    {
        await using var store = await OperatorStore.OpenAsync(cancellation);
        using var line = new StatusLine();
        var result = await store.Get<Verification>().RunAsync(new Watch<(long Done, long Of)>(p => line.Show($"{p.Done:n0} of {p.Of:n0} households")), cancellation);
        line.End();
        foreach (var (what, number) in result.Counted) Console.WriteLine($"{number,14:n0}  {what}");
        foreach (var d in result.Differences) Console.WriteLine($"DIFFERS  {d.Model?.ToString().ToLowerInvariant() ?? "events"}  {d.Household}  {d.What}");
        foreach (var advice in VerificationAdvice.Of(result)) Console.WriteLine(advice);
        return result.Differences.Count == 0 ? 0 : 1;
    }

    private static int Unknown(string verb)
    {
        Console.Error.WriteLine($"There is no command {verb}.\n{Help}");
        return 1;
    }

    private static DateOnly Day(string text) =>
        DayText.TryRead(text, out var day)
            ? day
            : throw new ArgumentException($"“{text}” is no date: write YYYY-MM-DD.");
}
