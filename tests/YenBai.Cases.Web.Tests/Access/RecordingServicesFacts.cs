using System.Reflection;
using YenBai.Cases.Access;
using YenBai.Cases.Households;

namespace YenBai.Cases.Web.Tests.Access;

/// <summary>A service that discloses which household something is about has the record, itself or through what it asks.</summary>
[Trait("Tier", "Fast")]
public sealed class RecordingServicesFacts
{
    [Fact]
    public void Whoever_names_households_to_somebody_has_the_record()
    {
        var services = typeof(ReadLog).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.GetMethod("<Clone>$") is null).ToList();

        var naming = services.Where(t => t != typeof(ReadLog) && NamesSomebody(t).Any()).ToList();
        naming.Count.ShouldBeGreaterThan(10);
        naming.Where(t => !Records(t, [])).Select(t => $"{t.Name}: {string.Join(", ", NamesSomebody(t))}").ShouldBeEmpty();
    }

    /// <summary>Methods for somebody whose answer has the code of a household, or its people.</summary>
    private static IEnumerable<string> NamesSomebody(Type service) =>
        service.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(Actor)) && Names(m.ReturnType, []))
            .Select(m => m.Name);

    private static bool Names(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type)) return false;
        if (type.IsGenericType && type.GenericTypeArguments.Any(a => Names(a, seen))) return true;
        if (type.IsArray) return Names(type.GetElementType()!, seen);
        if (type.Assembly != typeof(ReadLog).Assembly || type.IsEnum) return false;
        // Refusals, units and standards have codes, too: a household's is next to its place or its id.
        var names = type.GetProperties().Select(p => p.Name).ToHashSet();
        return type == typeof(Household) || names.Contains("HeadName") || (names.Contains("Code") && (names.Contains("Unit") || names.Contains("Household") || names.Contains("HouseholdId")))
            || type.GetProperty("Household")?.PropertyType == typeof(string) || type.GetProperties().Any(p => Names(p.PropertyType, seen));
    }

    private static bool Records(Type service, HashSet<Type> seen) => seen.Add(service) && service.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.ParameterType)
        .Any(p => p == typeof(ReadLog) || (p.Assembly == typeof(ReadLog).Assembly && Records(p, seen)));
}
