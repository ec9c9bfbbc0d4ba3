namespace YenBai.Cases.Web.Components.RowLevel;

/// <summary>Anchor of the texts of row-level data and their release: Resources/RowLevelTexts.resx (Vietnamese) and RowLevelTexts.en.resx.</summary>
public sealed class RowLevelTexts;
