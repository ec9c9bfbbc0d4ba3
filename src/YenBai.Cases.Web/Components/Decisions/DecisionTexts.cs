namespace YenBai.Cases.Web.Components.Decisions;

/// <summary>Anchor of the texts of decisions: Resources/DecisionTexts.resx (Vietnamese) and DecisionTexts.en.resx.</summary>
public sealed class DecisionTexts;
