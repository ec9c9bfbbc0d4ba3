using YenBai.Cases.Calendar;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Standards;

namespace YenBai.Cases.Import;

/// <summary>
/// A register: one row a household as it stands on a day. A household that is new here is taken over with what it was;
/// of a known one only personal data are brought up to date, and a difference in class is reported.
/// </summary>
internal sealed class RegisterFile(SourceFile file, PlaceCatalog places, DateOnly on, DateOnly today) : IHouseholdFile
{
    /// <summary>Each row names the lines that claim its code; named in full they would grow with the square of the rows.</summary>
    private const int MostLinesNamed = 10;

    private readonly RowReader read = new(file, places, today);
    private readonly int commune = file.Column("commune_code"), hamlet = file.Column("hamlet"), headName = file.Column("head_name"), headSex = file.Column("head_sex"),
        headBirthYear = file.Column("head_birth_year"), headIdNumber = file.Column("head_id_number"), phone = file.Column("phone"), ethnicity = file.Column("ethnicity"),
        members = file.Column("members"), under16 = file.Column("under_16"), merit = file.Column("merit_member"), area = file.Column("area"), @class = file.Column("class"),
        standard = file.Column("standard"), since = file.Column("since"), scoreA = file.Column("score_a"), scoreB = file.Column("score_b"),
        deprivations = file.Column("deprivations"), causes = file.Column("causes"), needs = file.Column("needs");

    public int KeyColumn { get; } = file.Column("household_code");

    public HouseholdChange Decide(HouseholdGroup group, Household before, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        if (group.Rows.Count > 1 && group.Code.Length > 0)
        {
            object?[] lines = [Lines(group.Rows)];
            foreach (var twice in group.Rows) problems.Add(new(twice.Line, "household_code", group.Code, "household_claimed_twice", lines));
        }

        HouseholdChange? change = null;
        foreach (var row in group.Rows)
        {
            read.MoveTo(row);
            if (read.Text(KeyColumn, RegisterHousehold.LongestCode) is null && group.Code.Length == 0) read.Refuse(KeyColumn, "missing");
            change = Row(group.Code, row, before, now);
            problems.AddRange(read.Problems);
        }
        return problems.Count > 0 ? HouseholdChange.Refused(before, problems) : change!;
    }

    private static string Lines(List<SourceRow> rows) =>
        string.Join(", ", rows.Take(MostLinesNamed).Select(r => r.Line)) + (rows.Count > MostLinesNamed ? $"… ({rows.Count})" : "");

    private HouseholdChange Row(string code, SourceRow row, Household before, DateTimeOffset now)
    {
        var unit = read.Place(commune, on);
        if (unit is null && read.Problems.Count == 0) read.Refuse("commune_code", null, "missing");
        var judged = read.Choice(@class, Choices.Classes, needed: true, "class");
        var under = read.Standard(standard) ?? PovertyStandards.InForce(on).Code;
        var from = read.Day(since);
        if (from > on) read.Refuse(since, "after_the_register", on);
        var place = read.Text(hamlet);
        var people = (int?)read.Whole(members, 0, 99);
        var children = (int?)read.Whole(under16, 0, people ?? 99);
        var zone = read.Choice(area, Choices.Areas);
        var (a, b) = (read.Decimal(scoreA, 0, 1000), read.Decimal(scoreB, 0, 200));
        var (lacking, why, wanted) = (read.List(deprivations), read.List(causes), read.List(needs));
        var sex = read.Choice(headSex, Choices.Sexes);
        var people16 = read.Text(ethnicity, 60);
        var coarse = new Coarse(sex, read.YesNo(merit), RegisterHousehold.MinorityOf(people16), children);
        var id = Ids.Household(code);
        var name = read.Text(headName);
        var head = name is null ? null : new Person(Ids.Named(id, "head"), id, name, sex,
            read.Year(headBirthYear, 1900, on.Year), read.Text(headIdNumber, 40), read.Text(phone, 40), people16)
        { Recorded = now };
        if (read.Problems.Count > 0) return HouseholdChange.Refused(before, []);

        if (before.Exists) return Known(row, before, judged!.Value, under, head);

        var learnt = Days.StartOf(on);
        var first = from is { } f && f < on ? f : on;
        List<HouseholdEvent> events =
        [
            new HouseholdRegistered(first, learnt, code, unit!.Id, place, head?.Id, people, zone) { Then = coarse },
            new HouseholdTakenOver(on, learnt, unit.Id, under, TakenOverHistory.SurvivorsOnly) { Then = coarse },
        ];
        if (a is not null || b is not null || lacking.Count + why.Count + wanted.Count > 0)
            events.Add(new Assessed(on, learnt, under, null, zone, a, b, lacking, why, wanted));
        events.Add(judged == PovertyClass.Poor
            ? new ListedPoor(first, learnt, unit.Id, under, EntryCause.Unknown) { Then = coarse }
            : new ClassDecided(first, learnt, under, judged!.Value, null));
        return new HouseholdChange(before, events, head, [], 1, 0, 0, []);
    }

    private HouseholdChange Known(SourceRow row, Household before, PovertyClass judged, string under, Person? head)
    {
        var then = before.StateAt(on, DateTimeOffset.MaxValue);
        var remarks = new List<Problem>();
        if (then.Classes.TryGetValue(under, out var stored) ? stored.Class != judged : then.Known)
            remarks.Add(new(row.Line, "class", row.Values[@class], "class_differs", [stored is null ? "–" : Choices.Classes.First(c => c.Value == stored.Class).Key, under]));
        if (head is not null && before.HeadIsErased())
        {
            remarks.Add(new(row.Line, "head_name", null, "erased_stays", []));
            head = null;
        }
        return new HouseholdChange(before, [], head, [], 0, 1, 0, remarks);
    }
}
