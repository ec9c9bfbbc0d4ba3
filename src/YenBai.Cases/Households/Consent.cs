using System.Text.Json.Serialization;

namespace YenBai.Cases.Households;

/// <summary>
/// What a household may agree to beyond what the law has the commune do anyway. The review itself needs no consent
/// (Decree 13/2023, Art. 17); handing its data to somebody else, or showing them, does.
/// </summary>
[JsonConverter(typeof(SnakeCase<ConsentScope>))]
public enum ConsentScope { SponsorSharing, Publicity, Research }

/// <summary>How it was said. Silence is no consent (Law 91/2025), so there is no value for it.</summary>
[JsonConverter(typeof(SnakeCase<ConsentForm>))]
public enum ConsentForm { Written, VerbalWitnessed, Electronic }

/// <summary>A consent in force.</summary>
/// <param name="PersonId">Who gave it, where that is known.</param>
public sealed record Consent(DateOnly Since, ConsentForm Form, Guid? PersonId);

/// <summary>A request to restrict the processing, while it stands.</summary>
/// <param name="Asked">When it was recorded: from then on it has effect, and from then the time for an answer runs.</param>
/// <param name="Answered">Whether the person was told that it stays.</param>
public sealed record Restriction(DateOnly Since, DateTimeOffset Asked, bool Answered)
{
    /// <summary>Decree 13/2023, Art. 9.6.</summary>
    public static readonly TimeSpan TimeToAnswer = TimeSpan.FromHours(72);

    public DateTimeOffset DueBy => Asked + TimeToAnswer;
}
