using JasperFx;
using Wolverine;
using YenBai.Cases.Commands;

namespace YenBai.Cases.Web.Hosting;

/// <summary>How commands are carried.</summary>
internal static class Messages
{
    public static void Configure(WolverineOptions o)
    {
        o.ApplicationAssembly = typeof(Submit).Assembly;
        o.Policies.AutoApplyTransactions();
        o.Policies.UseDurableLocalQueues();
        o.Durability.Mode = DurabilityMode.Solo;
        // Its tables are made with all others, by their owner.
        o.AutoBuildMessageStorageOnStartup = AutoCreate.None;
    }
}
