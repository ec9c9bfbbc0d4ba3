namespace YenBai.Cases.Web.Components.Outcomes;

/// <summary>Anchor of the texts of the page of outcomes: Resources/OutcomeTexts.resx (Vietnamese) and OutcomeTexts.en.resx.</summary>
public sealed class OutcomeTexts;
