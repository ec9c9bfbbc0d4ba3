using System.Text.Json.Serialization;

namespace YenBai.Cases.Records;

[JsonConverter(typeof(SnakeCase<SponsorKind>))]
public enum SponsorKind { Agency, Enterprise, Union, School, ArmedForces, Other }

/// <summary>An agency that stands by households agreed by name (Plan 214 of March 2021). No person is named in it.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Office">The office to turn to, never a person.</param>
public sealed record Sponsor(string Id, string Name, SponsorKind Kind, string? Office)
{
    public const int LongestCode = 40;
}
