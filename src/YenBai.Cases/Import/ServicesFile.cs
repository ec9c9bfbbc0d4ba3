using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;

namespace YenBai.Cases.Import;

/// <summary>Services that reached households: insurance cards, school fees, water and the like.</summary>
internal sealed class ServicesFile(SourceFile file, PlaceCatalog places, StandardBook standards, DateOnly today) : SupportFile(file, places, standards, today)
{
    private readonly int id = file.Column("event_id"), on = file.Column("on"), service = file.Column("service"), until = file.Column("until");

    protected override string IdColumn => "event_id";

    protected override IEnumerable<Told> ReadAll(IReadOnlyList<SourceRow> rows, Household before, List<Problem> problems)
    {
        List<Told> told = [];
        foreach (var row in rows)
        {
            Read.MoveTo(row);
            var key = Read.Needed(id, "event_id");
            var day = Read.Day(on, needed: true, "on");
            var which = Read.Choice(service, Choices.Services, needed: true, "service");
            var last = Read.Day(until, mayLieAhead: true);
            problems.AddRange(Read.Problems);
            if (Read.Problems.Count > 0) continue;
            var command = new ProvideService(day!.Value, which!.Value, last);
            told.Add(new([row], $"service:{key}", command.On, DigestOf(day, which, last), command.Decide));
        }
        return told;
    }

    protected override string ColumnOf(string field) => field;
}
