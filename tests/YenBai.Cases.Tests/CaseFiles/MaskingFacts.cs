using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;

namespace YenBai.Cases.Tests.CaseFiles;

/// <summary>What is taken out of a case file for those who may not learn whose it is.</summary>
public sealed class MaskingFacts
{
    /// <summary>Text that an evaluator may read: places down to the commune, and codes of standards and forms.</summary>
    private static readonly string[] Open = ["unit", "from", "standard", "form", "support", "deprivations", "causes", "needs", "import", "instrument", "kind", "cause"];

    private static readonly Pseudonymizer Pseudonyms = new(RandomNumberGenerator.GetBytes(16));

    public static TheoryData<string> Events => [.. Facts.All.Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Events))]
    public void No_text_or_id_of_an_event_is_left_that_could_tell_whose_it_is(string name)
    {
        var type = Facts.Named(name).Type;
        var e = (HouseholdEvent)Filled(type) with { Row = new RegisterRow("ROW", 1, "DIGEST") };
        var secrets = Texts(JsonSerializer.SerializeToNode(e, type, Json.Options)!).Where(t => !Open.Contains(t.Property)).Select(t => t.Text).Where(t => t.StartsWith("SECRET") || Guid.TryParse(t, out _)).ToList();

        var masked = Masking.DeIdentified(e, Pseudonyms);

        var left = JsonSerializer.Serialize(masked, type, Json.Options);
        secrets.Where(left.Contains).ShouldBeEmpty();
        masked.Row.ShouldBeNull();
        (masked.On, masked.Recorded).ShouldBe((e.On, e.Recorded));
    }

    [Fact]
    public void A_masked_file_has_no_name_code_hamlet_or_writer_and_the_same_history()
    {
        var id = Ids.Household("H1");
        var facts = new[]
        {
            new Fact(1, Guid.NewGuid(), new HouseholdRegistered(new(2022, 1, 1), DateTimeOffset.UnixEpoch, "H1", "04375@2020-02-01", "Hồng Phong", Guid.NewGuid(), 4, null), "i1"),
            new Fact(2, Guid.NewGuid(), new ListedPoor(new(2022, 2, 1), DateTimeOffset.UnixEpoch, "04375@2020-02-01", "2022-2025", EntryCause.Deterioration), null),
            new Fact(3, Guid.NewGuid(), new ImportWithdrawn(new(2022, 3, 1), DateTimeOffset.UnixEpoch, "i2"), null),
        };
        var household = new Household(id, "H1", facts) { Version = 3 };

        var file = ReleasedMasking.Of(household, Pseudonyms, PlaceCatalog.Default);

        var text = file.Pack()!;
        new[] { "H1", "Hồng Phong", "04375", id.ToString() }.Concat(facts.Select(f => f.Id.ToString())).Where(text.Contains).ShouldBeEmpty();
        (file.Address, file.Sight, file.Household.Latest().Status, file.Household.Latest().Members).ShouldBe((Pseudonyms.Of(id), Sight.DeIdentified, ListStatus.Poor, 4));
    }

    [Fact]
    public void An_evaluator_reads_how_each_agreement_went_and_no_two_are_mistaken_for_one()
    {
        var (id, one, two, done, open) = (Ids.Household("H1"), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        ConditionTerms Asked(Guid condition) => new(condition, "vaccinate", null, "mcc-01", new(2022, 6, 1), Evidence.Note, AfterMiss.Remind);
        SupportAgreed Agreed(Guid support, params ConditionTerms[] conditions) => new(new(2022, 2, 1), DateTimeOffset.UnixEpoch, support, "livestock", 0, [], new(2022, 2, 1), new(2023, 2, 1), null, null, conditions);
        HouseholdEvent[] events =
        [
            new HouseholdRegistered(new(2022, 1, 1), DateTimeOffset.UnixEpoch, "H1", "04375@2020-02-01", null, null, 4, null), Agreed(one, Asked(done), Asked(open)), Agreed(two),
            new ConditionMet(new(2022, 5, 1), DateTimeOffset.UnixEpoch, one, done, [], null), new SupportSuspended(new(2022, 5, 2), DateTimeOffset.UnixEpoch, two, null),
        ];
        var household = new Household(id, "H1", [.. events.Select((e, i) => new Fact(i + 1, Guid.NewGuid(), e, null))]) { Version = events.Length };

        var state = ReleasedMasking.Of(household, Pseudonyms, PlaceCatalog.Default).Household.Latest();

        state.Supports.Count.ShouldBe(2);
        state.Agreements.Values.Select(a => a.StateOn(new(2022, 5, 3))).ShouldBe([SupportState.Active, SupportState.Suspended]);
        var agreement = state.Agreements.Values.First();
        agreement.Conditions.Select(agreement.StateOf).ShouldBe([ConditionState.Met, ConditionState.Due]);
        new[] { one, two, done, open }.ShouldAllBe(secret => agreement.Id != secret && agreement.Conditions.All(c => c.Id != secret));
    }

    [Fact]
    public void A_sponsor_reads_who_and_what_was_given_and_no_debts_scores_notes_or_numbers()
    {
        var head = new Person(Guid.NewGuid(), Ids.Household("H1"), "Lò Thị Mai", Sex.Female, 1980, "015180000001", "0912000001", "Thái");
        var facts = new[]
        {
            new Fact(1, Guid.NewGuid(), new HouseholdRegistered(new(2022, 1, 1), DateTimeOffset.UnixEpoch, "H1", "04375@2020-02-01", "Hồng Phong", head.Id, 4, null), null),
            new Fact(2, Guid.NewGuid(), new LoanGranted(new(2022, 2, 1), DateTimeOffset.UnixEpoch, Guid.NewGuid(), 50_000_000, 36, "Ngân hàng", null), null),
            new Fact(3, Guid.NewGuid(), new Assessed(new(2022, 2, 2), DateTimeOffset.UnixEpoch, "2022-2025", null, null, 120, 30, [], [], []), null),
            new Fact(4, Guid.NewGuid(), new LivestockSupported(new(2022, 2, 3), DateTimeOffset.UnixEpoch, Guid.NewGuid(), Livestock.Pig, 2, null), null),
        };
        var note = Guid.NewGuid();

        var file = Masking.ForSponsor(new CaseFile("H1", Sight.Sponsor, new Household(head.HouseholdId, "H1", facts), new Dictionary<int, Writing> { [1] = new("mcc-01", default) },
            new Dictionary<Guid, string> { [note] = "đau ốm" }, new Dictionary<Guid, Person> { [head.Id] = head with { Superseded = [head] } }));

        var text = file.Pack()!;
        text.ShouldContain("Lò Thị Mai");
        new[] { "015180000001", "0912000001", "1980", "Thái", "đau ốm", "mcc-01", "50000000", "Ngân hàng", "assessed" }.Where(text.Contains).ShouldBeEmpty();
        file.Household.Latest().Supports.ShouldHaveSingleItem().Instrument.ShouldBe("livestock");
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void A_released_event_has_months_districts_and_no_origin(string name)
    {
        var type = Facts.Named(name).Type;
        var e = Masking.DeIdentified((HouseholdEvent)Filled(type), Pseudonyms);
        e = e switch
        {
            HouseholdRegistered x => x with { Unit = Commune, Then = new(Sex.Female, true, true, 2) },
            ListEvent x => x with { Unit = Commune, Then = new(Sex.Female, true, true, 2) },
            _ => e,
        };

        var released = ReleasedMasking.Coarsened(e with { On = new(2022, 5, 17), Recorded = new(2022, 6, 3, 14, 20, 11, TimeSpan.Zero) }, PlaceCatalog.Default);

        (released.On, released.Recorded).ShouldBe((new(2022, 5, 1), YenBai.Cases.Kernel.Days.StartOf(new(2022, 6, 1))));
        var text = JsonSerializer.Serialize(released, type, Json.Options);
        (text.Contains("ethnicMinority"), text.Contains(Commune), text.Contains("2022-05-17"), text.Contains("14:20")).ShouldBe((false, false, false, false));
        if (e is ListEvent) text.ShouldContain("136@2020-02-01");
    }

    [Fact]
    public void What_is_released_is_numbered_as_it_happened_and_an_annulment_still_finds_its_fact()
    {
        var at = DateTimeOffset.UnixEpoch;
        Fact[] facts =
        [
            new Fact(1, Guid.NewGuid(), new HouseholdRegistered(new(2022, 3, 5), at, "H1", Commune, null, null, 4, null), null),
            new Fact(2, Guid.NewGuid(), new VisitRecorded(new(2024, 1, 9), at, null), null),
            new Fact(3, Guid.NewGuid(), new LoanGranted(new(2023, 7, 4), at, Guid.NewGuid(), 43_217_000, 36, "Ngân hàng", null), null),
            new Fact(4, Guid.NewGuid(), new FactAnnulled(new(2024, 2, 1), at, 2, null), null),
        ];
        var household = new Household(Ids.Household("H1"), "H1", facts) { Version = 4 };

        var file = ReleasedMasking.Of(household, Pseudonyms, PlaceCatalog.Default);

        file.Household.Facts.Select(f => (f.Version, f.Event.GetType().Name, f.Event.On)).ShouldBe(
            [(1, nameof(HouseholdRegistered), new(2022, 3, 1)), (2, nameof(LoanGranted), new(2023, 7, 1)), (3, nameof(VisitRecorded), new(2024, 1, 1)), (4, nameof(FactAnnulled), new(2024, 2, 1))]);
        ((FactAnnulled)file.Household.Facts[3].Event).Fact.ShouldBe(3);
        ((LoanGranted)file.Household.Facts[1].Event).Amount.ShouldBe(44_000_000);
        (file.Household.Version, file.Household.Latest().LastVisit).ShouldBe((0, null));
    }

    private const string Commune = "04375@2020-02-01";

    private static object Filled(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var filled = constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p.ParameterType, p.Name!))]);
        foreach (var p in type.GetProperties().Where(p => p.CanWrite && p.DeclaringType == type && p.GetValue(filled) is null && Value(p.PropertyType, p.Name) is not null))
            p.SetValue(filled, Value(p.PropertyType, p.Name));
        return filled;
    }

    private static object? Value(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? $"SECRET {name}"
            : type == typeof(Guid) ? Guid.NewGuid()
            : type == typeof(DateOnly) ? new DateOnly(2022, 5, 1)
            : type == typeof(DateTimeOffset) ? DateTimeOffset.UnixEpoch.AddYears(52)
            : type == typeof(IReadOnlyList<string>) ? new[] { $"SECRET {name}" }
            : type == typeof(IReadOnlyList<Guid>) ? new[] { Guid.NewGuid() }
            : type == typeof(IReadOnlyDictionary<string, string>) ? new Dictionary<string, string> { ["item"] = $"SECRET {name}" }
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? ListOf(type.GenericTypeArguments[0])
            : type.IsEnum ? Enum.GetValues(type).GetValue(0)
            : type.IsValueType ? Activator.CreateInstance(type)
            : null;
    }

    private static Array ListOf(Type type)
    {
        var list = Array.CreateInstance(type, 1);
        list.SetValue(Filled(type), 0);
        return list;
    }

    private static IEnumerable<(string Property, string Text)> Texts(JsonNode node, string property = "") => node switch
    {
        JsonObject o => o.Where(p => p.Value is not null).SelectMany(p => Texts(p.Value!, p.Key)),
        JsonArray a => a.SelectMany(x => Texts(x!, property)),
        _ => [(property, node.ToString())],
    };
}
