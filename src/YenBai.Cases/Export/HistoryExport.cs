using System.Globalization;
using CsvHelper;
using Marten;
using Npgsql;
using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Import;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Places;
using YenBai.Cases.Records;

namespace YenBai.Cases.Export;

/// <summary>
/// Writes the facts of the list as a history file, the one that import reads: what goes out can come in again, here or
/// elsewhere. What an import has no row type for is told by its nearest: a split as a take-over with complete history.
/// </summary>
public sealed class HistoryExport(IDocumentStore store, NpgsqlDataSource source, PlaceCatalog places, ReadLog log)
{
    private static readonly string[] Header =
    [
        "event_id", "household", "seq", "effective", "recorded", "type", "district", "voluntary", "support", "cause", "history", "reference", "standard",
        "commune_code", "hamlet", "head_name", "head_sex", "merit", "ethnic_minority", "to",
    ];

    /// <returns>How many rows were written.</returns>
    /// <exception cref="NotPermittedException">It holds everything there is: the operator's alone.</exception>
    public async Task<long> WriteAsync(Actor who, Stream file, IProgress<long>? progress, CancellationToken cancellation)
    {
        if (!who.IsOperator) throw new NotPermittedException();
        List<Guid> all = [];
        await using (var command = source.CreateCommand($"select s.id from {StoreSchema.HouseholdStreams} s"))
        {
            await using var r = await command.ExecuteReaderAsync(cancellation);
            while (await r.ReadAsync(cancellation)) all.Add(r.GetGuid(0));
        }
        await log.AddAsync(who, ReadKind.Exported, Sight.Full, all, new Question("history", []), cancellation);
        using var csv = CsvWriter.Create(file, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);
        csv.WriteHeader(Header);
        long rows = 0;
        await foreach (var streams in Refold.StreamsAsync(source, cancellation))
        {
            await using var session = store.QuerySession();
            var folded = await Refold.FoldAsync(source, streams, cancellation);
            var heads = folded.Select(f => f.Household.Latest().HeadId).OfType<Guid>().ToArray();
            var names = (await session.LoadManyAsync<Person>(cancellation, heads)).Where(p => p.Name is not null).ToDictionary(p => p.Id, p => p.Name!);
            foreach (var (household, _) in folded) rows += Write(csv, household, names);
            progress?.Report(rows);
        }
        return rows;
    }

    private long Write(CsvWriter csv, Household household, Dictionary<Guid, string> names)
    {
        var withdrawn = household.Facts.Select(f => f.Event).OfType<ImportWithdrawn>().Select(w => w.Import).ToHashSet();
        var facts = household.Facts.Where(f => f.Import is null || !withdrawn.Contains(f.Import)).ToList();
        var name = household.Latest().HeadId is { } id ? names.GetValueOrDefault(id) : null;
        var hamlet = facts.Select(f => f.Event).OfType<HouseholdRegistered>().FirstOrDefault()?.Hamlet;
        long rows = 0;
        for (var i = 0; i < facts.Count; i++)
        {
            // A move that the register only implied comes back by itself with the row that implied it.
            if (facts[i].Event is MovedWithin { Row: { } implied } && i + 1 < facts.Count && facts[i + 1].Event.Row?.Id == implied.Id) continue;
            foreach (var type in TypesOf(facts[i].Event))
            {
                WriteRow(csv, household, facts[i], type, rows == 0 ? name : null, rows == 0 ? hamlet : (facts[i].Event as MovedWithin)?.Hamlet);
                rows++;
            }
        }
        return rows;
    }

    private static string[] TypesOf(HouseholdEvent e) => e switch
    {
        ListedPoor or ReEntered => ["ENTER"],
        Exited => ["EXIT"],
        ExitConfirmed => ["CONFIRM"],
        MovedOut => ["MOVE_OUT"],
        Dissolved or MergedInto => ["DISSOLVE"],
        HouseholdTakenOver => ["IMPORT"],
        MovedWithin => ["TRANSFER"],
        FactAnnulled => ["VOID"],
        HouseholdSplitFrom { Status: ListStatus.Poor } => ["IMPORT", "ENTER"],
        HouseholdSplitFrom { Status: ListStatus.Out } => ["EXIT", "IMPORT"],
        HouseholdSplitFrom => ["IMPORT"],
        _ => [],
    };

    private void WriteRow(CsvWriter csv, Household household, Fact fact, string type, string? name, string? hamlet)
    {
        var e = fact.Event;
        var list = e as ListEvent;
        var unit = list?.Unit ?? household.Latest().Unit;
        var place = places.Get(unit);
        var wide = places.DistrictOf(unit) ?? place;
        string[] row =
        [
            IdOf(fact) + (e is HouseholdSplitFrom && type != "IMPORT" ? "s" : ""),
            household.Code,
            (e.Row?.Seq ?? fact.Version).ToString(CultureInfo.InvariantCulture),
            Day(e.On),
            Day(Days.DayOf(e.Recorded)),
            type,
            wide?.Id ?? unit,
            (e as Exited)?.Voluntary switch { true => "1", false => "0", null => "" },
            (e as Exited)?.Support ?? "",
            e switch { ListedPoor x => Snake(x.Cause.ToString()), ReEntered x => Snake(x.Cause.ToString()), _ => "" },
            e switch { HouseholdTakenOver t => Snake(t.History.ToString()), HouseholdSplitFrom => "complete", _ => "" },
            e is FactAnnulled a ? household.Facts.FirstOrDefault(f => f.Version == a.Fact) is { } target ? IdOf(target) : "" : "",
            list?.Standard ?? "",
            place?.Level == Level.Commune ? place.Id : "",
            hamlet ?? "",
            name ?? "",
            list?.Then?.HeadSex is { } sex ? Snake(sex.ToString()) : "",
            YesNo(list?.Then?.Merit),
            YesNo(list?.Then?.EthnicMinority),
            (e as Exited)?.To is { } to ? Snake(to.ToString()) : "",
        ];
        csv.WriteRecord([.. row.Select(SpreadsheetText.Guard)]);
    }

    private static string IdOf(Fact fact) => fact.Event.Row?.Id ?? $"v{fact.Version}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string YesNo(bool? value) => value switch { true => "1", false => "0", null => "" };

    private static string Snake(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
