using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Sponsors;

/// <summary>Texts of the sponsors that are found under the common texts.</summary>
internal static class Configuration
{
    public static void AddSponsorPages(this IServiceCollection services)
    {
        services.AddTexts<SponsorTexts>();
    }
}
