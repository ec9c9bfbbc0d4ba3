using System.Text.Json.Serialization;

namespace YenBai.Cases.Access;

/// <summary>What somebody is to the register; always at a place, or for households agreed by name, and for a time.</summary>
[JsonConverter(typeof(SnakeCase<Role>))]
public enum Role
{
    /// <summary>Follows the households of a commune, or of one hamlet of it.</summary>
    Caseworker,

    /// <summary>Answers for a commune, a district (until 30 June 2025) or the province.</summary>
    Manager,

    /// <summary>Analyses the province without learning who anybody is.</summary>
    Evaluator,

    /// <summary>Keeps accounts, places, standards, plans, imports; the cases are not theirs to read.</summary>
    Administrator,

    /// <summary>Stands by households agreed by name, under their consent.</summary>
    Sponsor,

    /// <summary>Reads everything that was done and changes nothing.</summary>
    Auditor,
}

/// <summary>What can be asked of the system. Every endpoint, page and command names the one it needs.</summary>
public enum Operation
{
    FindHouseholds,
    OpenHousehold,
    ExportHouseholds,

    /// <summary>Assessments, support, visits, members, moves, requests, consent, correction of personal data.</summary>
    RecordWork,

    /// <summary>What constitutes or undoes a standing on the list: decisions, exits, re-entries, confirmations, annulments.</summary>
    Decide,

    /// <summary>Agreeing on support, changing its term, waiving its conditions.</summary>
    AgreeOnSupport,

    /// <summary>Figures of support: indicators, needs, agencies.</summary>
    ReadSupport,

    /// <summary>Agreements one by one, with their timelines and what is due.</summary>
    ListSupport,

    /// <summary>Answering a restriction, erasing personal data.</summary>
    AnswerForData,

    /// <summary>Opening a household outside one's places to read it, with a reason, for a day.</summary>
    BreakGlass,

    /// <summary>Acknowledging that a household was opened in an emergency, or that somebody tried too often.</summary>
    AcknowledgeEmergency,

    /// <summary>What is held about a person, and who read it.</summary>
    ReportToPerson,
    ReadPlan,

    /// <summary>Entering, correcting and locking plans; of the whole province alone.</summary>
    EnterPlans,

    /// <summary>The lines, indicators and thresholds, and what they would make of given points: the law, about nobody.</summary>
    ReadStandards,
    CorrectStandards,

    /// <summary>Which households another standard would put into another class.</summary>
    AskWhatIf,

    /// <summary>Which households off the list to go and see first.</summary>
    WatchReentry,

    /// <summary>Movements of the list, how long exits last, what came of it: over all, not case by case.</summary>
    ReadDurability,
    Import,
    ManageAccounts,
    ReadAudit,

    /// <summary>Releasing row-level data of some households to an evaluator, for a time.</summary>
    ReleaseRows,

    /// <summary>Which releases there are; an evaluator reads their own.</summary>
    ReadReleases,
}

/// <summary>How much of a household is shown.</summary>
public enum Sight
{
    None,

    /// <summary>No name, number, phone, hamlet, household code or exact birth date.</summary>
    DeIdentified,

    /// <summary>Who and where, the class, and what others give; no scores, loans, notes or numbers.</summary>
    Sponsor,
    Full,
}

/// <summary>Which role may do what, and how much it sees. The one table of the policy.</summary>
public static class Permissions
{
    private const Role C = Role.Caseworker, M = Role.Manager, E = Role.Evaluator, A = Role.Administrator, S = Role.Sponsor, R = Role.Auditor;

    private static readonly Dictionary<Operation, Role[]> Table = new()
    {
        [Operation.FindHouseholds] = [C, M, E, S, R],
        [Operation.OpenHousehold] = [C, M, E, S, R],
        [Operation.ExportHouseholds] = [C, M, E],
        [Operation.RecordWork] = [C, M],
        [Operation.Decide] = [C, M],
        [Operation.AgreeOnSupport] = [C, M],
        [Operation.ReadSupport] = [C, M, E, S, R],
        [Operation.ListSupport] = [C, M, S, R],
        [Operation.AnswerForData] = [M],
        [Operation.BreakGlass] = [C, M],
        [Operation.AcknowledgeEmergency] = [M, A, R],
        [Operation.ReportToPerson] = [C, M],
        [Operation.ReadPlan] = [C, M, E, A, R],
        [Operation.EnterPlans] = [M, A],
        [Operation.WatchReentry] = [C, M],
        [Operation.ReadDurability] = [M, E, R],
        [Operation.ReadStandards] = [C, M, E, A, S, R],
        [Operation.CorrectStandards] = [A],
        [Operation.AskWhatIf] = [C, M, R],
        [Operation.Import] = [A],
        [Operation.ManageAccounts] = [M, A],
        [Operation.ReadAudit] = [A, R],
        [Operation.ReleaseRows] = [M],
        [Operation.ReadReleases] = [M, E, R],
    };

    /// <summary>What answers for a commune, not for one hamlet of it.</summary>
    public static bool IsBeyondHamlet(Operation operation) => operation is Operation.Decide or Operation.AgreeOnSupport;

    public static bool Allow(Role role, Operation operation) => Table.TryGetValue(operation, out var roles) && roles.Contains(role);

    /// <summary>What one grant allows somewhere. An emergency grant allows to open its household and nothing else.</summary>
    public static bool Allow(Grant grant, Operation operation) =>
        grant.Emergency
            ? operation == Operation.OpenHousehold
            : Allow(grant.Role, operation) && !(IsBeyondHamlet(operation) && grant.Hamlet is not null);

    /// <summary>Roles that read beyond a commune, and the role that gives them: granting one takes two people.</summary>
    public static bool TakesTwoPeople(Role role) => role is M or E or A or R;

    /// <summary>Administrators, and the auditors who watch them: taking their access away takes two people.</summary>
    public static bool IsProtected(Role role) => role is A or R;

    public static Sight SightOf(Role role) => role switch
    {
        Role.Evaluator => Sight.DeIdentified,
        Role.Sponsor => Sight.Sponsor,
        Role.Administrator => Sight.None,
        _ => Sight.Full,
    };
}
