using System.Reflection;
using System.Runtime.Loader;
using System.Runtime.Versioning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Tests.Store;

namespace YenBai.Cases.Web.Tests.Api;

/// <summary>A client that is generated from the description of the API compiles, and an outside program can work with it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class GeneratedClientFacts(GeneratedClientFacts.ClientStore store) : IClassFixture<GeneratedClientFacts.ClientStore>
{
    public sealed class ClientStore : TestStore
    {
        /// <summary>What the authenticator app of an account shows.</summary>
        public Task<string?> TotpAsync(string userName) => CodeAsync(userName);
    }

    [Fact]
    public async Task A_generated_client_plays_the_case_story()
    {
        var (play, errors) = Compile(Generate(await OpenApiDocument.FromJsonAsync(await store.Http.GetStringAsync("/openapi/v1.json"))), await ReadStoryAsync());
        errors.ShouldBeEmpty();
        (await store.SignInAsync("chuong-trinh", new GrantRequest(Role.Manager, "04375", null, [], null, null, "phân công"))).Dispose();
        using var http = store.Nobody();

        var told = await (Task<string>)play!.Invoke(null, [http, "chuong-trinh", TestStore.Password, await store.TotpAsync("chuong-trinh"), TestStore.NewCode()])!;

        told.ShouldBe("Out Not_poor 12/15/2023 06/01/2024 True livestock 1 exit_confirmed");
    }

    private static string Generate(OpenApiDocument document)
    {
        var settings = new CSharpClientGeneratorSettings { ClassName = "CasesClient", UseBaseUrl = false };
        settings.CSharpGeneratorSettings.Namespace = "Generated";
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
        // Since version 9 of System.Text.Json a member of an enumeration carries its name on the wire.
        settings.CSharpGeneratorSettings.JsonLibraryVersion = 9;
        settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes = true;
        settings.CSharpGeneratorSettings.DateType = "System.DateOnly";
        return new CSharpClientGenerator(document, settings).GenerateFile();
    }

    private static async Task<string> ReadStoryAsync()
    {
        await using var stream = typeof(GeneratedClientFacts).Assembly.GetManifestResourceStream("CaseStory.cs")!;
        return await new StreamReader(stream).ReadToEndAsync();
    }

    private static (MethodInfo? Play, IReadOnlyList<string> Errors) Compile(params string[] sources)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "generated-client", sources.Select(s => CSharpSyntaxTree.ParseText(s)), platform.Select(p => MetadataReference.CreateFromFile(p)), new(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success) return (null, [.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()).Take(20)]);
        image.Position = 0;
        return (new AssemblyLoadContext("generated-client").LoadFromStream(image).GetType("Generated.CaseStory")!.GetMethod("PlayAsync"), []);
    }
}
