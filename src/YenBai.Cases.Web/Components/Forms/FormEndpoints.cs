using System.Text.Json;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Registering;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Forms;

/// <summary>A filled-in form as the browser sends it: the texts as they were typed.</summary>
/// <param name="Code">The household; none for a new one.</param>
/// <param name="Version">The household's version that the person saw.</param>
public sealed record FilledForm(string? Code, int Version, Dictionary<string, string?> Values);

/// <summary>What became of a form, in the reader's language.</summary>
/// <param name="Outcome"><c>accepted</c>, <c>refused</c> or <c>stale</c>.</param>
/// <param name="Wrong">What is wrong with which field.</param>
/// <param name="Version">Of the household now; with it a stale form is sent again.</param>
public sealed record FormOutcome(string Outcome, string? Code = null, int Version = 0, string? Says = null)
{
    public IReadOnlyDictionary<string, string> Wrong { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<string> Warnings { get; init; } = [];
    public NewerFacts? Newer { get; init; }
}

/// <summary>What was recorded since the form was opened.</summary>
public sealed record NewerFacts(string Title, string What, string Show, IReadOnlyList<NewerFact> Facts);

public sealed record NewerFact(string On, string Sentence, string By);

/// <summary>
/// Where the browser hands in what was filled in. It needs no circuit, and the same key acts once: the browser may send
/// again whenever it has no answer. The public interface takes the same commands under their own addresses.
/// </summary>
public static class FormEndpoints
{
    public const string Path = "/api/forms";

    public static void MapForms(this WebApplication app)
    {
        foreach (var form in CommandForms.All)
            app.MapPost($"{Path}/{form.Name}", (FilledForm filled, HttpContext http, FormDesk desk, CancellationToken cancellation) => AnswerAsync(form, filled, http, desk, cancellation))
                .Needs(CommandCatalog.Of(form.Command)?.Operation ?? throw new InvalidOperationException($"Nobody may {form.Name}.")).ExcludeFromDescription();
    }

    private static async Task<IResult> AnswerAsync(CommandForm form, FilledForm filled, HttpContext http, FormDesk desk, CancellationToken cancellation)
    {
        var problems = http.RequestServices.GetRequiredService<Problems>();
        if (http.Request.Headers["Idempotency-Key"].ToString().Trim() is not { Length: > 0 and <= 200 } key) return problems.Of(400, "idempotency_key_required");
        if ((filled.Code is null) != (form.Command == typeof(RegisterHousehold)) || filled.Values is null) return problems.Of(400, "body_malformed");
        try
        {
            return TypedResults.Ok(await desk.TakeAsync(http.Actor(), form, filled, key, cancellation));
        }
        catch (JsonException)
        {
            return problems.Of(400, "body_malformed");
        }
    }
}

/// <summary>Reads a filled-in form, hands its command in, and says what became of it.</summary>
public sealed class FormDesk(CommandDesk desk, CaseReader cases, Problems problems, EventWords events, Wording words, IStringLocalizer<Texts> texts)
{
    public async Task<FormOutcome> TakeAsync(Actor who, CommandForm form, FilledForm filled, string key, CancellationToken cancellation)
    {
        var missing = form.Fields.Where(f => f.Required && string.IsNullOrWhiteSpace(filled.Values.GetValueOrDefault(f.Name))).ToDictionary(f => f.Name, _ => texts["refusal.required"].Value);
        if (missing.Count > 0) return new FormOutcome("refused", filled.Code, filled.Version) { Wrong = missing };
        var (command, unreadable) = form.Read(filled.Values);
        if (command is null) return new FormOutcome("refused", filled.Code, filled.Version) { Wrong = new Dictionary<string, string> { [unreadable!.Field] = Says(unreadable) } };

        var received = filled.Code is null
            ? await desk.RegisterAsync(who, key, (RegisterHousehold)command, cancellation)
            : await desk.SubmitAsync(who, filled.Code, filled.Version, key, command, cancellation);
        return received.Reception switch
        {
            Reception.Accepted => new("accepted", received.Answer!.Code, received.Answer.Version) { Warnings = [.. received.Answer.Warnings.Select(w => texts[$"warning.{w}"].Value)] },
            Reception.Refused => Refused(form, filled, received.Answer!.Refusal!),
            Reception.Stale => new("stale", filled.Code, received.CurrentVersion) { Newer = await NewerAsync(who, filled, cancellation) },
            Reception.NotPermitted => new("refused", filled.Code, filled.Version, texts["refusal.not_permitted"]),
            Reception.KeyReused => new("refused", filled.Code, filled.Version, texts["form.sent_before"]),
            _ => new("refused", filled.Code, filled.Version, texts[$"refusal.{(filled.Code is { } code && who.ReadsOnly(Ids.Household(code)) ? "read_only" : "unknown_household")}", filled.Code ?? ""]),
        };
    }

    private FormOutcome Refused(CommandForm form, FilledForm filled, Refusal refusal)
    {
        var outcome = new FormOutcome("refused", filled.Code, filled.Version);
        if (refusal.Field?.Split('[')[0] is not { } name || !form.Fields.Any(f => f.Name == name && f.Kind is not (FieldKind.Given or FieldKind.Together))) return outcome with { Says = problems.Text(refusal) };
        return outcome with { Wrong = new Dictionary<string, string> { [name] = InRow(RowOf(refusal.Field), problems.Text(refusal), form.Fields.First(f => f.Name == name).Kind) } };
    }

    private async Task<NewerFacts?> NewerAsync(Actor who, FilledForm filled, CancellationToken cancellation)
    {
        if (await cases.OpenAsync(who, filled.Code!, cancellation) is not { } file) return null;
        var facts = file.Household.Facts.Where(f => f.Version > filled.Version).Select(f => new NewerFact(
            words.Day(f.Event.On), events.Sentence(f.Event, file), words.By(file.Writings.GetValueOrDefault(f.Version)?.By, f.Import) ?? "")).ToList();
        return new(texts["stale.title"], texts["stale.do"], texts["stale.show", facts.Count], facts);
    }

    private string Says(Unreadable unreadable)
    {
        string text = texts[unreadable.Kind == FieldKind.Date ? "form.not_a_day" : "form.not_a_number"];
        return unreadable.Row is { } row ? texts["row.line", row, text] : text;
    }

    private string InRow(int? row, string text, FieldKind kind) => row is { } at ? texts[kind == FieldKind.Conditions ? "row.wrong" : "row.line", at, text] : text;

    /// <summary>The row that a refusal is about, from 1: <c>conditions[0].due</c>.</summary>
    private static int? RowOf(string field) =>
        field.Split('[', ']') is [_, var row, ..] && int.TryParse(row, System.Globalization.CultureInfo.InvariantCulture, out var i) ? i + 1 : null;
}
