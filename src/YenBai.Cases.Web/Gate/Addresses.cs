using System.Globalization;

namespace YenBai.Cases.Web.Gate;

/// <summary>Addresses of pages to which pages of other features link.</summary>
public static class Addresses
{
    /// <summary>The list of households.</summary>
    public const string Households = "/ho-dan";

    public static string Household(string code) => $"{Households}/{Uri.EscapeDataString(code)}";

    /// <summary>What is kept on the persons of a household.</summary>
    public static string PersonalData(string code) => $"{Household(code)}/du-lieu";

    /// <summary>Who opened a household.</summary>
    public static string Readers(string code) => $"{Household(code)}/ai-da-xem";

    /// <summary>The letter on a decision, by the version that recorded it.</summary>
    public static string Letter(string code, int version) => $"{Household(code)}/thu/{version.ToString(CultureInfo.InvariantCulture)}";
}
