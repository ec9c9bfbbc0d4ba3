using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Demonstration;

// How a household comes into the register.
internal sealed partial class HouseholdWriter
{
    /// <summary>
    /// Taken over with the census at the end of 2015. Of those whom an older list had known only the survivors are in
    /// it; whom the census itself found first is known completely. Older facts are told in terms of the first standard.
    /// </summary>
    private void Census(Story story, int h)
    {
        var day = DemonstrationProvince.ReviewOf(First);
        var poor = plan.At(h, First) == Standing.Poor;
        var earlierExit = plan.EarlierExit[h];
        var knownBefore = earlierExit > 0 || story.Dice.Chance(700);
        var since = earlierExit > 0 ? DemonstrationProvince.ReviewOf(story.Dice.Between(2010, earlierExit - 1))
            : knownBefore ? DemonstrationProvince.ReviewOf(story.Dice.Between(2010, First - 1)) : day;

        Register(story, h, since, day, First, traits[h].Members, traits[h].Under16);
        if (earlierExit > 0)
        {
            Enter(story, since, day, Calibration.OldStandard, EntryCause.Unknown);
            var left = DemonstrationProvince.ReviewOf(earlierExit);
            story.Tell(new Exited(left, story.Evening(day), story.Unit, Calibration.OldStandard, PovertyClass.NearPoor, null, "none") { Then = story.Then });
            (story.Status, story.Exits, story.StatusYear) = (ListStatus.Out, 1, earlierExit);
        }
        story.Tell(new HouseholdTakenOver(day, story.Evening(day), story.Unit, Calibration.OldStandard,
            knownBefore ? TakenOverHistory.SurvivorsOnly : TakenOverHistory.Complete)
        { Then = story.Then });
        if (!poor) Decide(story, h, First, day, story.Evening(day), ClassOf(plan.At(h, First)));
        if (poor) Enter(story, since, day, Calibration.OldStandard, EntryCause.Unknown);
    }

    /// <summary>First listed at a review, or split from another household.</summary>
    private void Arrive(Story story, int h, int year, Standing closing)
    {
        if (plan.ParentOf.TryGetValue(h, out var parent))
        {
            BeSplitFrom(story, h, parent, year, closing);
            return;
        }
        var asked = story.Day(year, 10, 11);
        Register(story, h, asked, asked, year, traits[h].Members, traits[h].Under16);
        var day = DemonstrationProvince.ReviewOf(year);
        if (closing == Standing.Poor) BecomePoor(story, h, year, day, asked);
        else Judge(story, h, year, asked, day, closing);
    }

    private void BeSplitFrom(Story story, int h, int parent, int year, Standing closing)
    {
        var (day, members, under16) = SplitSize(h, year);
        Register(story, h, day, day, year, members, under16);
        story.Status = closing == Standing.Poor ? ListStatus.Poor : plan.SplitOffOut.Contains(h) ? ListStatus.Out : ListStatus.Unknown;
        story.StatusYear = year;
        if (story.Status == ListStatus.Out) story.Exits = 1;

        var parentCode = CodeOf(parent);
        story.Tell(new HouseholdSplitFrom(day, story.Evening(day), story.Unit, StandardOf(year), Ids.Household(parentCode), parentCode, story.Status) { Then = story.Then });
        Decide(story, h, year, day, story.Evening(day), ClassOf(closing));
    }

    private void SplitOff(Story story, int child, int year)
    {
        var (day, members, under16) = SplitSize(child, year);
        story.Tell(new MembersLeft(day, story.Evening(day), members, under16, MemberChange.Split, Ids.Household(CodeOf(child))));
        Lose(story, members, under16);
    }

    /// <summary>Who goes and when: the same for the household that is left and for the one that begins.</summary>
    private (DateOnly Day, int Members, int Under16) SplitSize(int child, int year)
    {
        var dice = Dice.For(seed, child, Purpose.SplitSize, year);
        return (new DateOnly(year, dice.Between(2, 9), dice.Between(1, 28)), dice.Between(2, 3), dice.Below(2));
    }

    private void Register(Story story, int h, DateOnly on, DateOnly entered, int year, int members, int under16)
    {
        var trait = traits[h];
        if (plan.ChildOf.ContainsKey(h)) (members, under16) = (Math.Max(members, 6), Math.Max(under16, 2));
        var commune = settlement.Communes[plan.Commune(h, year)];
        (story.Unit, story.Area, story.Members) = (commune.UnitId, commune.Area, members);
        story.Then = new Coarse(trait.HeadSex, trait.Merit, story.People.Minority, under16);

        var recorded = story.Evening(entered);
        var head = story.Person("head", trait.HeadSex, year - trait.HeadAge, recorded);
        story.Tell(new HouseholdRegistered(on, recorded, story.Code, story.Unit, Hamlet(story), head, members, story.Area) { Then = story.Then });
    }

    private static string Hamlet(Story story) =>
        story.Dice.Of(story.Area == Area.Urban ? Texts.Town : story.People.Minority ? Texts.Upland : Texts.Lowland);
}
