using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Records;

namespace YenBai.Cases.Sponsors;

/// <summary>The household's sponsor promises something.</summary>
/// <param name="Sponsor">May be left out: a household has one at a time.</param>
/// <param name="Amount">VND.</param>
/// <param name="By">The day by which it shall be delivered.</param>
/// <param name="What">In words.</param>
[Command("make-pledge", Operation.RecordWork, RestrictionGround.Shares)]
public sealed record MakePledge(DateOnly On, string? Sponsor, string Instrument, decimal Amount, DateOnly By, string? What) : HouseholdCommand(On)
{
    protected override Decision Decide(HouseholdState then, Household household, Occasion occasion)
    {
        if (then.Sponsor is not { } sponsor) return new Refusal("no_sponsor", "sponsor");
        if (!string.IsNullOrWhiteSpace(Sponsor) && Sponsor.Trim() != sponsor.Sponsor) return new Refusal("not_its_sponsor", "sponsor", Sponsor);
        if (Missing(Instrument, "instrument") is { } missing) return missing;
        if (Instruments.Find(Instrument) is null) return new Refusal("unknown_instrument", "instrument", Instrument);
        if (Amount is <= 0 or > 10_000_000_000m) return new Refusal("out_of_range", "amount", 1, 10_000_000_000m);
        if (By < On) return new Refusal("due_before_it_begins", "by", On);
        if (TooLong(What, "what") is { } tooLong) return tooLong;
        var what = NoteFor(What, "what", household, occasion);
        return Decision.Accept(new PledgeMade(On, occasion.Now, occasion.Id("pledge"), sponsor.Sponsor, Instrument, Amount, By, what?.Id)).Keeping(what);
    }
}
