using YenBai.Cases.Composition;

namespace YenBai.Cases.Web.Hosting;

/// <summary><c>cases backup</c> and <c>cases restore</c>.</summary>
internal static class BackupCommand
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellation)
    {
        var (verb, file, given) = args switch
        {
            [var v, var f] => (v, f, null),
            ["restore", var f, "--erasures", var l] => ("restore", f, l),
            _ => throw new ArgumentException(args[0] == "backup" ? "Which file? cases backup FILE" : "Which file? cases restore FILE [--erasures LIST]"),
        };
        if (given is not null && !File.Exists(given)) throw new ArgumentException($"There is no list {given}.");
        var configuration = OperatorStore.Configuration();
        if (verb == "backup")
        {
            await using var store = await StoreConnection.OpenAsync(configuration, Console.Error.WriteLine, cancellation);
            await Backup.SaveAsync(store.Access, file, cancellation);
        }
        else
        {
            await using var store = await StoreConnection.FindAsync(configuration, Console.Error.WriteLine, cancellation);
            var replay = await Restore.RunAsync(store.Access, file, StoreConnection.ErasureList(configuration), given, cancellation);
            Console.WriteLine($"Erasures on the list: {replay.Again + replay.Before + replay.Elsewhere}; erased again {replay.Again}, already erased {replay.Before}, not in this store {replay.Elsewhere}.");
        }
        Console.WriteLine($"{verb} done: {file}");
        return 0;
    }
}
