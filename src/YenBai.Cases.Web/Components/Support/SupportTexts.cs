namespace YenBai.Cases.Web.Components.Support;

/// <summary>Anchor of the words of support: Resources/SupportTexts.resx (Vietnamese) and SupportTexts.en.resx.</summary>
public sealed class SupportTexts;
