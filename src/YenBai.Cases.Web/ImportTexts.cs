namespace YenBai.Cases.Web;

/// <summary>Anchor of the texts of the import page: Resources/ImportTexts.resx (Vietnamese) and ImportTexts.en.resx.</summary>
public sealed class ImportTexts;
