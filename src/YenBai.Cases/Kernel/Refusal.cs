namespace YenBai.Cases.Kernel;

/// <summary>Why a command was refused: a stable code, the field it is about, and what the text needs.</summary>
public sealed record Refusal(string Code, string? Field = null, params object?[] Data);
