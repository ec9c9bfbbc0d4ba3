using System.Reflection;
using System.Reflection.Emit;

namespace YenBai.Cases.Tests.Layers;

/// <summary>What the code of a type refers to: in its declarations and in what its methods do.</summary>
internal static class References
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    public static HashSet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(found, type.BaseType);
        foreach (var i in type.GetInterfaces()) Add(found, i);
        foreach (var parameter in type.GetGenericArguments().Where(a => a.IsGenericParameter))
            foreach (var constraint in parameter.GetGenericParameterConstraints()) Add(found, constraint);
        foreach (var member in type.GetMembers(All).Append(type))
            foreach (var attribute in member.GetCustomAttributesData())
            {
                Add(found, attribute.AttributeType);
                foreach (var argument in attribute.ConstructorArguments) Add(found, argument.Value as Type);
            }
        foreach (var field in type.GetFields(All)) Add(found, field.FieldType);
        foreach (var method in Methods(type))
        {
            if (method is MethodInfo { ReturnType: var result }) Add(found, result);
            foreach (var parameter in method.GetParameters()) Add(found, parameter.ParameterType);
            foreach (var local in method.GetMethodBody()?.LocalVariables ?? []) Add(found, local.LocalType);
            foreach (var clause in method.GetMethodBody()?.ExceptionHandlingClauses ?? [])
                if (clause.Flags == ExceptionHandlingClauseOptions.Clause) Add(found, clause.CatchType);
            foreach (var (_, member) in Used(method))
            {
                Add(found, member as Type ?? member.DeclaringType);
                if (member is MethodBase { IsGenericMethod: true } generic) foreach (var argument in generic.GetGenericArguments()) Add(found, argument);
            }
        }
        return found;
    }

    /// <summary>The types of which a type makes new objects.</summary>
    public static IEnumerable<Type> MadeBy(Type type) => Methods(type).SelectMany(Used).Where(u => u.Code == OpCodes.Newobj).Select(u => u.Member.DeclaringType!);

    /// <summary>The members that the methods of a type use.</summary>
    public static IEnumerable<MemberInfo> UsedBy(Type type) => Methods(type).SelectMany(Used).Select(u => u.Member);

    private static IEnumerable<MethodBase> Methods(Type type) => type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All));

    private static void Add(HashSet<Type> found, Type? type)
    {
        if (type is null) return;
        if (type.HasElementType) Add(found, type.GetElementType());
        else if (type.IsGenericType)
        {
            found.Add(type.GetGenericTypeDefinition());
            foreach (var argument in type.GetGenericArguments()) Add(found, argument);
        }
        else if (!type.IsGenericParameter) found.Add(type);
    }

    private static IEnumerable<(OpCode Code, MemberInfo Member)> Used(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il) yield break;
        var ofType = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var i = 0; i < il.Length;)
        {
            var first = il[i++];
            var code = Codes[first == 0xFE ? (short)(0xFE00 | il[i++]) : first];
            switch (code.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    if (method.Module.ResolveMember(BitConverter.ToInt32(il, i), ofType, ofMethod) is { } member) yield return (code, member);
                    i += 4;
                    break;
                case OperandType.InlineSwitch:
                    i += 4 + 4 * BitConverter.ToInt32(il, i);
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    i += 8;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    i += 1;
                    break;
                case OperandType.InlineVar:
                    i += 2;
                    break;
                default:
                    i += 4;
                    break;
            }
        }
    }
}
