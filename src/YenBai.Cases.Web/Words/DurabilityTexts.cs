namespace YenBai.Cases.Web.Words;

/// <summary>Anchor of the texts of movement, durability and outcomes: Resources/DurabilityTexts.resx (Vietnamese) and DurabilityTexts.en.resx.</summary>
public sealed class DurabilityTexts;
