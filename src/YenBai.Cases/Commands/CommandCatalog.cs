using System.Collections.Concurrent;
using System.Reflection;
using YenBai.Cases.Access;
using YenBai.Cases.Households;

namespace YenBai.Cases.Commands;

/// <summary>The commands that there are, as they describe themselves.</summary>
public static class CommandCatalog
{
    private static readonly ConcurrentDictionary<Type, CommandAttribute?> Described = [];

    /// <summary>The commands for an existing household under the names by which outside programs call them.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = typeof(HouseholdCommand).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(HouseholdCommand)) && !t.IsSubclassOf(typeof(StartingCommand)) && Of(t) is not null)
        .OrderBy(t => Of(t)!.Name, StringComparer.Ordinal).ToDictionary(t => Of(t)!.Name);

    /// <summary>What a command says of itself; none where it says nothing, and then nobody may give it.</summary>
    public static CommandAttribute? Of(Type command) => Described.GetOrAdd(command, t => t.GetCustomAttribute<CommandAttribute>());

    public static CommandAttribute? Of(HouseholdCommand command) => Of(command.GetType());

    /// <summary>Whether they may give a command at all, for whatever household.</summary>
    public static bool MayGive(this Actor who, HouseholdCommand command) => Of(command) is { } described && who.May(described.Operation);

    /// <summary>Whether they may give a command for this household, which they see.</summary>
    public static bool MayGive(this Actor who, HouseholdCommand command, Household household) =>
        Of(command) is { } described && who.May(described.Operation, Subjects.Of(household));
}
