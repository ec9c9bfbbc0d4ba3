namespace YenBai.Cases.Web.Components.ExitDurability;

/// <summary>Anchor of the texts of the page about the durability of exits: Resources/DurabilityPageTexts.resx (Vietnamese) and DurabilityPageTexts.en.resx.</summary>
public sealed class DurabilityPageTexts;
