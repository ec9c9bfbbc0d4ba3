namespace YenBai.Cases.Web.Components.Privacy;

/// <summary>Anchor of the texts of the duties to the person: Resources/PrivacyTexts.resx (Vietnamese) and PrivacyTexts.en.resx.</summary>
public sealed class PrivacyTexts;
