using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace YenBai.Cases.Tests.Layers;

/// <summary>A type that refers to another type of the same project; a nested type counts as the outermost one.</summary>
public sealed record TypeReference(string FromFolder, string From, string ToFolder, string To);

/// <summary>
/// The folders of a project and the references between them, read from the compiled assembly. A type belongs to the
/// folder of its source file, which the symbols name; its namespace does not count, because some namespaces are stored
/// and cannot follow a moved file. What the compiler replaces by a value (constants, nameof) is no reference.
/// </summary>
public sealed class FolderGraph
{
    /// <summary>The symbols' entry for the source files of a type without executable lines (portable PDB format).</summary>
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private FolderGraph(Assembly assembly, IReadOnlyDictionary<Type, string> folders)
    {
        Folders = [.. folders.Values.Distinct().Order(StringComparer.Ordinal)];
        References = [..
            from type in assembly.GetTypes()
            where folders.ContainsKey(Outermost(type))
            from to in Layers.References.Of(type)
            where folders.ContainsKey(Outermost(to)) && Outermost(to) != Outermost(type)
            select new TypeReference(folders[Outermost(type)], Outermost(type).Name, folders[Outermost(to)], Outermost(to).Name)];
    }

    /// <summary>The folders of the project; the files at its root are the folder ".".</summary>
    public IReadOnlyList<string> Folders { get; }

    public IReadOnlyCollection<TypeReference> References { get; }

    /// <param name="assembly">An assembly with its symbols beside it.</param>
    public static FolderGraph Of(Assembly assembly)
    {
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb")));
        var reader = symbols.GetMetadataReader();
        var folders = new Dictionary<Type, string>();
        foreach (var type in assembly.GetTypes())
            foreach (var path in DocumentsOf(type, reader))
                if (FolderOf(path, assembly.GetName().Name!) is { } folder) folders.TryAdd(Outermost(type), folder);
        return new(assembly, folders);
    }

    /// <summary>The sets of folders that refer to one another, the largest first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Cycles()
    {
        var to = References.Where(r => r.FromFolder != r.ToFolder).ToLookup(r => r.FromFolder, r => r.ToFolder);
        var reached = Folders.ToDictionary(f => f, f => ReachedFrom(f, to));
        return [.. Folders
            .GroupBy(f => string.Join(' ', Folders.Where(g => g == f || (reached[f].Contains(g) && reached[g].Contains(f)))))
            .Select(g => g.ToList()).Where(g => g.Count > 1).OrderByDescending(g => g.Count)];
    }

    private static HashSet<string> ReachedFrom(string folder, ILookup<string, string> to)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>([folder]);
        while (next.TryPop(out var from))
            foreach (var folderTo in to[from])
                if (reached.Add(folderTo)) next.Push(folderTo);
        return reached;
    }

    private static IEnumerable<string> DocumentsOf(Type type, MetadataReader symbols)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var method in type.GetMethods(all).Concat<MethodBase>(type.GetConstructors(all)))
        {
            var information = symbols.GetMethodDebugInformation((MethodDefinitionHandle)MetadataTokens.EntityHandle(method.MetadataToken));
            if (!information.Document.IsNil) yield return PathOf(information.Document);
            else if (!information.SequencePointsBlob.IsNil)
                foreach (var point in information.GetSequencePoints()) yield return PathOf(point.Document);
        }
        foreach (var custom in symbols.GetCustomDebugInformation(MetadataTokens.EntityHandle(type.MetadataToken)).Select(symbols.GetCustomDebugInformation))
        {
            if (symbols.GetGuid(custom.Kind) != TypeDefinitionDocuments) continue;
            var documents = symbols.GetBlobReader(custom.Value);
            while (documents.RemainingBytes > 0) yield return PathOf(MetadataTokens.DocumentHandle(documents.ReadCompressedInteger()));
        }

        string PathOf(DocumentHandle document) => symbols.GetString(symbols.GetDocument(document).Name).Replace('\\', '/');
    }

    private static string? FolderOf(string path, string project)
    {
        var start = path.LastIndexOf($"/{project}/", StringComparison.Ordinal);
        if (start < 0) return null;
        var inside = path[(start + project.Length + 2)..].Split('/');
        // The compiler puts what it generates from a component under the path of the component; what all components of a folder share is no component's.
        if (Array.FindIndex(inside, f => f.EndsWith(".RazorSourceGenerator", StringComparison.Ordinal)) is var generated and >= 0) inside = inside[(generated + 1)..];
        if (inside[0] == "obj" || inside[^1] == "_Imports.razor") return null;
        // Components are a folder of folders.
        return inside.Length == 1 ? "." : inside[0] == "Components" && inside.Length > 2 ? $"{inside[0]}/{inside[1]}" : inside[0];
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
