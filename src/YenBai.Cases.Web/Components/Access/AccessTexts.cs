namespace YenBai.Cases.Web.Components.Access;

/// <summary>Anchor of the texts of who may see and do what: Resources/AccessTexts.resx (Vietnamese) and AccessTexts.en.resx.</summary>
public sealed class AccessTexts;
