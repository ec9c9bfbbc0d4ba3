namespace YenBai.Cases.Web.Words;

/// <summary>Anchor of the texts of needs, plans and eligibility: Resources/NeedTexts.resx (Vietnamese) and NeedTexts.en.resx.</summary>
public sealed class NeedTexts;
