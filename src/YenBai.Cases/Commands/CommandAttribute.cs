using YenBai.Cases.Access;

namespace YenBai.Cases.Commands;

/// <summary>What a command is to the rest of the product: its name, who may give it, and whether it waits under a restriction.</summary>
/// <param name="name">By which other programs call it; it never changes.</param>
/// <param name="operation">Who may give the command: those to whom this operation is granted.</param>
/// <param name="ground">Why it goes on, or waits, while the household has the processing of its data restricted.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CommandAttribute(string name, Operation operation, RestrictionGround ground) : Attribute
{
    public string Name => name;

    public Operation Operation => operation;

    public RestrictionGround Ground => ground;
}
