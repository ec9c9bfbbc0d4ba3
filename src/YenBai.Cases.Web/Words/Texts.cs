namespace YenBai.Cases.Web.Words;

/// <summary>Anchor of every user-visible text: Resources/Texts.resx (Vietnamese) and Texts.en.resx.</summary>
public sealed class Texts;
