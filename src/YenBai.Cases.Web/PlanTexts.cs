namespace YenBai.Cases.Web;

/// <summary>Anchor of the texts of the plan: Resources/PlanTexts.resx (Vietnamese) and PlanTexts.en.resx.</summary>
public sealed class PlanTexts;
