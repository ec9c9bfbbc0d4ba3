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

    /// <summary>The first household of each identity number in this file.</summary>
    private readonly Dictionary<ulong, string> numbers = [];

    public int KeyColumn { get; } = file.Column("household_code");

    public bool NamesPeople => true;

    public IEnumerable<string> NumbersOf(HouseholdGroup group)
    {
        foreach (var row in group.Rows)
            if (headIdNumber >= 0 && row.Values[headIdNumber] is { } text && IdentityNumber.Read(text, out var number) is not IdentityReading.DigitsLost && number is not null) yield return number;
    }

    public HouseholdChange Decide(HouseholdGroup group, Household before, DateTimeOffset now) => Decide(group, before, KnownPeople.None, now);

    public HouseholdChange Decide(HouseholdGroup group, Household before, KnownPeople people, DateTimeOffset now)
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
            change = Row(group.Code, row, before, people, now);
            problems.AddRange(read.Problems);
        }
        return problems.Count > 0 ? HouseholdChange.Refused(before, problems) : change!;
    }

    private static string Lines(List<SourceRow> rows) =>
        string.Join(", ", rows.Take(MostLinesNamed).Select(r => r.Line)) + (rows.Count > MostLinesNamed ? $"… ({rows.Count})" : "");

    private HouseholdChange Row(string code, SourceRow row, Household before, KnownPeople known, DateTimeOffset now)
    {
        var remarks = new List<Problem>();
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
        var ethnic = EthnicityOf(row, remarks);
        var coarse = new Coarse(sex, read.YesNo(merit), Ethnicity.IsMinority(ethnic), children);
        var id = before.Id;
        var name = read.Text(headName) is { } written ? string.Join(' ', written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;
        var (born, number, call) = (read.Year(headBirthYear, 1900, on.Year), NumberOf(row, remarks), PhoneOf(row, remarks));
        // A row without a name keeps what it says of the head.
        var head = name is null && number is null && call is null && born is null ? null : new Person(Ids.Named(id, "head"), id, name, sex, born, number, call, ethnic) { Recorded = now, ListedOn = on };
        if (read.Problems.Count > 0) return HouseholdChange.Refused(before, []);

        if (number is not null) remarks.AddRange(AlsoHeadOf(row, number, code, id, known));
        if (before.Exists) return Known(row, before, judged!.Value, under, unit!, place, people, coarse, head, known, now, remarks);

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
        return new HouseholdChange(before, events, head, [], 1, 0, 0, remarks);
    }

    private string? EthnicityOf(SourceRow row, List<Problem> remarks)
    {
        if (read.Text(ethnicity, 60) is not { } text) return null;
        if (Ethnicity.IsUnknown(text))
        {
            remarks.Add(Remark(row, ethnicity, "ethnicity_unknown"));
            return null;
        }
        return text.All(char.IsAsciiDigit) && Ethnicity.IsMinority(text) == false ? "Kinh" : text;
    }

    private string? NumberOf(SourceRow row, List<Problem> remarks)
    {
        if (read.Text(headIdNumber, 40) is not { } text) return null;
        switch (IdentityNumber.Read(text, out var number))
        {
            case IdentityReading.DigitsLost:
                read.Refuse(headIdNumber, "digits_lost");
                break;
            case IdentityReading.ZeroRestored:
                remarks.Add(Remark(row, headIdNumber, "zero_restored", number));
                break;
            case IdentityReading.Unusual or IdentityReading.None:
                remarks.Add(Remark(row, headIdNumber, number is null ? "id_number_none" : "id_number_unusual"));
                break;
        }
        return number;
    }

    private string? PhoneOf(SourceRow row, List<Problem> remarks)
    {
        if (read.Text(phone, 40) is not { } text) return null;
        var reading = IdentityNumber.ReadPhone(text, out var number);
        if (reading == IdentityReading.DigitsLost) read.Refuse(phone, "digits_lost");
        if (reading == IdentityReading.ZeroRestored) remarks.Add(Remark(row, phone, "zero_restored", number));
        return number;
    }

    /// <summary>One identity number heads several households: of this file, or on record.</summary>
    private IEnumerable<Problem> AlsoHeadOf(SourceRow row, string number, string code, Guid id, KnownPeople known)
    {
        var others = known.OthersWith(number, id).ToHashSet();
        if (!numbers.TryAdd(Fnv.Of(number), code) && HouseholdCode.Key(numbers[Fnv.Of(number)]) != HouseholdCode.Key(code)) others.Add(numbers[Fnv.Of(number)]);
        foreach (var other in others) yield return Remark(row, headIdNumber, "same_id_number", code, other);
    }

    private Problem Remark(SourceRow row, int column, string reason, params object?[] data) => new(row.Line, file.Header[column], SourceFile.Shown(row.Values[column] ?? ""), reason, data);

    private HouseholdChange Known(
        SourceRow row, Household before, PovertyClass judged, string under, Unit unit, string? place, int? people, Coarse coarse, Person? head, KnownPeople known,
        DateTimeOffset now, List<Problem> remarks)
    {
        var then = before.StateAt(on, DateTimeOffset.MaxValue);
        if (then.Classes.TryGetValue(under, out var stored) ? stored.Class != judged : then.Known)
            remarks.Add(new(row.Line, file.Header[@class], row.Values[@class], "class_differs", [stored is null ? "–" : Choices.Classes.First(c => c.Value == stored.Class).Key, under]));
        if (then.Known && unit.Id != then.Unit && !places.IsWithin(then.Unit, unit.Id)) remarks.Add(Remark(row, commune, "commune_differs", then.Unit.Split('@')[0]));
        if (place is not null && then.Hamlet is { } hamletThen && VietnameseText.Fold(place) != VietnameseText.Fold(hamletThen)) remarks.Add(Remark(row, hamlet, "hamlet_differs", hamletThen));

        List<HouseholdEvent> events = [];
        Person? another = null;
        HeadCorrection? correction = null;
        if (head is not null)
        {
            var at = headName >= 0 ? headName : headIdNumber >= 0 ? headIdNumber : KeyColumn;
            var decided = HeadDecision.Of(before, known.HeadOf(before), head, on, row.Line, file.Header[at], head.Name);
            correction = decided.Correction;
            remarks.AddRange(decided.Remarks ?? []);
            if (decided.IsAnother && then.Known && then.Status != ListStatus.Gone)
            {
                // Nothing is inherited: the record says what the list says.
                another = head with { Id = Ids.Named(before.Id, $"head {on:yyyy-MM-dd} {VietnameseText.Fold(head.Name ?? "")}") };
                events.Add(new HeadChanged(on, now, another.Id, head.Sex, null));
            }
        }
        if (people is { } counted && then.Members is { } stand && counted != stand)
        {
            // Who died or left is no member any more.
            if (another is not null && counted < stand)
                events.Add(new MembersLeft(on, now, stand - counted, Math.Max(0, (then.Then.Under16 - coarse.Under16) ?? 0), MemberChange.Other, null));
            else remarks.Add(Remark(row, members, "members_differ", stand));
        }
        var taken = events.Count > 0 || correction is { IsReal: true } ? 1 : 0;
        return new HouseholdChange(before, events, null, [], taken, 1 - taken, 0, remarks) { Records = another is null ? [] : [another], Correction = correction };
    }
}
