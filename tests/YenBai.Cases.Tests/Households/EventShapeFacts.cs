using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using YenBai.Cases.Households;
using YenBai.Cases.Ledger;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Tests.Households;

/// <summary>
/// Names and shapes of stored events are a promise for ever. Beside this file stands the JSON of every event as it is
/// stored; a shape that must change gets a file of its own beside the old one, and both are read.
/// </summary>
public sealed class EventShapeFacts
{
    private static readonly DateOnly On = new(2023, 12, 15);
    private static readonly DateTimeOffset Recorded = new(2023, 12, 20, 8, 30, 15, 123, 456, TimeSpan.FromHours(7));
    private static readonly Guid A = new("0f8fad5b-d9cb-469f-a165-70867728950e"), B = new("7c9e6679-7425-40de-944b-e07fc1f90ae7");
    private static readonly Coarse Then = new(Sex.Female, true, false, 2);
    private static readonly RegisterRow Row = new("17", 42, "00000000deadbeef");
    private const string Unit = AHousehold.MauA, Standard = "2022-2025";

    /// <summary>One of each, with everything that it can say.</summary>
    private static readonly HouseholdEvent[] Examples =
    [
        new HouseholdRegistered(On, Recorded, "YB-0001", Unit, "Hồng Phong", A, 5, Area.Urban) { Then = Then, Row = Row },
        new HouseholdTakenOver(On, Recorded, Unit, Standard, TakenOverHistory.SurvivorsOnly) { Then = Then, Row = Row },
        new HouseholdSplitFrom(On, Recorded, Unit, Standard, A, "YB-0001", ListStatus.Poor) { Then = Then, Row = Row },
        new MembersJoined(On, Recorded, 2, 1, MemberChange.Birth) { Row = Row },
        new MembersLeft(On, Recorded, 2, 1, MemberChange.Split, A) { Row = Row },
        new HeadChanged(On, Recorded, A, Sex.Male, MemberChange.Death) { Row = Row },
        new MovedWithin(On, Recorded, Unit, AHousehold.YenNinh, "Tổ 3") { Then = Then, Row = Row },
        new Assessed(On, Recorded, Standard, "B1", Area.Rural, 120.5m, 30m, ["health_insurance", "water"], ["no_land"], ["loan"]) { Row = Row, Answers = new Dictionary<string, string> { ["a1"] = "2", ["b3"] = "yes" } },
        new ClassDecided(On, Recorded, Standard, PovertyClass.NearPoor, "12/QĐ-UBND") { Row = Row, Signatory = Signatory.Chairman },
        new ListedPoor(On, Recorded, Unit, Standard, EntryCause.StandardChange) { Then = Then, Row = Row },
        new ExitRequested(On, Recorded, A) { Row = Row, WitnessId = B, HelpId = A, ScoresSaid = PovertyClass.Poor },
        new ExitRequestWithdrawn(On, Recorded, A) { Row = Row },
        new Exited(On, Recorded, Unit, Standard, PovertyClass.NotPoor, true, "loan+training") { Then = Then, Row = Row, ScoresSaid = PovertyClass.Poor },
        new ExitConfirmed(On, Recorded, Unit, Standard) { Then = Then, Row = Row },
        new ReEntered(On, Recorded, Unit, Standard, EntryCause.Deterioration) { Then = Then, Row = Row },
        new LoanGranted(On, Recorded, A, 50_000_000m, 36, "NHCSXH", B) { Row = Row },
        new TrainingJoined(On, Recorded, A, "Chăn nuôi thú y", "Trường CĐ nghề") { Row = Row },
        new TrainingCompleted(On, Recorded, A, "Sơ cấp") { Row = Row },
        new LivestockSupported(On, Recorded, A, Livestock.Buffalo, 1, 18_000_000m) { Row = Row },
        new ServiceProvided(On, Recorded, A, BasicService.WaterSanitation, new(2024, 12, 31)) { Row = Row },
        new MeetingHeld(On, Recorded, Standard, PovertyClass.Poor, 40, 31, "03/BB") { Row = Row },
        new JobPlaced(On, Recorded, A, JobKind.OtherProvince) { Row = Row },
        new LivestockChanged(On, Recorded, A, LivestockChange.Sold, 2, 9_000_000m) { Row = Row },
        new LivestockPassedOn(On, Recorded, A, 1, B, "YB-0002") { Row = Row },
        new LoanStatusReported(On, Recorded, A, 30_000_000m, 1_500_000m, 45) { Row = Row },
        new SupportAsked(On, Recorded, "livestock") { Row = Row },
        new SupportRefused(On, Recorded, "livestock", RefusalGround.NoFunds, A) { Row = Row },
        new SupportAgreed(
            On, Recorded, A, "livestock", 20_000_000m, [new(FundingSource.State, 15_000_000m), new(FundingSource.OwnShare, 5_000_000m)], new(2024, 1, 1), new(2025, 12, 31), "UBND-01", B,
            [new(B, "build_shelter", A, "mau-a-01", new(2024, 3, 31), Evidence.Photo, AfterMiss.Suspend)]) { Row = Row },
        new SupportSuspended(On, Recorded, A, B) { Row = Row },
        new SupportResumed(On, Recorded, A) { Row = Row },
        new SupportExtended(On, Recorded, A, 90, B) { Row = Row },
        new SupportEnded(On, Recorded, A, SupportOutcome.EndedEarly, B) { Row = Row },
        new EvidenceHandedIn(On, Recorded, A, B, [A, B], A) { Row = Row },
        new ConditionMet(On, Recorded, A, B, [A], B) { Row = Row },
        new ConditionMissed(On, Recorded, A, B, new(2023, 12, 14)) { Row = Row },
        new ConditionWaived(On, Recorded, A, B, A) { Row = Row },
        new ConditionReassigned(On, Recorded, A, B, "mau-a-02") { Row = Row },
        new SponsorAssigned(On, Recorded, "UBND-01", "UBND-02") { Row = Row },
        new SponsorReleased(On, Recorded, "UBND-01", A) { Row = Row },
        new PledgeMade(On, Recorded, A, "UBND-01", "housing", 25_000_000m, new(2024, 6, 30), B) { Row = Row },
        new PledgeDelivered(On, Recorded, A, 24_000_000m) { Row = Row },
        new PledgeVerified(On, Recorded, A, B) { Row = Row },
        new HouseholdPlanSet(On, Recorded, [new("no_land", "livestock", "mau-a-01", new(2024, 6, 30), A)]) { Row = Row },
        new WorkerAssigned(On, Recorded, "mau-a-01") { Row = Row },
        new GroupJoined(On, Recorded, GroupKind.SavingsAndCredit, "TK-07") { Row = Row },
        new GroupLeft(On, Recorded, GroupKind.Production, "SX-02") { Row = Row },
        new ShockReported(On, Recorded, ShockKind.LivestockDisease, A) { Row = Row },
        new Commended(On, Recorded, CommendedBy.Province, "45/QĐ-UBND", A) { Row = Row },
        new ComplaintLodged(On, Recorded, A, ComplaintAbout.Class, B) { Row = Row },
        new ComplaintAnswered(On, Recorded, A, true, B) { Row = Row },
        new VisitPlanned(On, Recorded, new(2023, 12, 22), "mau-a-01", VisitPurpose.Condition) { Row = Row },
        new VisitRecorded(On, Recorded, A) { Row = Row },
        new VisitSuggestionDeclined(On, Recorded, DeclineGround.DoesNotWant, A) { Row = Row },
        new MovedOut(On, Recorded, Unit, Standard) { Then = Then, Row = Row },
        new Dissolved(On, Recorded, Unit, Standard) { Then = Then, Row = Row },
        new MergedInto(On, Recorded, Unit, Standard, A, "YB-0002") { Then = Then, Row = Row },
        new FactAnnulled(On, Recorded, 7, A) { Row = Row },
        new ImportWithdrawn(On, Recorded, "0197f0") { Row = Row },
        new ConsentGiven(On, Recorded, ConsentScope.SponsorSharing, ConsentForm.VerbalWitnessed, A) { Row = Row },
        new ConsentWithdrawn(On, Recorded, ConsentScope.Publicity) { Row = Row },
        new ProcessingRestricted(On, Recorded, A) { Row = Row },
        new RestrictionUpheld(On, Recorded, A) { Row = Row },
        new RestrictionLifted(On, Recorded, A) { Row = Row },
        new PersonCorrected(On, Recorded, A) { Row = Row },
        new PersonalDataErased(On, Recorded, [A, B]) { Row = Row },
    ];

    public static TheoryData<string> Names => [.. Facts.All.Select(e => e.Name)];

    /// <summary>Every shape that an event ever had, the oldest first; the last one is how it is written today.</summary>
    private static IEnumerable<string> ShapesOf(string name) =>
        Enumerable.Range(1, 9).Select(i => Path.Combine(Shapes, i == 1 ? $"{name}.json" : $"{name}.{i}.json")).TakeWhile(File.Exists).Select(File.ReadAllText);

    private static string Shapes => Path.Combine(AppContext.BaseDirectory, "Households", "Shapes");

    /// <summary>A record does not compare lists.</summary>
    private static bool HasLists(HouseholdEvent e) =>
        e.GetType().GetProperties().Any(p => p.PropertyType != typeof(string) && p.PropertyType.IsAssignableTo(typeof(System.Collections.IEnumerable)));

    [Theory, MemberData(nameof(Names))]
    public void An_event_is_stored_as_it_always_was_and_read_back_equal(string name)
    {
        var type = Facts.All.Single(e => e.Name == name).Type;
        var example = Examples.Single(e => e.GetType() == type);

        var approved = JsonNode.Parse(ShapesOf(name).Last());
        var written = JsonSerializer.SerializeToNode(example, type, Json.Options);
        JsonNode.DeepEquals(written, approved).ShouldBeTrue($"{name} is now stored as {written}");

        var read = (HouseholdEvent)approved.Deserialize(type, Json.Options)!;
        JsonNode.DeepEquals(JsonSerializer.SerializeToNode(read, type, Json.Options), approved).ShouldBeTrue();
        if (!HasLists(example)) read.ShouldBe(example);
    }

    [Theory, MemberData(nameof(Names))]
    public void Whatever_shape_an_event_once_had_is_still_read_without_loss(string name)
    {
        var type = Facts.Named(name).Type;
        foreach (var shape in ShapesOf(name))
        {
            var read = JsonSerializer.Deserialize(shape, type, Json.Options);
            var again = JsonSerializer.SerializeToNode(read, type, Json.Options);
            JsonNode.DeepEquals(again, JsonNode.Parse(shape)).ShouldBeTrue($"{shape} is read as {again}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_fact_of_a_case_is_read_back_equal(string name)
    {
        var e = Examples.Single(e => Facts.NameOf(e) == name);
        var fact = new Fact(3, A, e, "0197f0");

        var read = JsonSerializer.Deserialize<Fact>(JsonSerializer.Serialize(fact, Json.Options), Json.Options)!;

        (read.Version, read.Id, read.Import).ShouldBe((3, A, "0197f0"));
        JsonNode.DeepEquals(JsonSerializer.SerializeToNode(read, Json.Options), JsonSerializer.SerializeToNode(fact, Json.Options)).ShouldBeTrue();
        if (!HasLists(e)) read.ShouldBe(fact);
    }

    [Fact]
    public void Every_stored_shape_belongs_to_an_event() =>
        Directory.GetFiles(Shapes).Select(f => Path.GetFileName(f).Split('.')[0]).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(Facts.All.Select(e => e.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_event_has_one_name_and_no_two_share_one()
    {
        var types = typeof(HouseholdEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(HouseholdEvent)) && !t.IsAbstract);

        Facts.All.Select(e => e.Type).ShouldBe(types, ignoreOrder: true);
        Facts.All.Select(e => e.Name).ShouldBeUnique();
        Examples.Select(e => e.GetType()).ShouldBe(Facts.All.Select(e => e.Type));
    }

    [Fact]
    public void Which_event_is_which_fact_of_the_list()
    {
        Facts.All.Where(e => e.Fact is not null).ToDictionary(e => e.Name, e => e.Fact!.Value).ShouldBe(
            new Dictionary<string, FactKind>
            {
                ["household_taken_over"] = FactKind.TakeOver,
                ["household_split_from"] = FactKind.Split,
                ["moved_within"] = FactKind.Transfer,
                ["listed_poor"] = FactKind.Enter,
                ["exited"] = FactKind.Exit,
                ["exit_confirmed"] = FactKind.Confirm,
                ["re_entered"] = FactKind.Enter,
                ["moved_out"] = FactKind.MoveOut,
                ["dissolved"] = FactKind.Dissolve,
                ["merged_into"] = FactKind.Dissolve,
                ["fact_annulled"] = FactKind.Void,
                ["import_withdrawn"] = FactKind.Withdraw,
            }, ignoreOrder: true);
        Facts.All.Where(e => e.Type.IsSubclassOf(typeof(ListEvent))).ShouldAllBe(e => e.Fact != null);
    }

    [Fact]
    public void A_fact_of_the_list_reaches_the_ledger_with_all_that_it_says()
    {
        var rows = Examples.Select((e, i) => ListFact.Of(A, 1000 + i, new Fact(i + 1, B, e, "0197f0"))).OfType<ListFact>().ToList();

        rows.Count.ShouldBe(Facts.All.Count(e => e.Fact is not null));
        rows.ShouldAllBe(r => r.Household == A && r.Sequence == 999 + r.Version && r.On == On && r.Recorded == Recorded && r.RowSeq == 42 && r.Import == "0197f0");
        Of(FactKind.Exit).ShouldBe(new ListFact(
            A, 13, 1012, On, Recorded, 42, FactKind.Exit, Unit, Standard, PovertyClass.NotPoor, null, true, "loan+training", null, "0197f0", null, Sex.Female, true, false, 2));
        rows.Where(r => r.Kind == FactKind.Enter).Select(r => (r.Class, r.Cause)).ShouldBe([(PovertyClass.Poor, EntryCause.StandardChange), (PovertyClass.Poor, EntryCause.Deterioration)]);
        Of(FactKind.TakeOver).History.ShouldBe(TakenOverHistory.SurvivorsOnly);
        Of(FactKind.Void).Reference.ShouldBe(7);
        Of(FactKind.Split).Class.ShouldBe(PovertyClass.Poor);

        ListFact Of(FactKind kind) => rows.Single(r => r.Kind == kind);
    }

    [Fact]
    public void No_event_holds_personal_data()
    {
        string[] personal = ["Name", "Phone", "IdNumber", "Address", "Note", "Wording", "BirthYear", "Ethnicity"];

        var found = from e in Facts.All
                    from p in e.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    where personal.Any(word => p.Name.EndsWith(word, StringComparison.Ordinal))
                    select $"{e.Name}.{p.Name}";
        found.ShouldBeEmpty();
    }
}
