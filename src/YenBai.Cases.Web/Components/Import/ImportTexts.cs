namespace YenBai.Cases.Web.Components.Import;

/// <summary>Anchor of the texts of the import page: Resources/ImportTexts.resx (Vietnamese) and ImportTexts.en.resx.</summary>
public sealed class ImportTexts;
