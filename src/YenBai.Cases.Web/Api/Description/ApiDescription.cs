using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Localization;
using Microsoft.OpenApi;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Needs;
using YenBai.Cases.Registering;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api.Description;

/// <summary>The document at <c>/openapi/v1.json</c>: what the framework cannot see of an endpoint is added here.</summary>
public static class ApiDescription
{
    private const string Bearer = "bearer";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(o =>
    {
        o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Yên Bái Cases";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The accessToken of POST /api/login; expired, it is renewed with POST /api/refresh.",
            };
            return Task.CompletedTask;
        });
        o.AddOperationTransformer(async (operation, context, cancellation) =>
        {
            await DescribeBodyAsync(operation, context, cancellation);
            Describe(operation, context);
        });
        o.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    });

    private static async Task DescribeBodyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<SendsAttribute>().FirstOrDefault() is not { } sends) return;
        var body = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType>() };
        foreach (var file in sends.Files) body.Content[file] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
        if (sends.Json is { } type)
        {
            context.Document?.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancellation));
            body.Content["application/json"] = new() { Schema = new OpenApiSchemaReference(type.Name, context.Document) };
        }
        operation.RequestBody = body;
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var description = context.Description;
        var metadata = description.ActionDescriptor.EndpointMetadata;
        var path = "/" + System.Text.RegularExpressions.Regex.Replace(description.RelativePath?.Split('?')[0] ?? "", ":[^}]*}", "}");
        operation.OperationId ??= IdOf(description.HttpMethod ?? "", path);
        operation.Summary ??= ApiSummaries.Of(description.HttpMethod ?? "", path) ?? SummaryOfCommand(path, context.ApplicationServices);
        operation.Parameters ??= [];
        foreach (var name in metadata.OfType<ReadsQueryAttribute>().SelectMany(m => m.Names).Where(n => operation.Parameters.All(p => p.Name != n)))
            operation.Parameters.Add(Parameter(name, ParameterLocation.Query, false, null));
        if (description.HttpMethod == "GET") operation.Parameters.Add(new OpenApiParameter
        {
            Name = "fresh",
            In = ParameterLocation.Query,
            Description = "Wait, five seconds at most, until what was written before can be read.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean },
        });
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Query && p.Name is not null))
            if (ParameterValues.Of(path, parameter.Name!) is var (values, several)) Limit(parameter, values, several);
        if (metadata.OfType<WritesAttribute>().FirstOrDefault() is { } writes)
        {
            operation.Parameters.Add(Parameter("Idempotency-Key", ParameterLocation.Header, !writes.KeyOptional, "One key for one act: the same again is answered the same and acts once."));
            if (writes.Version) operation.Parameters.Add(Parameter("If-Match", ParameterLocation.Header, true, "The version in quotation marks, as its ETag has it."));
        }
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
            Refuses(operation, context.Document, "401", "Nobody is signed in, or the token has expired.");
            Refuses(operation, context.Document, "403", "No grant allows it.");
        }
        if (operation.RequestBody is not null || operation.Parameters.Any(p => p.In is ParameterLocation.Query or ParameterLocation.Header))
            Refuses(operation, context.Document, "400", "A parameter, a header or the body cannot be read; code and field name it.");
        if (path.Contains('{')) Refuses(operation, context.Document, "404", "It is not there, or not yours.");
    }

    private static void Refuses(OpenApiOperation operation, OpenApiDocument? document, string status, string means) =>
        (operation.Responses ??= []).TryAdd(status, new OpenApiResponse
        {
            Description = means,
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), document) } },
        });

    /// <summary>An id for a call that has no name of its own: generators name their methods by it.</summary>
    private static string IdOf(string method, string path) =>
        string.Join('-', path.Split('/').Skip(2).Select(s => s.Trim('{', '}')).Prepend(method.ToLowerInvariant()));

    private static OpenApiParameter Parameter(string name, ParameterLocation place, bool required, string? means) =>
        new() { Name = name, In = place, Required = required, Description = means, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static void Limit(OpenApiParameter parameter, IReadOnlyList<string> values, bool several)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. values.Select(v => (JsonNode)JsonValue.Create(v)!)] };
        if (!several)
        {
            parameter.Schema = schema;
            return;
        }
        parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema };
        (parameter.Style, parameter.Explode) = (ParameterStyle.Form, false);
    }

    /// <summary>A command is called what its form is called.</summary>
    private static string? SummaryOfCommand(string path, IServiceProvider services)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (!CommandCatalog.All.ContainsKey(name)) return null;
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
            var title = services.GetRequiredService<IStringLocalizer<Texts>>()[$"form.{name}"];
            return title.ResourceNotFound ? char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ') : title.Value;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static void Describe(OpenApiSchema schema, Type type)
    {
        if (type == typeof(ProblemDetails))
        {
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
            schema.Properties["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable, for programs." };
            schema.Properties["field"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = "The parameter or member that it is about." };
            (schema.Required ??= new HashSet<string>()).Add("code");
        }
        // The framework asks for every member without a default; what is nullable may be left out of a body.
        if (IsBody(type)) schema.Required = ApiJson.Expected(type).ToHashSet();
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (!plain.IsEnum) return;
        // A converter of its own hides the values from the framework, and where one member may be null it lists null as a value.
        List<JsonNode> values = schema.Enum?.OfType<JsonNode>().ToList() is { Count: > 0 } known
            ? known : [.. Enum.GetValues(plain).Cast<object>().Select(v => JsonSerializer.SerializeToNode(v, plain, ApiJson.Options)).OfType<JsonNode>()];
        if (!values.TrueForAll(v => v.GetValueKind() == JsonValueKind.String)) return;
        schema.Enum = values;
        // One schema serves a member that may be null and one that may not: that it may is said where it is used.
        schema.Type = JsonSchemaType.String;
    }

    /// <summary>Whether it is sent, rather than answered.</summary>
    private static bool IsBody(Type type) => typeof(HouseholdCommand).IsAssignableFrom(type) || Bodies.Contains(type);

    private static readonly HashSet<Type> Bodies =
        [typeof(Funding), typeof(AskedCondition), typeof(AskedStep), typeof(DecisionBody), typeof(DecisionItem), typeof(ReleaseRequest), typeof(GrantBody), typeof(ReasonBody), typeof(LoginRequest), typeof(RefreshRequest), typeof(ClassifyBody), typeof(ValueCorrection)];
}
