namespace YenBai.Cases.Web.Words;

/// <summary>Anchor of the texts of the standards: Resources/StandardTexts.resx (Vietnamese) and StandardTexts.en.resx.</summary>
public sealed class StandardTexts;
