using YenBai.Cases.Households;

namespace YenBai.Cases.Records;

/// <summary>What somebody types of a person, kept by the same rules as what a file says.</summary>
/// <param name="Refusal">Why it cannot be kept; the first reason alone.</param>
/// <param name="Warnings">What was changed or left out.</param>
internal sealed record TypedPerson(string? Name, string? IdNumber, string? Phone, string? Ethnicity, Refusal? Refusal, IReadOnlyList<string> Warnings)
{
    private const int LongestName = 200, LongestNumber = 40, LongestEthnicity = 60;

    /// <param name="prefix">What stands before the names of the fields: "head", or nothing.</param>
    public static TypedPerson Read(string? name, string? idNumber, string? phone, string? ethnicity, string prefix = "head")
    {
        string Field(string field) => prefix.Length == 0 ? char.ToLowerInvariant(field[0]) + field[1..] : prefix + field;
        var warnings = new List<string>();
        var refusal = TooLong(name, Field("Name"), LongestName) ?? TooLong(idNumber, Field("IdNumber"), LongestNumber)
            ?? TooLong(phone, "phone", LongestNumber) ?? TooLong(ethnicity, "ethnicity", LongestEthnicity)
            ?? Letters(name, Field("Name")) ?? Letters(ethnicity, "ethnicity");
        if (refusal is not null) return Refused(refusal);

        string? number = null, call = null;
        if (Given(idNumber) is { } id)
            switch (IdentityNumber.Read(id, out number))
            {
                case IdentityReading.DigitsLost: return Refused(new("digits_lost", Field("IdNumber")));
                case IdentityReading.ZeroRestored: warnings.Add("zero_restored"); break;
                case IdentityReading.Unusual: warnings.Add("id_number_unusual"); break;
                case IdentityReading.None: warnings.Add("id_number_none"); break;
            }
        if (Given(phone) is { } line)
            switch (IdentityNumber.ReadPhone(line, out call))
            {
                case IdentityReading.DigitsLost: return Refused(new("digits_lost", "phone"));
                case IdentityReading.ZeroRestored: warnings.Add("phone_zero_restored"); break;
                case IdentityReading.None: warnings.Add("phone_none"); break;
            }
        var people = Given(ethnicity)?.Normalize();
        if (people is not null && Households.Ethnicity.IsUnknown(people)) warnings.Add("ethnicity_unknown");
        return new(NameOf(name), number, call, Households.Ethnicity.Kept(people), null, warnings);

        static TypedPerson Refused(Refusal why) => new(null, null, null, null, why, []);
    }

    /// <summary>Letters of another code page would be stored as a name that nobody can read.</summary>
    public static Refusal? Letters(string? name, string field) =>
        name is not null && BrokenLetters.WrongOf(VietnameseText.Compose(name), isName: true) is { } wrong ? new(wrong, field) : null;

    /// <summary>Single blanks, none at the ends.</summary>
    public static string? NameOf(string? written) =>
        string.IsNullOrWhiteSpace(written) ? null : string.Join(' ', VietnameseText.Compose(written).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Refusal? TooLong(string? text, string field, int longest) => text?.Length > longest ? new("text_too_long", field, longest) : null;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
