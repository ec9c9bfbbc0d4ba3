using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Records;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Demonstration;

/// <summary>One household while it is told: what it is so far, and the facts in the order in which they were written down.</summary>
internal sealed class Story(Guid id, string code, Dice dice)
{
    private static readonly DateOnly LastDay = new(Calibration.LastYear, 12, 31);

    private readonly List<HouseholdEvent> told = new(16);
    private readonly List<object> records = new(3);
    private List<(FactAnnulled Annulment, HouseholdEvent Mistake)>? annulments;
    private DateOnly evening;
    private DateTimeOffset clock;
    private int supports;

    public Dice Dice = dice;

    public Guid Id => id;
    public string Code => code;

    public string Unit { get; set; } = "";
    public Area Area { get; set; }
    public People People { get; init; } = People.All[0];
    public Coarse Then { get; set; } = Coarse.Unknown;
    public int Members { get; set; }
    public ListStatus Status { get; set; }
    public int Exits { get; set; }
    public int StatusYear { get; set; }

    /// <summary>What it has received so far.</summary>
    public Instruments Received { get; set; }

    /// <summary>The evening of a day, when most facts are entered; one after the other.</summary>
    public DateTimeOffset Evening(DateOnly day)
    {
        if (day != evening)
        {
            evening = day;
            // Six to nine in the evening in Asia/Ho_Chi_Minh, told in UTC.
            clock = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddMinutes(11 * 60 + Dice.Below(180));
        }
        return clock = clock.AddSeconds(1);
    }

    /// <summary>An evening some time after the day, for what is learnt late.</summary>
    public DateTimeOffset Later(DateOnly day, int fewest, int most) => Evening(Within(day.AddDays(Dice.Between(fewest, most))));

    /// <summary>The evening itself, or months later for so many in a thousand.</summary>
    public DateTimeOffset EveningOrLater(DateOnly day, int perMille) => Dice.Chance(perMille) ? Later(day, 20, 150) : Evening(day);

    public DateOnly Day(int year, int firstMonth, int lastMonth) => new(year, Dice.Between(firstMonth, lastMonth), Dice.Between(1, 28));

    public T Tell<T>(T e) where T : HouseholdEvent
    {
        told.Add(e);
        return e;
    }

    public Guid NextSupport() => Ids.Named(id, $"support-{++supports}");

    public Guid Note(string text, DateTimeOffset recorded)
    {
        var note = new Note(Ids.Named(id, $"note-{records.Count}"), id, text, recorded);
        records.Add(note);
        return note.Id;
    }

    public Guid Person(string key, Sex sex, int birthYear, DateTimeOffset recorded)
    {
        // No identity number of Vietnam begins with 000, and no telephone number with 0000.
        var person = new Person(Ids.Named(id, key), id, People.MakeUpName(sex, ref Dice), sex, birthYear,
            $"000{Dice.Below(1_000_000_000):D9}", $"0000{Dice.Below(1_000_000):D6}", People.Name)
        { Recorded = recorded };
        records.Add(person);
        return person.Id;
    }

    public void Annul(HouseholdEvent mistake, DateTimeOffset recorded, string reason)
    {
        // The version is known only when all has been told and put in order.
        var annulment = Tell(new FactAnnulled(mistake.On, recorded, 0, Note(reason, recorded)));
        (annulments ??= []).Add((annulment, mistake));
    }

    public GeneratedHousehold Finish()
    {
        InOrderOfWriting();
        foreach (var (annulment, mistake) in annulments ?? [])
            told[Position(annulment)] = annulment with { Fact = Position(mistake) + 1 };
        return new GeneratedHousehold(id, code, told, records);
    }

    // Insertion sort: nearly sorted, short, and stable.
    private void InOrderOfWriting()
    {
        for (var i = 1; i < told.Count; i++)
        {
            var e = told[i];
            var at = i;
            while (at > 0 && told[at - 1].Recorded > e.Recorded) told[at] = told[--at];
            told[at] = e;
        }
    }

    private int Position(HouseholdEvent e) => told.FindIndex(other => ReferenceEquals(other, e));

    private static DateOnly Within(DateOnly day) => day > LastDay ? LastDay : day;
}
