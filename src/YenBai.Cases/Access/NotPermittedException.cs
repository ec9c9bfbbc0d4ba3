namespace YenBai.Cases.Access;

/// <summary>Somebody asked for what none of their grants allows, wherever.</summary>
public sealed class NotPermittedException() : Exception("None of your grants allows this.");
