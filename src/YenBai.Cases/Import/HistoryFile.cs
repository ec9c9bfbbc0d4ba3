using System.Globalization;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Import;

/// <summary>
/// A history: one row a fact, told by an older register. Never refused is an order of facts that the register really
/// has; a household is taken whole or not at all.
/// </summary>
internal sealed class HistoryFile(SourceFile file, PlaceCatalog places, DateOnly today) : IHouseholdFile
{
    private enum FactType { Enter, Exit, Confirm, MoveOut, Dissolve, Import, Void, Transfer }

    private static readonly Dictionary<string, FactType> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["enter"] = FactType.Enter,
        ["exit"] = FactType.Exit,
        ["confirm"] = FactType.Confirm,
        ["move_out"] = FactType.MoveOut,
        ["dissolve"] = FactType.Dissolve,
        ["import"] = FactType.Import,
        ["void"] = FactType.Void,
        ["transfer"] = FactType.Transfer,
    };

    private readonly record struct Row(
        int Line, string Id, long Seq, DateOnly Effective, DateOnly Recorded, FactType Type, Unit Unit, bool? Voluntary, string? Support, EntryCause Cause,
        TakenOverHistory History, string? Reference, string? Standard, string? Hamlet, PovertyClass? To, string Digest);

    private readonly RowReader read = new(file, places, today);
    private readonly int id = file.Column("event_id"), seq = file.Column("seq"), effective = file.Column("effective"), recorded = file.Column("recorded"),
        type = file.Column("type"), district = file.Column("district"), voluntary = file.Column("voluntary"), support = file.Column("support"),
        cause = file.Column("cause"), history = file.Column("history"), reference = file.Column("reference"), standard = file.Column("standard"),
        commune = file.Column("commune_code"), hamlet = file.Column("hamlet"), headName = file.Column("head_name"), headSex = file.Column("head_sex"),
        merit = file.Column("merit"), ethnicMinority = file.Column("ethnic_minority"), to = file.Column("to");

    public int KeyColumn { get; } = file.Column("household");

    public bool NamesPeople => headName >= 0;

    public HouseholdChange Decide(HouseholdGroup group, Household before, DateTimeOffset now) => Decide(group, before, KnownPeople.None, now);

    public HouseholdChange Decide(HouseholdGroup group, Household before, KnownPeople people, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        var rows = new List<Row>(group.Rows.Count);
        var coarse = before.Exists ? before.Latest().Then : Coarse.Unknown;
        string? name = null;
        foreach (var source in group.Rows)
        {
            read.MoveTo(source);
            if (read.Text(KeyColumn, RegisterHousehold.LongestCode) is null && group.Code.Length == 0) read.Refuse(KeyColumn, "missing");
            if (ReadRow(source) is { } row) rows.Add(row);
            name = read.Text(headName) ?? name;
            coarse = new(read.Choice(headSex, Choices.Sexes) ?? coarse.HeadSex, read.YesNo(merit) ?? coarse.Merit, read.YesNo(ethnicMinority) ?? coarse.EthnicMinority, coarse.Under16);
            problems.AddRange(read.Problems);
        }
        if (problems.Count == 0) CheckIdentity(rows, before, problems);
        if (problems.Count > 0) return HouseholdChange.Refused(before, problems);
        return Tell(group, rows, before, people, coarse, name, now);
    }

    private Row? ReadRow(SourceRow source)
    {
        var key = read.Needed(id, "event_id");
        var on = read.Day(effective, needed: true, "effective");
        var learnt = read.Day(recorded) ?? on;
        var kind = read.Choice(type, Types, needed: true, "type");
        var place = on is { } day ? Place(day) : null;
        var told = read.Whole(seq, 0, long.MaxValue / 2) ?? source.Line;
        var left = read.YesNo(voluntary);
        var mix = read.Text(support, 100);
        var why = read.Choice(cause, Choices.Causes) ?? EntryCause.Unknown;
        var kept = read.Choice(history, Choices.Histories) ?? TakenOverHistory.SurvivorsOnly;
        var target = read.Text(reference, 60);
        if (kind == FactType.Void && target is null) read.Refuse("reference", null, "missing");
        var judged = read.Standard(standard, historic: true);
        var where = read.Text(hamlet);
        var depth = read.Choice(to, Choices.Depths);
        if (read.Problems.Count > 0) return null;
        var row = new Row(source.Line, key, told, on!.Value, learnt!.Value, kind!.Value, place!, left, mix, why, kept, target, judged, where, depth, "");
        return row with { Digest = DigestOf(row) };
    }

    private Unit? Place(DateOnly on)
    {
        // A district named in a file means the district, also where a commune has its name.
        var wide = read.Place(district, on);
        if (commune >= 0 && read.Place(commune, on, Level.Commune, wide?.Id) is { } narrow) return narrow;
        if (wide is null && read.Problems.Count == 0) read.Refuse("district", null, "missing");
        return wide;
    }

    /// <summary>What the row says, however it is written, personal data left out: the same again is the same fact.</summary>
    private static string DigestOf(in Row row)
    {
        // An annulment is what it annuls; where and under which standard that was is not its own.
        var hash = Fnv.Add(Fnv.Start, row.Type == FactType.Void ? row.Reference : $"{row.Unit.Id}\n{row.Support}\n{row.Standard}");
        ReadOnlySpan<long> rest =
        [
            row.Seq, row.Effective.DayNumber, row.Recorded.DayNumber, (long)row.Type, row.Voluntary is { } v ? v ? 1 : 0 : -1, (long)row.Cause,
            row.Type == FactType.Import ? (long)row.History : -1, row.To is { } to ? (long)to : -1,
        ];
        foreach (var number in rest) hash = (hash ^ (ulong)number) * Fnv.Prime;
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private void CheckIdentity(List<Row> rows, Household before, List<Problem> problems)
    {
        var told = new Dictionary<string, Row>(rows.Count);
        foreach (var row in rows)
        {
            if (!told.TryAdd(row.Id, row) && told[row.Id].Digest != row.Digest)
                problems.Add(new(row.Line, "event_id", row.Id, "fact_differs_in_file", [told[row.Id].Line]));
        }
        Dictionary<string, HouseholdEvent>? known = null;
        foreach (var fact in Standing(before))
            if (fact.Event.Row is { } r && fact.Event is not MovedWithin) (known ??= [])[r.Id] = fact.Event;
            else if (fact.Event.Row is { } moved) (known ??= []).TryAdd(moved.Id, fact.Event);

        foreach (var row in rows)
        {
            if (known is not null && known.TryGetValue(row.Id, out var stored) && stored.Row!.Digest != row.Digest)
                problems.Add(new(row.Line, "event_id", row.Id, "fact_differs_from_stored", [stored.On]));
            if (row.Type != FactType.Void) continue;
            if (told.TryGetValue(row.Reference!, out var target))
            {
                if (target.Type == FactType.Void) problems.Add(new(row.Line, "reference", row.Reference, "void_of_void", []));
            }
            else if (known is not null && known.TryGetValue(row.Reference!, out var old))
            {
                if (old is FactAnnulled) problems.Add(new(row.Line, "reference", row.Reference, "void_of_void", []));
            }
            else
            {
                problems.Add(new(row.Line, "reference", row.Reference, "void_of_unknown", []));
            }
        }
    }

    /// <summary>The facts that no withdrawal of an import has taken back: what was withdrawn may be told again.</summary>
    internal static IEnumerable<Fact> Standing(Household household)
    {
        var withdrawn = household.Facts.Select(f => f.Event).OfType<ImportWithdrawn>().Select(w => w.Import).ToHashSet();
        return withdrawn.Count == 0 ? household.Facts : household.Facts.Where(f => f.Import is null || !withdrawn.Contains(f.Import));
    }

    private HouseholdChange Tell(HouseholdGroup group, List<Row> rows, Household before, KnownPeople people, Coarse coarse, string? name, DateTimeOffset now)
    {
        var told = Standing(before).Where(f => f.Event.Row is not null).GroupBy(f => f.Event.Row!.Id).ToDictionary(g => g.Key, g => g.Last().Version);
        var fresh = rows.DistinctBy(r => r.Id).Where(r => !told.ContainsKey(r.Id)).ToList();
        // In the order of telling (R3): an annulment after what it annuls, everything else by day and position.
        fresh.Sort((a, b) => (a.Type == FactType.Void).CompareTo(b.Type == FactType.Void) is not 0 and var last ? last
            : a.Effective.CompareTo(b.Effective) is not 0 and var day ? day : a.Seq.CompareTo(b.Seq));

        var id = before.Id;
        var on = rows.Max(r => r.Recorded);
        var head = name is null ? null : new Person(KnownPeople.FirstHeadId(id), id, name, coarse.HeadSex, null, null, null, null) { Recorded = now, ListedOn = on };
        // A history tells of its list; who heads the household is left as it is.
        var decided = head is not null && before.Exists
            ? HeadDecision.Of(before, people, head, on, mayChange: false, (reason, data) => new(group.Rows[0].Line, file.Header[headName], name, reason, data))
            : default;
        IReadOnlyList<Problem> remarks = decided.Remarks ?? [];
        var events = new List<HouseholdEvent>(fresh.Count + 1);
        var version = before.Version;
        var unit = "";
        var exited = false;
        var stands = before.Latest().Known;
        if (!stands && fresh.Count > 0)
        {
            var first = fresh[0];
            unit = first.Unit.Id;
            events.Add(new HouseholdRegistered(first.Effective, Days.StartOf(fresh.Min(r => r.Recorded)), before.Exists ? before.Code : group.Code, unit, first.Hamlet, head?.Id, null, null) { Then = coarse });
            version++;
        }

        var versions = new HashSet<int>();
        // The rows come by day, annulments last: one walk over what is known is enough.
        var walk = new StateWalk(before);
        MovedWithin? moved = null;
        foreach (var row in fresh)
        {
            var learnt = Days.StartOf(row.Recorded);
            var place = new RegisterRow(row.Id, row.Seq, row.Digest);
            var support = row.Support;
            if (stands && row.Type != FactType.Void)
            {
                var then = walk.To(row.Effective);
                unit = moved?.Unit ?? (then.Known ? then.Unit : row.Unit.Id);
                exited |= then.Exits > 0;
                // Of what was received here the register need not know.
                if (then.Known) support ??= then.SupportMix(row.Effective);
            }
            // A changed place without a transfer is one; a district that holds the known commune changes nothing.
            if (row.Type is not (FactType.Void or FactType.Transfer) && row.Unit.Id != unit && !PlaceCatalog.Default.IsWithin(unit, row.Unit.Id))
            {
                events.Add(moved = new MovedWithin(row.Effective, learnt, row.Unit.Id, unit, row.Hamlet) { Then = coarse, Row = place });
                (unit, version) = (row.Unit.Id, version + 1);
            }
            HouseholdEvent e = row.Type switch
            {
                FactType.Enter when exited && row.Cause is (EntryCause.Deterioration or EntryCause.Unknown)
                    => new ReEntered(row.Effective, learnt, unit, row.Standard, row.Cause) { Then = coarse, Row = place },
                FactType.Enter => new ListedPoor(row.Effective, learnt, unit, row.Standard, row.Cause) { Then = coarse, Row = place },
                FactType.Exit => new Exited(row.Effective, learnt, unit, row.Standard, row.To, row.Voluntary, support) { Then = coarse, Row = place },
                FactType.Confirm => new ExitConfirmed(row.Effective, learnt, unit, row.Standard) { Then = coarse, Row = place },
                FactType.MoveOut => new MovedOut(row.Effective, learnt, unit, row.Standard) { Then = coarse, Row = place },
                FactType.Dissolve => new Dissolved(row.Effective, learnt, unit, row.Standard) { Then = coarse, Row = place },
                FactType.Import => new HouseholdTakenOver(row.Effective, learnt, unit, row.Standard, row.History) { Then = coarse, Row = place },
                FactType.Transfer => new MovedWithin(row.Effective, learnt, row.Unit.Id, unit, row.Hamlet) { Then = coarse, Row = place },
                _ => new FactAnnulled(row.Effective, learnt, told[row.Reference!], null) { Row = place },
            };
            if (row.Type == FactType.Transfer) unit = row.Unit.Id;
            exited |= row.Type == FactType.Exit;
            moved = e as MovedWithin ?? moved;
            events.Add(e);
            told[row.Id] = ++version;
            versions.Add(version);
        }

        var from = before.Version;
        var after = before.With(events.Select(e => new Fact(++from, Guid.Empty, e, null)));
        var ignored = after.Latest().IgnoredFacts.Keys.Count(versions.Contains);
        // A row that only corrects the head's record is taken: something of it is new.
        var better = decided.Correction is { IsReal: true } && fresh.Count == ignored && rows.Count > fresh.Count ? 1 : 0;
        return new HouseholdChange(before, events, head, [], fresh.Count - ignored + better, rows.Count - fresh.Count - better, ignored, remarks)
        {
            Correction = decided.Correction,
            Records = !stands && before.Exists && head is not null && people.HeadOf(before) is null ? [head] : [],
        };
    }
}
