using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;
using YenBai.Cases.Tests.Households;
using static YenBai.Cases.Tests.Households.AHousehold;

namespace YenBai.Cases.Tests.Support;

/// <summary>
/// A poor household with a buffalo agreed on 10 January 2024, from 15 January to 14 January 2025: a shelter by 31 March
/// (a photograph), vaccination by 30 June (a note), a report by 31 December (nothing to show).
/// </summary>
internal static class AnAgreement
{
    public static readonly Guid Id = new("bbbbbbbb-0000-0000-0000-000000000001");
    public static readonly Guid Shelter = new("bbbbbbbb-0000-0000-0000-000000000011"), Vaccination = new("bbbbbbbb-0000-0000-0000-000000000012"), Report = new("bbbbbbbb-0000-0000-0000-000000000013");
    public static readonly Guid Photo = new("cccccccc-0000-0000-0000-000000000001");

    public static readonly SupportAgreed Terms = new(
        On(2024, 1, 10), Learnt(2024, 1, 10), Id, "livestock", 20_000_000, [new(FundingSource.State, 20_000_000)], On(2024, 1, 15), On(2025, 1, 14), null, null,
        [
            new(Shelter, "build_shelter", null, "mau-a-01", On(2024, 3, 31), Evidence.Photo, AfterMiss.Suspend),
            new(Vaccination, "vaccinate", null, null, On(2024, 6, 30), Evidence.Note, AfterMiss.Remind),
            new(Report, "report_progress", null, null, On(2024, 12, 31), Evidence.None, AfterMiss.Remind),
        ]);

    public static AHousehold WithABuffalo => Poor.Told(Terms);

    public static Agreement TheAgreement(this AHousehold household) => household.Latest.Agreements[Id];

    public static ConditionState StateOf(this AHousehold household, Guid condition) =>
        household.TheAgreement() is var a ? a.StateOf(a.Find(condition)!) : throw new InvalidOperationException();

    public static DateOnly DueOf(this AHousehold household, Guid condition, DateOnly on) => household.TheAgreement().DueOn(household.TheAgreement().Find(condition)!, on);

    /// <summary>A command given on a day, about that day or an earlier one.</summary>
    public static Outcome OnDay(this AHousehold household, DateOnly day, HouseholdCommand command, params Guid[] attachments) =>
        new(household, command.Decide(household.Folded, new Occasion(Ids.Named(Key, day.ToString("O") + household.Folded.Version), Noon(day), PlaceCatalog.Default, StandardBook.Shipped) { Attachments = attachments }));

    public static AHousehold After(this AHousehold household, DateOnly day, HouseholdCommand command, params Guid[] attachments)
    {
        var outcome = household.OnDay(day, command, attachments);
        outcome.Decision.Refusal.ShouldBeNull();
        return outcome.Then;
    }

    /// <summary>The clock is asked on a day, and what it tells is told.</summary>
    public static AHousehold Struck(this AHousehold household, DateOnly day) => household.Told([.. Clock.Strike(household.Folded, day, Noon(day))]);

    public static IReadOnlyList<HouseholdEvent> Strikes(this AHousehold household, DateOnly day) => Clock.Strike(household.Folded, day, Noon(day));

    public static DateTimeOffset Noon(DateOnly day) => Days.StartOf(day).AddHours(12);
}
