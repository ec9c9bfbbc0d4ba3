using CsvHelper;
using Marten;
using YenBai.Cases.Access;
using YenBai.Cases.Households;

namespace YenBai.Cases.Import;

/// <summary>Hands out the file of refused rows. Which households of the register it names is on record before.</summary>
public sealed class RejectsReader(IDocumentStore store, ReadLog log)
{
    private static readonly string[] CodeColumns = ["household_code", "household"];

    /// <param name="upload">The id of the upload: the file's own name may be that of a person.</param>
    public async Task<Stream> OpenAsync(Actor who, string upload, string path, CancellationToken cancellation)
    {
        var codes = new HashSet<string>();
        using (var csv = CsvReader.Create(File.OpenRead(path)))
        {
            var columns = csv.Headers.Where(h => CodeColumns.Contains(h) || Headings.Meaning(h) == "household_code").ToList();
            while (csv.Read())
                foreach (var column in columns)
                    if (csv.GetString(column) is { Length: > 0 } code) codes.Add(code.TrimStart('\''));
        }
        var known = new List<Guid>();
        await using var session = store.QuerySession();
        foreach (var some in codes.Select(Ids.Household).Chunk(1000))
            known.AddRange((await session.LoadManyAsync<Household>(cancellation, some)).Select(h => h.Id));
        await log.AddAsync(who, ReadKind.Exported, Sight.Full, known, Question.Of("rejects", null, ("file", upload)), cancellation);
        return File.OpenRead(path);
    }
}
