using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Records;
using YenBai.Cases.Support;

namespace YenBai.Cases.CaseFiles;

/// <summary>Takes out of a case file what whoever opened it may not see, before anything is made of it.</summary>
public static class Masking
{
    /// <summary>
    /// An event without what could tell whose it is. Its ids may be digests of codes: they go, too. What facts refer to among
    /// themselves, an agreement and its conditions, is called by an id that only this store can lead back.
    /// </summary>
    public static HouseholdEvent DeIdentified(HouseholdEvent e, Pseudonymizer pseudonyms)
    {
        Guid Own(Guid id) => Ids.Named(Guid.Empty, pseudonyms.Of(id));

        var masked = e switch
        {
            HouseholdRegistered x => x with { Code = "", Hamlet = null, HeadId = null },
            HouseholdSplitFrom x => x with { Parent = Guid.Empty, ParentCode = pseudonyms.Of(x.Parent) },
            MembersLeft x => x with { To = null },
            HeadChanged x => x with { HeadId = Guid.Empty },
            MovedWithin x => x with { Hamlet = null },
            // All answers of a form together tell one household from every other.
            Assessed x => x with { Answers = null },
            ClassDecided x => x with { DecisionNumber = null },
            ExitRequested x => x with { WordingId = null, WitnessId = null, HelpId = null },
            ExitRequestWithdrawn x => x with { ReasonId = null },
            LoanGranted x => x with { SupportId = Own(x.SupportId), Lender = null, PurposeId = null },
            TrainingJoined x => x with { SupportId = Own(x.SupportId), Course = "", Provider = null },
            TrainingCompleted x => x with { SupportId = Own(x.SupportId), Certificate = null },
            LivestockSupported x => x with { SupportId = Own(x.SupportId) },
            ServiceProvided x => x with { SupportId = Own(x.SupportId) },
            MeetingHeld x => x with { Minutes = null },
            JobPlaced x => x with { SupportId = Own(x.SupportId) },
            LivestockChanged x => x with { SupportId = Own(x.SupportId) },
            LivestockPassedOn x => x with { SupportId = Own(x.SupportId), To = Guid.Empty, ToCode = pseudonyms.Of(x.To) },
            LoanStatusReported x => x with { SupportId = Own(x.SupportId) },
            SupportRefused x => x with { ReasonId = null },
            SupportAgreed x => x with { SupportId = Own(x.SupportId), Sponsor = null, PersonId = null, Conditions = [.. x.Conditions.Select(c => c with { Id = Own(c.Id), TitleId = null, Owner = null })] },
            SupportSuspended x => x with { SupportId = Own(x.SupportId), ReasonId = null },
            SupportResumed x => x with { SupportId = Own(x.SupportId) },
            SupportExtended x => x with { SupportId = Own(x.SupportId), ReasonId = null },
            SupportEnded x => x with { SupportId = Own(x.SupportId), ReasonId = null },
            EvidenceHandedIn x => x with { SupportId = Own(x.SupportId), ConditionId = Own(x.ConditionId), Attachments = [], NoteId = null },
            ConditionMet x => x with { SupportId = Own(x.SupportId), ConditionId = Own(x.ConditionId), Attachments = [], NoteId = null },
            ConditionMissed x => x with { SupportId = Own(x.SupportId), ConditionId = Own(x.ConditionId) },
            ConditionWaived x => x with { SupportId = Own(x.SupportId), ConditionId = Own(x.ConditionId), ReasonId = null },
            ConditionReassigned x => x with { SupportId = Own(x.SupportId), ConditionId = Own(x.ConditionId), Owner = "" },
            SponsorAssigned x => x with { Sponsor = "", From = null },
            SponsorReleased x => x with { Sponsor = "", ReasonId = null },
            PledgeMade x => x with { PledgeId = Own(x.PledgeId), Sponsor = "", WhatId = null },
            PledgeDelivered x => x with { PledgeId = Own(x.PledgeId) },
            PledgeVerified x => x with { PledgeId = Own(x.PledgeId), NoteId = null },
            HouseholdPlanSet x => x with { Steps = [.. x.Steps.Select(s => s with { Owner = null, GoalId = null })] },
            WorkerAssigned x => x with { Worker = "" },
            GroupJoined x => x with { Group = "" },
            GroupLeft x => x with { Group = "" },
            ShockReported x => x with { NoteId = null },
            Commended x => x with { DecisionNumber = null, AwardId = null },
            ComplaintLodged x => x with { ComplaintId = Own(x.ComplaintId), WordingId = null },
            ComplaintAnswered x => x with { ComplaintId = Own(x.ComplaintId), AnswerId = null },
            VisitPlanned x => x with { Owner = null },
            VisitRecorded x => x with { NoteId = null },
            VisitSuggestionDeclined x => x with { ReasonId = null },
            MergedInto x => x with { Into = Guid.Empty, IntoCode = pseudonyms.Of(x.Into) },
            FactAnnulled x => x with { ReasonId = null },
            ConsentGiven x => x with { PersonId = null },
            ProcessingRestricted x => x with { ReasonId = null },
            RestrictionUpheld x => x with { AnswerId = null },
            RestrictionLifted x => x with { AnswerId = null },
            PersonCorrected x => x with { PersonId = Guid.Empty },
            PersonalDataErased x => x with { PersonIds = [] },
            ConsentWithdrawn or HouseholdTakenOver or MembersJoined or SupportAsked or ListedPoor or Exited or ExitConfirmed or ReEntered or MovedOut or Dissolved or ImportWithdrawn => e,
            _ => throw new NotSupportedException($"Nobody has said what of {e.GetType().Name} an evaluator may see."),
        };
        return masked with { Row = null };
    }

    /// <summary>
    /// Who and where, the class, and what was given: no scores, debts, notes, numbers. A sponsor sees a household to help it,
    /// not to judge it.
    /// </summary>
    public static CaseFile ForSponsor(CaseFile file) => file with
    {
        Household = file.Household with { Facts = [.. file.Household.Facts.Where(f => IsForSponsors(f.Event)).Select(f => f with { Event = Plain(f.Event) })] },
        Writings = file.Writings.ToDictionary(w => w.Key, w => w.Value with { By = null }),
        Notes = new Dictionary<Guid, string>(),
        People = file.People.ToDictionary(p => p.Key, p => ForSponsor(p.Value)),
    };

    public static Person ForSponsor(Person person) =>
        person with { IdNumber = null, Phone = null, Ethnicity = null, BirthYear = null, Superseded = [], Listings = null };

    internal static bool IsForSponsors(HouseholdEvent e) => e is not (Assessed or MeetingHeld or LoanGranted or LoanStatusReported or ShockReported or VisitSuggestionDeclined or ComplaintLodged or ComplaintAnswered or HouseholdPlanSet or WorkerAssigned or EvidenceHandedIn or SupportAsked or SupportRefused or ExitRequested or ExitRequestWithdrawn or MembersJoined or MembersLeft or ProcessingRestricted or RestrictionUpheld or RestrictionLifted)
        && !(e is SupportAgreed { Instrument: var instrument } && Instruments.FamilyOf(instrument) == "loan");

    private static HouseholdEvent Plain(HouseholdEvent e) => e switch
    {
        ClassDecided x => x with { DecisionNumber = null },
        Exited x => x with { ScoresSaid = null },
        SupportRefused x => x with { ReasonId = null },
        SupportAgreed x => x with { PersonId = null, Conditions = [.. x.Conditions.Select(c => c with { TitleId = null, Owner = null })] },
        SupportSuspended x => x with { ReasonId = null },
        SupportExtended x => x with { ReasonId = null },
        SupportEnded x => x with { ReasonId = null },
        ConditionMet x => x with { Attachments = [], NoteId = null },
        ConditionWaived x => x with { ReasonId = null },
        ConditionReassigned x => x with { Owner = "" },
        VisitPlanned x => x with { Owner = null },
        VisitRecorded x => x with { NoteId = null },
        FactAnnulled x => x with { ReasonId = null },
        HouseholdRegistered x => x with { Then = null },
        _ => e,
    } with
    { Row = null };
}
