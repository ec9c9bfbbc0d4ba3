namespace YenBai.Cases.Web.Words;

/// <summary>Anchor of the texts of my work and of the support screens: Resources/SupportScreenTexts.resx (Vietnamese) and SupportScreenTexts.en.resx.</summary>
public sealed class SupportScreenTexts;
