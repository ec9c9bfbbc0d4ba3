using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Demonstration;

// Who stands by it, and what it asks for. Its own dice, so that the rest of the story is told as without.
internal sealed partial class HouseholdWriter
{
    /// <summary>Plan 19-KH/TU: 51 agencies stand by 1,072 households.</summary>
    public const int Agencies = 51, SponsoredAtFullScale = 1072;
    private const int Sponsoring = 2021, Handing = 2023;

    private static readonly string[] Gifts = ["livestock", "housing", "production_means", "water_sanitation", "education"];
    private static readonly string[] Wanted = ["livestock", "production_means", "housing", "vocational_training", "vbsp_loan_poor", "water_sanitation", "job_placement"];

    /// <summary>Made up, and named so that nobody takes them for real ones.</summary>
    public static IEnumerable<Sponsor> MadeUpAgencies() => Enumerable.Range(1, Agencies).Select(n => new Sponsor(
        AgencyOf(n - 1), $"{Kinds[n % Kinds.Length].Name} minh hoạ số {n}", Kinds[n % Kinds.Length].Kind, "Văn phòng (dữ liệu minh hoạ)"));

    private static readonly (string Name, SponsorKind Kind)[] Kinds =
        [("Sở", SponsorKind.Agency), ("Ban", SponsorKind.Agency), ("Công ty", SponsorKind.Enterprise), ("Hội", SponsorKind.Union), ("Trường", SponsorKind.School), ("Đơn vị bộ đội", SponsorKind.ArmedForces)];

    private static string AgencyOf(int n) => $"DEMO-DV-{n + 1:D2}";

    /// <summary>The households that are sponsored, each with its agency: of those poor when the plan begins, so many as the plan names, in proportion.</summary>
    private Dictionary<int, int> Sponsored => field ??= Enumerable.Range(0, calibration.Households)
        .Where(h => plan.Opening(h, Sponsoring) == Standing.Poor && plan.At(h, Sponsoring) is not Standing.Gone)
        .OrderBy(h => Dice.Mix(seed, h, Purpose.Sponsor)).Take((int)Math.Round((double)SponsoredAtFullScale * calibration.Households / Calibration.FullScale))
        .Select((h, i) => (h, Agency: i % Agencies)).ToDictionary(x => x.h, x => x.Agency);

    private void Sponsor(Story story, int h, int year)
    {
        if (year < Sponsoring || !Sponsored.TryGetValue(h, out var agency) || story.Status == ListStatus.Gone) return;
        var dice = Dice.For(seed, h, Purpose.Sponsor, year);
        if (year == Sponsoring)
        {
            var agreed = new DateOnly(year, 3, dice.Between(5, 28));
            story.Tell(new ConsentGiven(agreed, Noon(agreed), ConsentScope.SponsorSharing, ConsentForm.Written, null));
            var since = new DateOnly(year, 4, dice.Between(1, 28));
            story.Tell(new SponsorAssigned(since, Noon(since), AgencyOf(agency), null));
        }
        if (year == Handing && agency % 10 == 0)
        {
            var day = new DateOnly(year, 1, 15);
            story.Tell(new SponsorAssigned(day, Noon(day), AgencyOf((agency + 1) % Agencies), AgencyOf(agency)));
        }
        if (year > 2025 || !dice.Chance(700)) return;
        var sponsor = AgencyOf(year >= Handing && agency % 10 == 0 ? (agency + 1) % Agencies : agency);
        var (made, id) = (new DateOnly(year, 5, dice.Between(1, 28)), Ids.Named(story.Id, $"pledge-{year}"));
        var amount = dice.Between(2, 20) * 1_000_000m;
        story.Tell(new PledgeMade(made, Noon(made), id, sponsor, dice.Of(Gifts), amount, new DateOnly(year, 9, 30), null));
        if (!dice.Chance(850)) return;
        var delivered = new DateOnly(year, dice.Between(6, 9), dice.Between(1, 28));
        story.Tell(new PledgeDelivered(delivered, Noon(delivered), id, dice.Chance(900) ? amount : amount / 2));
        if (!dice.Chance(850)) return;
        var verified = delivered.AddDays(dice.Between(5, 40));
        story.Tell(new PledgeVerified(verified, Noon(verified), id, null));
    }

    /// <summary>In the last two years some of the poor ask; a part of them was told no, others got what they asked for or wait.</summary>
    private void Ask(Story story, int h, int year)
    {
        if (year < Calibration.LastYear - 1 || plan.Opening(h, year) != Standing.Poor || story.Status == ListStatus.Gone) return;
        var dice = Dice.For(seed, h, Purpose.Wish, year);
        if (!dice.Chance(300)) return;
        var (asked, instrument) = (new DateOnly(year, dice.Between(1, 9), dice.Between(1, 28)), dice.Of(Wanted));
        story.Tell(new SupportAsked(asked, Noon(asked), instrument));
        if (!dice.Chance(150)) return;
        var refused = asked.AddDays(dice.Between(10, 60));
        story.Tell(new SupportRefused(refused, Noon(refused), instrument, dice.Chance(700) ? RefusalGround.NoFunds : RefusalGround.AlreadyReceived, null));
    }

    private static DateTimeOffset Noon(DateOnly day) => new(day.ToDateTime(new TimeOnly(5, 0)), TimeSpan.Zero);
}
