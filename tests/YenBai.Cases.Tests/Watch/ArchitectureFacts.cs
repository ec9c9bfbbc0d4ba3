using YenBai.Cases.Commands;
using YenBai.Cases.Composition;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Tests.Layers;
using YenBai.Cases.Watch;

namespace YenBai.Cases.Tests.Watch;

/// <summary>Points may only open doors: nothing that decides on a household knows them, and they know nothing of who it is.</summary>
public sealed class ArchitectureFacts
{
    private const string Watch = "YenBai.Cases.Watch";

    /// <summary>Who may name the watch: what puts it together.</summary>
    private static readonly string[] MayName = ["YenBai.Cases.Composition.Configuration"];

    private static Type[] Types { get; } = typeof(WatchQuery).Assembly.GetTypes();

    private static IEnumerable<Type> OfTheWatch => Types.Where(t => t.Namespace == Watch);

    private static string Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type.FullName!;

    [Fact]
    public void Nothing_that_decides_lists_writes_or_hands_on_depends_on_the_points()
    {
        var dependent = Types.Where(t => t.Namespace != Watch && References.Of(t).Any(r => r.Namespace == Watch)).Select(Outermost).Distinct();

        dependent.Except(MayName).ShouldBeEmpty();
    }

    [Fact]
    public void The_watch_tells_nothing_of_a_household_but_that_a_suggestion_was_declined()
    {
        var told = OfTheWatch.SelectMany(References.MadeBy).Where(t => t.IsSubclassOf(typeof(HouseholdEvent))).Distinct();

        told.ShouldBe([typeof(VisitSuggestionDeclined)]);
    }

    [Fact]
    public void The_watch_writes_nothing_by_itself() =>
        OfTheWatch.SelectMany(References.Of).Where(t => t == typeof(CommandDesk) || t == typeof(Marten.IDocumentSession) || t == typeof(Marten.IDocumentOperations)).ShouldBeEmpty();

    [Fact]
    public void The_points_are_made_of_dates_counts_and_classes_and_of_nobodys_origin_belief_hamlet_or_officer()
    {
        typeof(WatchFacts).GetProperties().Where(p => p.Name != "EqualityContract").ToDictionary(p => p.Name, p => p.PropertyType).ShouldBe(
            new Dictionary<string, Type>
            {
                ["Day"] = typeof(DateOnly),
                ["Exit"] = typeof(DateOnly),
                ["To"] = typeof(PovertyClass?),
                ["ReturnedBefore"] = typeof(bool),
                ["HistoryIsWhole"] = typeof(bool),
                ["LastShock"] = typeof(DateOnly?),
                ["LastSeen"] = typeof(DateOnly),
                ["LastSupportEnd"] = typeof(DateOnly?),
                ["EndsAreRecorded"] = typeof(bool),
                ["MostWorkers"] = typeof(int?),
                ["Loan"] = typeof(LoanStanding),
                ["JobTaken"] = typeof(DateOnly?),
            }, ignoreOrder: true);
        string[] kept = [nameof(ListFact.EthnicMinority), nameof(ListFact.HeadSex), nameof(ListFact.Merit)];
        OfTheWatch.SelectMany(References.UsedBy).Where(m => m.DeclaringType == typeof(ListFact) || m.DeclaringType == typeof(Coarse)).Select(m => m.Name)
            .ShouldNotContain(name => kept.Any(k => name.EndsWith(k, StringComparison.Ordinal)));
    }
}
