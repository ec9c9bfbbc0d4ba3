using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Tests.Households;

/// <summary>A household in a state that has a name. A test starts from one, gives a command, and reads what it came to.</summary>
internal sealed record AHousehold(Household Folded)
{
    public const string Code = "YB-0001", OldStandard = "2016-2020", NewStandard = "2022-2025";
    public const string MauA = "04375@2020-02-01", YenNinh = "04252@2020-02-01", VanYen = "136@2020-02-01";
    public static readonly DateTimeOffset Now = new(2024, 6, 15, 9, 30, 0, TimeSpan.FromHours(7));
    public static readonly DateOnly Today = new(2024, 6, 15);
    public static readonly Guid Key = new("11111111-2222-3333-4444-555555555555"), Training = new("aaaaaaaa-0000-0000-0000-000000000001");
    public static readonly Coarse AWomanAndTwoChildren = new(Sex.Female, false, true, 2);

    public static AHousehold Unknown => new(Household.Nobody(Ids.Household(Code)));

    /// <summary>Registered on 5 January 2020 in Mậu A with five members; on no list.</summary>
    public static AHousehold Registered => Unknown.Told(
        new HouseholdRegistered(On(2020, 1, 5), Learnt(2020, 1, 5), Code, MauA, "Hồng Phong", Ids.Named(Ids.Household(Code), "head"), 5, Area.Urban) { Then = AWomanAndTwoChildren });

    /// <summary>On the list since 1 January 2022.</summary>
    public static AHousehold Poor => Registered.Told(Enters(2022, 1, 1));

    /// <summary>On the list since 2022, off it since 15 December 2023.</summary>
    public static AHousehold ThatExited => Poor.Told(Exits(2023, 12, 15));

    /// <summary>Off the list since 2023, on it again since 1 March 2024.</summary>
    public static AHousehold ThatReEntered => ThatExited.Told(new ReEntered(On(2024, 3, 1), Learnt(2024, 3, 1), MauA, NewStandard, EntryCause.Deterioration));

    /// <summary>Poor; asked on 2 May 2024 to be taken off the list.</summary>
    public static AHousehold ThatAskedToExit => Poor.Told(new ExitRequested(On(2024, 5, 2), Learnt(2024, 5, 2), null));

    /// <summary>Poor; moved out of the province on 10 May 2024.</summary>
    public static AHousehold ThatMovedOut => Poor.Told(new MovedOut(On(2024, 5, 10), Learnt(2024, 5, 10), MauA, null));

    /// <summary>Poor; joined a course on 1 April 2024.</summary>
    public static AHousehold WithAnOpenTraining => Poor.Told(new TrainingJoined(On(2024, 4, 1), Learnt(2024, 4, 1), Training, "Chăn nuôi thú y", null));

    public static DateOnly On(int year, int month, int day) => new(year, month, day);

    public static DateTimeOffset Learnt(int year, int month, int day) => Days.StartOf(new(year, month, day));

    public static ListedPoor Enters(int year, int month, int day, EntryCause cause = EntryCause.Unknown, string? standard = NewStandard) =>
        new(On(year, month, day), Learnt(year, month, day), MauA, standard, cause);

    public static Exited Exits(int year, int month, int day, PovertyClass? to = PovertyClass.NotPoor, string? standard = NewStandard) =>
        new(On(year, month, day), Learnt(year, month, day), MauA, standard, to, false, "none");

    public static ExitConfirmed Confirms(int year, int month, int day) => new(On(year, month, day), Learnt(year, month, day), MauA, NewStandard);

    public AHousehold Told(params HouseholdEvent[] events) => ToldBy(null, events);

    public AHousehold ToldBy(string? import, params HouseholdEvent[] events)
    {
        var version = Folded.Version;
        return new(Folded.With(events.Select(e => new Fact(++version, Ids.Named(Folded.Id, $"fact {version}"), e, import))));
    }

    /// <summary>The id of the newest fact.</summary>
    public Guid NewestFact => Folded.Facts[^1].Id;

    public HouseholdState Latest => Folded.Latest();

    public HouseholdState At(int year, int month, int day) => Folded.StateAt(On(year, month, day), DateTimeOffset.MaxValue);

    public Outcome When(HouseholdCommand command, Household? other = null) =>
        new(this, command.Decide(Folded, new Occasion(Key, Now, PlaceCatalog.Default, StandardBook.Shipped, other)));
}

/// <summary>What a command came to.</summary>
internal sealed record Outcome(AHousehold Given, Decision Decision)
{
    /// <summary>Accepted, with exactly these events.</summary>
    public Outcome Tells(params HouseholdEvent[] events)
    {
        Decision.Refusal.ShouldBeNull();
        Decision.Events.ShouldBe(events);
        return this;
    }

    /// <summary>Accepted, with just one event of this type.</summary>
    public T TellsOne<T>() where T : HouseholdEvent
    {
        Decision.Refusal.ShouldBeNull();
        return Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<T>();
    }

    public Outcome Keeps(params object[] records)
    {
        Decision.Records.ShouldBe(records);
        return this;
    }

    public Outcome Warns(params string[] codes)
    {
        Decision.Warnings.ShouldBe(codes);
        return this;
    }

    public void IsRefused(string code, string? field = null)
    {
        Decision.Refusal.ShouldNotBeNull();
        (Decision.Refusal.Code, Decision.Refusal.Field).ShouldBe((code, field));
        Decision.Events.ShouldBeEmpty();
        Decision.Records.ShouldBeEmpty();
        Decision.Started.ShouldBeNull();
        Decision.Warnings.ShouldBeEmpty();
    }

    /// <summary>The household with what was told.</summary>
    public AHousehold Then => Given.Told([.. Decision.Events]);
}
