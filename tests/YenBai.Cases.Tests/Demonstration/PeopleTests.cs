using System.Text.Json;
using YenBai.Cases.Households;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Tests.Demonstration;

[Collection(SmallProvince.Shared)]
public sealed class PeopleTests(SmallProvince small)
{
    [Fact]
    public void Events_hold_no_personal_data()
    {
        foreach (var (made, _) in small.Households.Where((_, i) => i % 6 == 0))
        {
            var told = string.Join('\n', made.Events.Select(e => JsonSerializer.Serialize(e, e.GetType(), Kernel.Json.Options)));
            foreach (var secret in made.Records.SelectMany(Secrets))
                if (told.Contains(secret, StringComparison.Ordinal)) Assert.Fail($"{made.Code} tells {secret}");
        }
    }

    private static IEnumerable<string> Secrets(object record) => record switch
    {
        Person p => [p.Name!, p.IdNumber!, p.Phone!],
        Note n => [n.Text],
        _ => throw new InvalidOperationException(record.GetType().Name),
    };

    [Fact]
    public void Records_are_those_that_the_events_refer_to()
    {
        foreach (var (made, _) in small.Households)
        {
            var heads = made.Events.SelectMany(e => e switch { HouseholdRegistered r => [r.HeadId], HeadChanged c => [c.HeadId], _ => Array.Empty<Guid?>() });
            made.Records.OfType<Person>().Select(p => (Guid?)p.Id).Order().ShouldBe(heads.Order());
            var notes = made.Events.SelectMany(e => e switch
            {
                VisitRecorded v => [v.NoteId],
                FactAnnulled a => [a.ReasonId],
                ExitRequested r => [r.WordingId],
                ExitRequestWithdrawn w => [w.ReasonId],
                LoanGranted l => [l.PurposeId],
                _ => Array.Empty<Guid?>(),
            });
            made.Records.OfType<Note>().Select(n => (Guid?)n.Id).Order().ShouldBe(notes.Where(n => n is not null).Order());
        }
    }

    [Fact]
    public void Nobody_can_be_mistaken_for_somebody()
    {
        var people = small.Households.SelectMany(h => h.Made.Records).OfType<Person>().ToList();

        people.ShouldAllBe(p => p.IdNumber!.StartsWith("000") && p.IdNumber.Length == 12 && p.Phone!.StartsWith("0000") && p.Phone.Length == 10);
        people.ShouldAllBe(p => p.Name == p.Name!.Normalize() && p.Name.Split(' ').Length == 3);
        small.Households.SelectMany(h => h.Made.Records).OfType<Note>().ShouldAllBe(n => n.Text.StartsWith("[Minh họa] "));
    }

    [Fact]
    public void The_peoples_live_where_they_live()
    {
        Share("137", "H'Mông").ShouldBeGreaterThan(0.85);
        Share("139", "H'Mông").ShouldBeGreaterThan(0.7);
        Share("133", "Thái").ShouldBeGreaterThan(0.5);
        Share("135", "Tày").ShouldBeGreaterThan(0.4);
        Share("136", "Dao").ShouldBeGreaterThan(0.3);
        Share("132", "Kinh").ShouldBeGreaterThan(0.6);

        double Share(string district, string people)
        {
            var heads = small.Households.Where(h => h.Made.Code.StartsWith($"DEMO-{district}-")).Select(h => h.Made.Records.OfType<Person>().First()).ToList();
            return (double)heads.Count(p => p.Ethnicity == people) / heads.Count;
        }
    }

    [Fact]
    public void Whether_it_is_of_a_minority_follows_from_the_people() =>
        small.Households.ShouldAllBe(h =>
            ((HouseholdRegistered)h.Made.Events[0]).Then!.EthnicMinority == Ethnicity.IsMinority(h.Made.Records.OfType<Person>().First().Ethnicity));
}
