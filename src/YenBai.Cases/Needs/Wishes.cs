using System.Text.Json;
using System.Text.Json.Serialization;
using YenBai.Cases.Households;
using YenBai.Cases.Support;

namespace YenBai.Cases.Needs;

/// <summary>Where a wish was said: by itself, or among the needs of a review form.</summary>
[JsonConverter(typeof(SnakeCase<WishSource>))]
public enum WishSource { Asked, Assessment }

/// <summary>What became of a wish. One that is open, of a household that is not entitled, or no longer, is no unmet need.</summary>
[JsonConverter(typeof(SnakeCase<WishState>))]
public enum WishState { Served, Waiting, Refused, NotEntitled }

/// <summary>One instrument that a household asked for once.</summary>
/// <param name="Answered">When it was agreed, given or refused.</param>
public sealed record Wished(string Instrument, DateOnly Asked, WishSource Source, WishState State, DateOnly? Answered, RefusalGround? Ground)
{
    public bool IsOpen => State is WishState.Waiting or WishState.NotEntitled;
}

/// <summary>
/// What a household asked for and what became of it: each wish is exactly one of served, waiting, refused, or not for it. Of the
/// needs of review forms those of the last form count; a need that is said again has waited since it was first said.
/// </summary>
public static class Wishes
{
    public static IReadOnlyList<Wished> Of(Household household)
    {
        if (!household.Facts.Any(f => f.Event is SupportAsked or Assessed { Needs.Count: > 0 })) return [];
        var facts = household.Visible(DateTimeOffset.MaxValue);
        facts.Sort(Fact.Order);
        var told = new Teller(household);
        foreach (var fact in facts) told.Tell(fact.Event);
        return told.WishesOn(facts[^1].Event.On);
    }

    /// <summary>The wish for an instrument that nobody has answered yet.</summary>
    public static Wished? Open(Household household, string instrument) => Of(household).LastOrDefault(w => w.Instrument == instrument && w.IsOpen);

    private sealed class Teller(Household household)
    {
        private readonly List<Wished> wishes = [];
        private readonly Dictionary<DateOnly, HouseholdState> then = [];

        /// <summary>An open wish waits as long as the household is entitled, as it stands by its newest fact.</summary>
        public IReadOnlyList<Wished> WishesOn(DateOnly day) =>
            [.. wishes.Select(w => w.IsOpen && Instruments.Find(w.Instrument) is { } i && !IsEntitled(i, day) ? w with { State = WishState.NotEntitled } : w)];

        public void Tell(HouseholdEvent e)
        {
            switch (e)
            {
                case SupportAsked x when Find(x.Instrument) is var open && open >= 0:
                    // Said of itself, it no longer hangs on the next form.
                    wishes[open] = wishes[open] with { Source = WishSource.Asked };
                    break;
                case SupportAsked x:
                    Open(x.Instrument, x.On, WishSource.Asked);
                    break;
                case Assessed x:
                    Replace(x);
                    break;
                case SupportAgreed x:
                    Answer(i => i == x.Instrument, w => w with { State = WishState.Served, Answered = x.On });
                    break;
                case SupportRefused x:
                    Answer(i => i == x.Instrument, w => w with { State = WishState.Refused, Answered = x.On, Ground = x.Ground });
                    break;
                case LoanGranted or TrainingJoined or LivestockSupported or JobPlaced or ServiceProvided:
                    Answer(i => Fits(i, e), w => w with { State = WishState.Served, Answered = e.On });
                    break;
                case MovedOut or Dissolved or MergedInto:
                    // Nobody waits any more.
                    wishes.RemoveAll(w => w.IsOpen);
                    break;
            }
        }

        /// <summary>Whether what was given without an agreement is what was asked for.</summary>
        private static bool Fits(string instrument, HouseholdEvent given) => given switch
        {
            LoanGranted => Instruments.FamilyOf(instrument) == "loan",
            TrainingJoined => Instruments.FamilyOf(instrument) == "training",
            LivestockSupported => Instruments.FamilyOf(instrument) == "livestock",
            JobPlaced => Instruments.FamilyOf(instrument) == "job",
            ServiceProvided x => instrument == JsonNamingPolicy.SnakeCaseLower.ConvertName(x.Service.ToString()),
            _ => false,
        };

        private void Replace(Assessed form)
        {
            var wanted = form.Needs.Select(n => Chosen(form, n)).OfType<string>().Distinct().ToList();
            wishes.RemoveAll(w => w.IsOpen && w.Source == WishSource.Assessment && !wanted.Contains(w.Instrument));
            foreach (var instrument in wanted)
                if (Find(instrument) < 0) Open(instrument, form.On, WishSource.Assessment);
        }

        /// <summary>Of the instruments that meet a need the first that is for this household.</summary>
        private string? Chosen(Assessed form, string need)
        {
            var offered = Instruments.ForNeed(form.Standard, need).ToList();
            return (offered.Find(i => IsEntitled(i, form.On)) ?? offered.FirstOrDefault())?.Code;
        }

        private void Open(string instrument, DateOnly on, WishSource source) => wishes.Add(new(instrument, on, source, WishState.Waiting, null, null));

        private bool IsEntitled(Instrument instrument, DateOnly on)
        {
            if (!then.TryGetValue(on, out var state)) then[on] = state = household.StateAt(on, DateTimeOffset.MaxValue);
            return Eligibility.Of(instrument, state, on).Entitled;
        }

        private int Find(string instrument) => wishes.FindIndex(w => w.Instrument == instrument && w.IsOpen);

        private void Answer(Func<string, bool> fits, Func<Wished, Wished> how)
        {
            var open = wishes.FindIndex(w => w.IsOpen && fits(w.Instrument));
            if (open >= 0) wishes[open] = how(wishes[open]);
        }
    }
}
