using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Maintenance;

namespace YenBai.Cases.Bench;

/// <summary>Writing read models anew, beside reading and folding the same events without writing anything.</summary>
internal static class Rebuilds
{
    public static async Task RunAsync(Store store, Options options, Report report)
    {
        (string Name, HashSet<ReadModel> Models, double? Aim)[] kinds =
        [
            ("case", [ReadModel.Case], null),
            ("caseload", [ReadModel.Caseload], 50_000),
            ("ledger", [ReadModel.Ledger], 50_000),
            ("all", [.. Enum.GetValues<ReadModel>()], 30_000),
        ];
        var rates = kinds.ToDictionary(k => k.Name, _ => new List<double>());
        var folds = new List<double>();
        var events = 0L;
        for (var run = 0; run < options.Runs; run++)
        {
            foreach (var (name, models, _) in kinds)
            {
                // Everything is to be written: a case that is right already would be passed over.
                await store.ExecuteAsync($"truncate {string.Join(", ", TablesOf(store, models))}");
                var seconds = await Store.SecondsAsync(async () => events = await store.Get<Rebuild>().RunAsync(models, null, default));
                rates[name].Add(events / seconds);
            }
            folds.Add(events / await Store.SecondsAsync(() => FoldAsync(store)));
        }
        foreach (var (name, _, aim) in kinds)
            report.Rate($"rebuild of {(name == "all" ? "all read models" : $"the {name}")} ({events:n0} events); beside reading and folding them", "events/s", Report.Median(rates[name]), Report.Median(folds), least: aim);
    }

    private static IEnumerable<string> TablesOf(Store store, HashSet<ReadModel> models) =>
        store.Get<IEnumerable<IReadModel>>().Where(m => models.Contains(m.Model)).SelectMany(m => m.Tables.Select(t => t.Table))
            .Concat(models.Contains(ReadModel.Case) ? ["cases.mt_doc_household"] : []);

    private static async Task FoldAsync(Store store)
    {
        var stream = Guid.Empty;
        var facts = new List<Fact>();
        var rows = 0;
        await foreach (var e in StoredEvent.ReadAsync(store, "stream_id, version"))
        {
            if (e.Stream != stream) Fold();
            stream = e.Stream;
            var fact = new Fact((int)e.Version, e.Id, e.Event, HouseholdProjection.ImportOf(e.Correlation));
            facts.Add(fact);
            if (ListFact.Of(stream, 0, fact) is not null) rows++;
        }
        Fold();

        void Fold()
        {
            if (Household.Nobody(stream).With(facts).Latest().Known) rows++;
            facts = [];
        }
    }
}
