using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Accounts;

/// <summary>A store whose passwords everybody knows is reachable from this machine alone, unless its operator says twice that it shall not be.</summary>
public static class DemonstrationExposure
{
    public const string Switch = "--expose-demonstration", Setting = "Demonstration:Expose";

    /// <summary>Why the server must not start; null when it may.</summary>
    public static async Task<string?> RefusalAsync(IConfiguration configuration, string[] args, Func<Task<bool>> isDemonstration)
    {
        if (args.Contains(Switch) && configuration.GetValue(Setting, false)) return null;
        var exposed = PublicAddress.Addresses(configuration).Where(a => !PublicAddress.IsLoopback(a)).ToList();
        return exposed.Count == 0 || !await isDemonstration() ? null
            : $"This is a demonstration store: everybody knows its passwords, and {string.Join(", ", exposed)} can be reached from other machines. "
              + $"Listen on 127.0.0.1, or give both the switch {Switch} and the setting Demonstration__Expose=true.";
    }
}
