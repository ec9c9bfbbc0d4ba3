using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Import;

/// <summary>
/// A register: one row a household as it stands on a day. A household that is new here is taken over with what it was;
/// of a known one only personal data are brought up to date, and a difference in class is reported.
/// </summary>
internal sealed class RegisterFile(SourceFile file, PlaceCatalog places, DateOnly on, DateOnly today) : IHouseholdFile
{
    /// <summary>Each row names the lines that claim its code; named in full they would grow with the square of the rows.</summary>
    private const int MostLinesNamed = 10;

    /// <summary>How many households of one identity number are named with each other.</summary>
    private const int MostOfANumber = 5;

    private readonly RowReader read = new(file, places, today);
    private readonly int commune = file.Column("commune_code"), hamlet = file.Column("hamlet"), headName = file.Column("head_name"), headSex = file.Column("head_sex"),
        headBirthYear = file.Column("head_birth_year"), headIdNumber = file.Column("head_id_number"), phone = file.Column("phone"), ethnicity = file.Column("ethnicity"),
        members = file.Column("members"), under16 = file.Column("under_16"), merit = file.Column("merit_member"), area = file.Column("area"), @class = file.Column("class"),
        standard = file.Column("standard"), since = file.Column("since"), scoreA = file.Column("score_a"), scoreB = file.Column("score_b"),
        deprivations = file.Column("deprivations"), causes = file.Column("causes"), needs = file.Column("needs"), relation = file.Column("relation");

    /// <summary>The households of each identity number in this file.</summary>
    private readonly Dictionary<ulong, List<string>> numbers = [];

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
        var rows = group.Rows;
        if (relation >= 0 && group.Code.Length > 0 && rows.Count > 1)
        {
            // A list with a row a person says which of them heads the household; the others are its members.
            rows = [.. rows.Where(r => r.Values[relation] is { } text && VietnameseText.Fold(text) is "chu ho" or "head")];
            if (rows.Count != 1) return HouseholdChange.Refused(before, [.. group.Rows.Select(r => new Problem(r.Line, file.Header[relation], r.Values[relation], "one_head_needed", []))]);
        }
        else if (rows.Count > 1 && group.Code.Length > 0)
        {
            object?[] lines = [Lines(rows)];
            foreach (var twice in rows) problems.Add(new(twice.Line, "household_code", group.Code, "household_claimed_twice", lines));
        }

        HouseholdChange? change = null;
        foreach (var row in rows)
        {
            read.MoveTo(row);
            if (read.Text(KeyColumn, RegisterHousehold.LongestCode) is null && group.Code.Length == 0) read.Refuse(KeyColumn, "missing");
            change = Row(group, row, before, people, now);
            problems.AddRange(read.Problems);
        }
        if (problems.Count > 0) return HouseholdChange.Refused(before, problems);
        var others = group.Rows.Count - rows.Count;
        return change!.Taken > 0 ? change with { Taken = change.Taken + others } : change with { Unchanged = change.Unchanged + others };
    }

    private static string Lines(List<SourceRow> rows) =>
        string.Join(", ", rows.Take(MostLinesNamed).Select(r => r.Line)) + (rows.Count > MostLinesNamed ? $"… ({rows.Count})" : "");

    private HouseholdChange Row(HouseholdGroup group, SourceRow row, Household before, KnownPeople known, DateTimeOffset now)
    {
        var remarks = new List<Problem>();
        var unit = read.Place(commune, on);
        if (unit is null && read.Problems.Count == 0) read.Refuse("commune_code", null, "missing");
        var judged = read.Choice(@class, Choices.Classes, needed: true, "class");
        var under = read.Standard(standard, historic: true) ?? PovertyStandards.InForce(on).Code;
        var from = read.Day(since);
        if (from > on) read.Refuse(since, "after_the_register", on);
        var place = read.Text(hamlet);
        var people = (int?)read.Whole(members, 0, 99) ?? (group.Rows.Count > 1 ? group.Rows.Count : null);
        var children = (int?)read.Whole(under16, 0, people ?? 99);
        var zone = read.Choice(area, Choices.Areas);
        var (a, b) = (read.Decimal(scoreA, 0, 1000), read.Decimal(scoreB, 0, 200));
        var (lacking, why, wanted) = (read.List(deprivations), read.List(causes), read.List(needs));
        var sex = read.Choice(headSex, Choices.Sexes);
        var ethnic = EthnicityOf(row, remarks);
        var coarse = new Coarse(sex, read.YesNo(merit), Ethnicity.IsMinority(ethnic), children);
        var id = before.Id;
        var name = TypedPerson.NameOf(read.Text(headName));
        var (born, number, call) = (read.Year(headBirthYear, 1900, on.Year), NumberOf(row, remarks), PhoneOf(row, remarks));
        // A row without a name keeps what it says of the head.
        var head = name is null && number is null && call is null && born is null ? null : new Person(KnownPeople.FirstHeadId(id), id, name, sex, born, number, call, ethnic) { Recorded = now, ListedOn = on };
        if (read.Problems.Count > 0) return HouseholdChange.Refused(before, []);

        if (number is not null) remarks.AddRange(AlsoHeadOf(row, number, group.Code, id, known));
        var said = new RegisterEntry(judged!.Value, under, from, unit!, place, people, zone, coarse, a, b, lacking, why, wanted);
        return before.Latest().Known ? Known(row, before, said, head, known, now, remarks) : TakenOver(group.Code, row, before, said, head, known, remarks);
    }

    /// <summary>A household that is new here, or of which all that is stored was withdrawn.</summary>
    private HouseholdChange TakenOver(string code, SourceRow row, Household before, RegisterEntry said, Person? head, KnownPeople known, List<Problem> remarks)
    {
        var learnt = Days.StartOf(on);
        var first = said.Since is { } f && f < on ? f : on;
        List<HouseholdEvent> events =
        [
            new HouseholdRegistered(first, learnt, before.Exists ? before.Code : code, said.Unit.Id, said.Hamlet, head?.Id, said.Members, said.Area) { Then = said.Coarse },
            new HouseholdTakenOver(on, learnt, said.Unit.Id, said.Standard, TakenOverHistory.SurvivorsOnly) { Then = said.Coarse },
        ];
        if (said.IsAssessed) events.Add(new Assessed(on, learnt, said.Standard, null, said.Area, said.ScoreA, said.ScoreB, said.Deprivations, said.Causes, said.Needs));
        events.Add(said.Class == PovertyClass.Poor
            ? new ListedPoor(first, learnt, said.Unit.Id, said.Standard, EntryCause.Unknown) { Then = said.Coarse }
            : new ClassDecided(first, learnt, said.Standard, said.Class, null));
        if (!before.Exists) return new HouseholdChange(before, events, head, [], 1, 0, 0, remarks);

        var decided = head is null ? default : HeadOf(row, before, head, known, mayChange: false);
        remarks.AddRange(decided.Remarks ?? []);
        return new HouseholdChange(before, events, null, [], 1, 0, 0, remarks) { Correction = decided.Correction, Records = head is null || known.HeadOf(before) is not null ? [] : [head] };
    }

    private HeadDecision HeadOf(SourceRow row, Household before, Person head, KnownPeople known, bool mayChange)
    {
        var at = headName >= 0 && row.Values[headName] is not null ? headName : headIdNumber >= 0 ? headIdNumber : KeyColumn;
        return HeadDecision.Of(before, known, head, on, mayChange, (reason, data) => new(row.Line, file.Header[at], head.Name, reason, data));
    }

    private string? EthnicityOf(SourceRow row, List<Problem> remarks)
    {
        if (read.Text(ethnicity, 60) is not { } text) return null;
        if (Ethnicity.IsUnknown(text)) remarks.Add(Remark(row, ethnicity, "ethnicity_unknown"));
        return Ethnicity.Kept(text);
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
        if (reading is IdentityReading.ZeroRestored or IdentityReading.None) remarks.Add(Remark(row, phone, number is null ? "phone_none" : "zero_restored", number));
        return number;
    }

    /// <summary>One identity number heads several households: of this file, or on record.</summary>
    private IEnumerable<Problem> AlsoHeadOf(SourceRow row, string number, string code, Guid id, KnownPeople known)
    {
        // Those of this file also in a run that has stored them already: a dry run says the same.
        var others = new Dictionary<string, string>();
        foreach (var one in known.OthersWith(number, id)) others.TryAdd(HouseholdCode.Key(one), one);
        var mine = HouseholdCode.Key(code);
        if (!numbers.TryGetValue(Fnv.Of(number), out var here)) numbers[Fnv.Of(number)] = here = [];
        foreach (var one in here) others.TryAdd(HouseholdCode.Key(one), one);
        others.Remove(mine);
        if (here.Count < MostOfANumber && !here.Exists(one => HouseholdCode.Key(one) == mine)) here.Add(code);
        foreach (var other in others.OrderBy(o => o.Key, StringComparer.Ordinal).Take(MostOfANumber)) yield return Remark(row, headIdNumber, "same_id_number", code, other.Value);
    }

    private Problem Remark(SourceRow row, int column, string reason, params object?[] data) => new(row.Line, file.Header[column], SourceFile.Shown(row.Values[column] ?? ""), reason, data);

    private HouseholdChange Known(SourceRow row, Household before, RegisterEntry said, Person? head, KnownPeople known, DateTimeOffset now, List<Problem> remarks)
    {
        var then = before.StateAt(on, DateTimeOffset.MaxValue);
        remarks.AddRange(RegisterDifferences.Of(said, then, places).Select(d => Remark(row, file.Position(d.Column) is >= 0 and var at ? at : KeyColumn, d.Reason, d.Data)));

        List<HouseholdEvent> events = [];
        Person? another = null;
        HeadCorrection? correction = null;
        if (head is not null)
        {
            var decided = HeadOf(row, before, head, known, mayChange: then.Known && then.Status != ListStatus.Gone);
            correction = decided.Correction;
            remarks.AddRange(decided.Remarks ?? []);
            if (decided.IsAnother)
            {
                // Nothing is inherited: the record says what the list says.
                another = head with { Id = Ids.Named(before.Id, $"head {on:yyyy-MM-dd} {VietnameseText.Fold(head.Name ?? "")}") };
                events.Add(new HeadChanged(on, now, another.Id, head.Sex, null));
            }
        }
        if (said.Members is { } counted && then.Known && counted != then.Members)
        {
            // Who died or left is no member any more.
            if (another is not null && then.Members is { } stand && counted < stand)
                events.Add(new MembersLeft(on, now, stand - counted, Math.Max(0, (then.Then.Under16 - said.Coarse.Under16) ?? 0), MemberChange.Other, null));
            else remarks.Add(Remark(row, members >= 0 ? members : KeyColumn, "members_differ", then.Members is { } n ? n.ToString(System.Globalization.CultureInfo.InvariantCulture) : "–"));
        }
        var taken = events.Count > 0 || correction is { IsReal: true } ? 1 : 0;
        return new HouseholdChange(before, events, null, [], taken, 1 - taken, 0, remarks) { Records = another is null ? [] : [another], Correction = correction };
    }
}
