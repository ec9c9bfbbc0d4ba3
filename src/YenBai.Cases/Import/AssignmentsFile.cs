using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Privacy;
using YenBai.Cases.Records;
using YenBai.Cases.Sponsors;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Import;

/// <summary>
/// Which agency stands by which household since when, as agreed with the locality. What the list says is decided as if an officer
/// said it: without the household's consent, recorded before or told by the list with its day, nobody is assigned.
/// </summary>
internal sealed class AssignmentsFile(
    SourceFile file, PlaceCatalog places, StandardBook standards, DateOnly today, IReadOnlyDictionary<string, Sponsor> sponsors) : IHouseholdFile
{
    private readonly RowReader read = new(file, places, today);
    private readonly int sponsor = file.Column("sponsor_code"), since = file.Column("since"), from = file.Column("from_sponsor"), consent = file.Column("consent_on");

    public int KeyColumn { get; } = file.Column("household_code");

    public HouseholdChange Decide(HouseholdGroup group, Household before, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        var household = before;
        var (taken, unchanged) = (0, 0);
        foreach (var row in group.Rows)
        {
            read.MoveTo(row);
            if (read.Text(KeyColumn) is null && group.Code.Length == 0) read.Refuse(KeyColumn, "missing");
            else if (!before.Exists) read.Refuse(KeyColumn, "unknown_household");
            var code = read.Needed(sponsor, "sponsor_code", Sponsor.LongestCode);
            var (on, agreed, handedOver) = (read.Day(since, needed: true, "since"), read.Day(consent), read.Text(from, Sponsor.LongestCode));
            if (read.Problems.Count == 0 && Told(household, code, on!.Value)) unchanged++;
            else if (read.Problems.Count == 0)
            {
                if (agreed is { } day && !household.StateAt(on!.Value, now).Consents.ContainsKey(ConsentScope.SponsorSharing))
                    household = Take(household, new GiveConsent(day, ConsentScope.SponsorSharing, ConsentForm.Written, null), now);
                if (read.Problems.Count == 0) household = Take(household, new AssignSponsor(on!.Value, code, handedOver), now);
                taken++;
            }
            problems.AddRange(read.Problems);
        }
        return problems.Count > 0
            ? HouseholdChange.Refused(before, problems)
            : new HouseholdChange(before, [.. household.Facts.Skip(before.Facts.Count).Select(f => f.Event)], null, [], taken, unchanged, 0, []);
    }

    /// <summary>Whether the same stands there already, whoever told it.</summary>
    private static bool Told(Household household, string sponsor, DateOnly on) =>
        household.Visible(DateTimeOffset.MaxValue).Any(f => f.Event is SponsorAssigned a && a.Sponsor == sponsor && a.On == on);

    private Household Take(Household household, HouseholdCommand command, DateTimeOffset now)
    {
        var decision = command.Decide(household, new Occasion(Guid.Empty, now, places, standards) { Sponsor = command.SponsorCode is { } code ? sponsors.GetValueOrDefault(code) : null });
        if (decision.Refusal is { } refusal) read.Refuse(refusal.Field is "from" ? from : refusal.Field is "on" ? since : sponsor, refusal.Code, refusal.Data);
        var version = household.Version;
        return household.With(decision.Events.Select(e => new Fact(++version, Guid.Empty, e, null)));
    }
}
