namespace YenBai.Cases.Web.Words;

/// <summary>Anchor of the texts of the plan: Resources/PlanTexts.resx (Vietnamese) and PlanTexts.en.resx.</summary>
public sealed class PlanTexts;
