using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Needs;
using YenBai.Cases.Places;

namespace YenBai.Cases.Tests.Privacy;

/// <summary>What events say in words of their own is not read any more once personal data were erased.</summary>
public sealed class ErasedTextFacts
{
    private const string Name = "Lò Thị Mai";

    private static readonly DateTimeOffset Then = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2024, 1, 1);

    private static readonly HouseholdEvent[] Telling =
    [
        new ClassDecided(Day, Then, "2022-2025", PovertyClass.Poor, Name),
        new MeetingHeld(Day, Then, "2022-2025", PovertyClass.Poor, 10, 9, Name),
        new Commended(Day, Then, default, Name, null),
        new LoanGranted(Day, Then, Guid.NewGuid(), 1, null, Name, null),
        new TrainingJoined(Day, Then, Guid.NewGuid(), Name, Name),
        new TrainingCompleted(Day, Then, Guid.NewGuid(), Name),
        new GroupJoined(Day, Then, default, Name),
        new GroupLeft(Day, Then, default, Name),
        new WorkerAssigned(Day, Then, Name),
        new WorkerAssigned(Day, Then, "Mai"),
        new ConditionReassigned(Day, Then, Guid.NewGuid(), Guid.NewGuid(), Name),
        new VisitPlanned(Day, Then, Day, Name, default),
        new SupportAgreed(Day, Then, Guid.NewGuid(), "livestock", 1, [], Day, Day, null, null, [new(Guid.NewGuid(), "other", null, Name, Day, default, default)]),
        new HouseholdPlanSet(Day, Then, [new(null, null, Name, Day, null)]),
    ];

    private static Household With(params HouseholdEvent[] events) =>
        Household.Nobody(Guid.NewGuid()).With([new Fact(1, Guid.Empty, new HouseholdRegistered(Day, Then, "H", "04375@2020-02-01", null, null, 4, null), null), .. events.Select((e, i) => new Fact(i + 2, Guid.Empty, e, null))]);

    private static string Json(Household household) => System.Text.Json.JsonSerializer.Serialize(household.Facts, Kernel.Json.Options);

    public static TheoryData<int> Each => [.. Enumerable.Range(0, Telling.Length)];

    [Theory]
    [MemberData(nameof(Each))]
    public void After_an_erasure_the_text_of_an_event_is_read_by_nobody(int which)
    {
        var before = With(Telling[which]);
        Json(before).ShouldContain("Mai");

        var after = before.With(new Fact(3, Guid.Empty, new PersonalDataErased(Day, Then.AddDays(1), []), null));

        Json(after).ShouldNotContain("Mai");
        Json(before.With([new Fact(3, Guid.Empty, new PersonalDataErased(Day, Then.AddDays(1), []), null)])).ShouldNotContain("Mai");
    }

    /// <summary>A case that was stored before, or an event type that is new: what has text has been thought of.</summary>
    [Fact]
    public void Every_text_of_every_event_is_a_code_or_goes_with_an_erasure()
    {
        string[] codes =
        [
            "Code", "Unit", "From", "Hamlet", "Standard", "Form", "ParentCode", "ToCode", "IntoCode", "Instrument", "Import", "Support", "Sponsor", "Id", "Digest", "Kind", "Cause",
        ];
        var texts = Facts.All.SelectMany(e => e.Type.GetProperties().Where(p => p.PropertyType == typeof(string)).Select(p => (e.Type, p.Name))).Where(p => !codes.Contains(p.Name));

        texts.Except(Telling.SelectMany(e => e.GetType().GetProperties().Where(p => p.PropertyType == typeof(string)).Select(p => (e.GetType(), p.Name)))).ShouldBeEmpty();
    }

    [Fact]
    public void A_staff_code_stays_and_the_household_keeps_its_worker()
    {
        var after = With(new WorkerAssigned(Day, Then, "cb-yb.01"), new PersonalDataErased(Day, Then.AddDays(1), []));

        after.Latest().Worker.ShouldBe("cb-yb.01");
        With(new WorkerAssigned(Day, Then, Name), new PersonalDataErased(Day, Then.AddDays(1), [])).Latest().Worker.ShouldBeNull();
    }

    [Fact]
    public void What_was_entered_after_the_erasure_stays()
    {
        var household = With(new PersonalDataErased(Day, Then, []), new LoanGranted(Day, Then.AddDays(1), Guid.NewGuid(), 1, null, Name, null));

        Json(household).ShouldContain("Mai");
        // An erasure that is replayed in a restored store comes after it and is older.
        Json(household.With(new Fact(4, Guid.Empty, new PersonalDataErased(Day, Then, []), null))).ShouldContain("Mai");
    }

    [Fact]
    public void A_name_is_no_staff_code_and_is_refused_where_one_is_asked_for()
    {
        var household = With(new ListedPoor(Day, Then, "04375@2020-02-01", "2022-2025", EntryCause.Unknown));
        var occasion = new Occasion(Guid.NewGuid(), Then.AddDays(10), PlaceCatalog.Default, YenBai.Cases.Standards.StandardBook.Shipped) { Staff = ["cb01"] };

        new AssignWorker(Day, Name).Decide(household, occasion).Refusal.ShouldBe(new Refusal("unknown_staff", "worker"));
        new AssignWorker(Day, "cb01").Decide(household, occasion).Events.ShouldHaveSingleItem();
        new SetPlan(Day, [new(null, "x", null, "cb01", Day), new(null, "x", null, Name, Day)]).Decide(household, occasion).Refusal.ShouldBe(new Refusal("unknown_staff", "steps[1].owner"));
        new YenBai.Cases.Visits.PlanVisit(Day, Day, Name, null).Decide(household, occasion).Refusal.ShouldBe(new Refusal("unknown_staff", "owner"));
    }

    [Fact]
    public void A_household_is_open_to_sponsors_while_it_consents_is_there_and_is_sponsored()
    {
        var shared = With(new ConsentGiven(Day, Then, ConsentScope.SponsorSharing, default, null), new SponsorAssigned(Day, Then, "DV-01", null));
        Subjects.AreOpenToSponsors(shared).ShouldBeTrue();

        HouseholdEvent[] ends = [new ConsentWithdrawn(Day, Then, ConsentScope.SponsorSharing), new ProcessingRestricted(Day, Then, null), new MovedOut(Day, Then, "04375@2020-02-01", null), new Dissolved(Day, Then, "04375@2020-02-01", null), new SponsorReleased(Day, Then, "DV-01", null)];
        foreach (var end in ends) Subjects.AreOpenToSponsors(shared.With(new Fact(4, Guid.Empty, end, null))).ShouldBeFalse(end.GetType().Name);
    }
}
