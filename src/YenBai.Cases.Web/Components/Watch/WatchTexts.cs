namespace YenBai.Cases.Web.Components.Watch;

/// <summary>Anchor of the texts of the re-entry watch: Resources/WatchTexts.resx (Vietnamese) and WatchTexts.en.resx.</summary>
public sealed class WatchTexts;
