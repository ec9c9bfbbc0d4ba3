using YenBai.Cases.Access;

namespace YenBai.Cases.Web.Gate;

/// <summary>Rights that pages and the API both ask for and that are no single operation.</summary>
public static class Rights
{
    /// <summary>Who may read which officer made an entry: those who record work or correct it, and those who check it.</summary>
    public static bool SeesStaff(this Actor who) => who.May(Operation.RecordWork) || who.May(Operation.CorrectStandards) || who.May(Operation.ReadAudit);
}
