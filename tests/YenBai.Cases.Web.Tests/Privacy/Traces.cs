using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using Npgsql;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Privacy;

/// <summary>Looks for words everywhere a store keeps anything.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Traces
{
    /// <summary>The columns of any table of any schema, and the files of the data directory, in which one of the words stands.</summary>
    public static async Task<List<string>> TracesOfAsync(this TestStore store, params string[] words) =>
        [.. (await InTablesAsync(store.Get<NpgsqlDataSource>(), words)), .. InFiles(store.DataDirectory, words)];

    public static async Task<List<string>> InTablesAsync(NpgsqlDataSource source, params string[] words)
    {
        var columns = new List<(string Table, string Column, bool Bytes)>();
        await using (var all = source.CreateCommand("""
            select quote_ident(c.table_schema) || '.' || quote_ident(c.table_name), quote_ident(c.column_name), c.data_type = 'bytea'
            from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
            where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
            """))
        await using (var reader = await all.ExecuteReaderAsync())
            while (await reader.ReadAsync()) columns.Add((reader.GetString(0), reader.GetString(1), reader.GetBoolean(2)));
        columns.ShouldContain(c => c.Table.Contains("wolverine"));

        var found = new List<string>();
        foreach (var (table, column, bytes) in columns)
        {
            // A message is bytes: whatever its words are, those that need no escape are found in them.
            var condition = bytes ? $"position(convert_to(w, 'UTF8') in {column}) > 0" : $"position(lower(w) in lower({column}::text)) > 0";
            await using var count = source.CreateCommand($"select count(*) from {table}, unnest($1::text[]) w where {condition}");
            count.Parameters.Add(new() { Value = words });
            if ((long)(await count.ExecuteScalarAsync())! > 0) found.Add($"{table}.{column}");
        }
        return found;
    }

    public static List<string> InFiles(string directory, params string[] words) =>
        [.. Directory.GetFiles(directory, "*", SearchOption.AllDirectories)
            .Where(path => words.Any(w => path.Contains(w, StringComparison.OrdinalIgnoreCase) || TextOf(path).Contains(w, StringComparison.OrdinalIgnoreCase)))
            .Select(path => Path.GetRelativePath(directory, path))];

    private static string TextOf(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes is not [0x50, 0x4B, 0x03, 0x04, ..]) return Encoding.UTF8.GetString(bytes);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return string.Concat(zip.Entries.Select(e =>
        {
            using var reader = new StreamReader(e.Open());
            return reader.ReadToEnd();
        }));
    }
}
