using System.Text.Json.Serialization;
using YenBai.Cases.Households;

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

    /// <summary>Answering a restriction, erasing personal data.</summary>
    AnswerForData,

    /// <summary>Opening a household outside one's places, with a reason, for a day.</summary>
    BreakGlass,

    /// <summary>What is held about a person, and who read it.</summary>
    ReportToPerson,
    ReadPlan,

    /// <summary>Movements of the list, how long exits last, what came of it: over all, not case by case.</summary>
    ReadDurability,
    Import,
    ManageAccounts,
    ReadAudit,
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
    private static readonly Dictionary<Role, Operation[]> Table = new()
    {
        [Role.Caseworker] =
        [
            Operation.FindHouseholds, Operation.OpenHousehold, Operation.ExportHouseholds, Operation.RecordWork, Operation.Decide, Operation.BreakGlass,
            Operation.ReportToPerson, Operation.ReadPlan,
        ],
        [Role.Manager] =
        [
            Operation.FindHouseholds, Operation.OpenHousehold, Operation.ExportHouseholds, Operation.RecordWork, Operation.Decide, Operation.AnswerForData,
            Operation.BreakGlass, Operation.ReportToPerson, Operation.ReadPlan, Operation.ReadDurability, Operation.ManageAccounts,
        ],
        [Role.Evaluator] = [Operation.FindHouseholds, Operation.OpenHousehold, Operation.ExportHouseholds, Operation.ReadPlan, Operation.ReadDurability],
        [Role.Administrator] = [Operation.ReadPlan, Operation.Import, Operation.ManageAccounts, Operation.ReadAudit],
        [Role.Sponsor] = [Operation.FindHouseholds, Operation.OpenHousehold],
        [Role.Auditor] = [Operation.FindHouseholds, Operation.OpenHousehold, Operation.ReadPlan, Operation.ReadDurability, Operation.ReadAudit],
    };

    public static bool Allow(Role role, Operation operation) => Array.IndexOf(Table[role], operation) >= 0;

    public static Sight SightOf(Role role) => role switch
    {
        Role.Evaluator => Sight.DeIdentified,
        Role.Sponsor => Sight.Sponsor,
        Role.Administrator => Sight.None,
        _ => Sight.Full,
    };
}
