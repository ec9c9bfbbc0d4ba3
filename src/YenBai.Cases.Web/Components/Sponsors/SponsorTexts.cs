namespace YenBai.Cases.Web.Components.Sponsors;

/// <summary>Anchor of the texts of sponsors: Resources/SponsorTexts.resx (Vietnamese) and SponsorTexts.en.resx.</summary>
public sealed class SponsorTexts;
