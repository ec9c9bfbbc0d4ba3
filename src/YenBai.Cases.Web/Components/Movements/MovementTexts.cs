namespace YenBai.Cases.Web.Components.Movements;

/// <summary>Anchor of the texts of the movement table: Resources/MovementTexts.resx (Vietnamese) and MovementTexts.en.resx.</summary>
public sealed class MovementTexts;
