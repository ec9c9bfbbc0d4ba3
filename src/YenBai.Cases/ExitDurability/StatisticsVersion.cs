using System.Reflection;
using YenBai.Cases.Durability;

namespace YenBai.Cases.ExitDurability;

/// <summary>The version of the statistics: another version may compute otherwise.</summary>
public static class StatisticsVersion
{
    public static readonly string Code = typeof(KaplanMeier).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
