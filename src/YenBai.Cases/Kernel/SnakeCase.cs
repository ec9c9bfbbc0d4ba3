using System.Text.Json;
using System.Text.Json.Serialization;

namespace YenBai.Cases.Kernel;

/// <summary>Enumerations are written in snake case everywhere: in stored events, in the API, in files.</summary>
public sealed class SnakeCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
