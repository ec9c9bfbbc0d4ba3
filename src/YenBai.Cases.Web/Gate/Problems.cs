using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Gate;

/// <summary>Refusals as RFC 9457 problem details: a stable code for programs, words in the reader's language for people.</summary>
public sealed class Problems(IStringLocalizer<Texts> texts, Wording words, EligibilityWords eligibility)
{
    public ProblemHttpResult Of(int status, string code, string? field = null, params object?[] data) => Worded(status, code, field, Text(code, data));

    /// <summary>A refusal whose words stand with the feature that refuses.</summary>
    public ProblemHttpResult Worded(int status, string code, string? field, string detail) =>
        TypedResults.Problem(
            title: texts[$"problem.{status}"], detail: detail, statusCode: status, type: $"urn:yenbai-cases:{code}",
            extensions: field is null ? new() { ["code"] = code } : new Dictionary<string, object?> { ["code"] = code, ["field"] = field });

    /// <summary>
    /// A household for which nothing can be recorded: one that stands open in an emergency, to be read only, or one that is not there, or
    /// not theirs, which are answered the same.
    /// </summary>
    public ProblemHttpResult NotTheirs(Actor who, string code) => who.ReadsOnly(Ids.Household(code))
        ? Of(StatusCodes.Status403Forbidden, "read_only", null, code)
        : Of(StatusCodes.Status404NotFound, "unknown_household", null, code);

    /// <summary>A report is asked for a day ahead: nobody was followed until then.</summary>
    public ProblemHttpResult InFuture(string field, DateOnly day, DateOnly today) =>
        Worded(StatusCodes.Status400BadRequest, "date_in_future", field, Text("report_in_future", [field, day, today]));

    /// <summary>What to say of a day or an instant that lies ahead; none where it does not.</summary>
    public string? WordsOfFuture(string field, string? text, DateOnly today) =>
        QueryValues.TryInstant(text, out var at) && at is { } instant && Days.DayOf(instant) is var day && day > today ? Text("report_in_future", [field, day, today]) : null;

    public ProblemHttpResult Of(Refusal refusal) => Of(StatusCodes.Status422UnprocessableEntity, refusal.Code, refusal.Field, refusal.Data);

    /// <summary>What an officer reads.</summary>
    public string Text(Refusal refusal) => Text(refusal.Code, refusal.Data);

    private string Text(string code, object?[] data) => (code, data) switch
    {
        ("not_eligible", _) => eligibility.Refusal([.. data.Select(d => d?.ToString() ?? "")]),
        ("evidence_required", [{ } evidence]) => texts["refusal.evidence_required", words.Choice("evidence", evidence is Households.Evidence e ? Wording.Code(e) : evidence.ToString()!)],
        _ => texts[$"refusal.{code}", [.. data.Select(Show)]],
    };

    private static object Show(object? value) => value switch
    {
        null => "–",
        DateOnly day => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        // What comes back from a receipt has been through JSON.
        System.Text.Json.JsonElement e when DateOnly.TryParseExact(e.ToString(), "yyyy-MM-dd", out var day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.Number } e when e.GetDecimal() >= 10_000 => Show(e.GetDecimal()),
        System.Text.Json.JsonElement e => e.ToString(),
        decimal amount => amount.ToString("#,0.##", CultureInfo.CurrentUICulture),
        _ => value,
    };
}
