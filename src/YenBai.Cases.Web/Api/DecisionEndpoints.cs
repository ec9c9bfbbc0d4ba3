using System.Text.Json;
using YenBai.Cases.Access;
using YenBai.Cases.Commands;
using YenBai.Cases.Decisions;
using YenBai.Cases.Households;
using YenBai.Cases.Listing;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Api.Description;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Api;

/// <summary>One decision of the chairman on many households.</summary>
/// <param name="Place">All of them stand there.</param>
public sealed record DecisionBody(string? Place, string? Hamlet, string? Standard, DateOnly? On, string? Number, Signatory? Signatory, IReadOnlyList<DecisionItem?>? Households);

/// <param name="Version">The version of the household that was seen.</param>
public sealed record DecisionItem(string? Code, int? Version, PovertyClass? Class);

/// <param name="Outcome">accepted, refused, stale, unknown_household.</param>
/// <param name="Version">The household's version after it, or the one that it has.</param>
/// <param name="Effect">What it does to the list.</param>
/// <param name="Letter">The version of the decision's fact, whose letter the household gets.</param>
public sealed record DecisionOutcome(
    string Code, string Outcome, int Version, PovertyClass Class, ListEffect? Effect, int? Letter, IReadOnlyList<string> Warnings, string? ReasonCode, string? Reason);

public sealed record DecisionAnswer(bool DryRun, int Accepted, int Refused, IReadOnlyList<DecisionOutcome> Outcomes);

/// <summary>A decision on a whole list.</summary>
public static class DecisionEndpoints
{
    private const int Most = 2000;

    public static void MapDecisions(this RouteGroupBuilder api) =>
        api.MapPost("/decisions", DecideAsync).WithMetadata(new WritesAttribute { KeyOptional = true }).Needs(Operation.Decide).WithName("decisions").Accepts<DecisionBody>("application/json").Produces<DecisionAnswer>().ProducesProblem(400).ProducesProblem(422);

    private static async Task<IResult> DecideAsync(
        string? dryRun, HttpRequest request, CommandBatch batch, PlaceCases cases, PlaceCatalog places, TimeProvider clock, Problems problems, CancellationToken cancellation)
    {
        var dry = dryRun switch { null or "" or "true" => true, "false" => false, _ => (bool?)null };
        if (dry is null) return problems.Of(400, "unknown_value", "dryRun", dryRun);
        var key = request.Headers["Idempotency-Key"].ToString().Trim();
        if (dry == false && key.Length is 0 or > 200) return problems.Of(400, "idempotency_key_required");

        var who = request.HttpContext.Actor();
        string text;
        DecisionBody? body;
        try
        {
            using var read = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellation);
            text = read.RootElement.GetRawText();
            body = read.Deserialize<DecisionBody>(ApiJson.Options);
        }
        catch (JsonException e)
        {
            var field = e.Path?.TrimStart('$', '.');
            return problems.Of(400, "body_malformed", string.IsNullOrEmpty(field) ? null : field);
        }
        if (body is null) return problems.Of(400, "body_malformed");
        if (body.On is not { } on) return problems.Of(422, "required", "on");
        if (PovertyStandards.Find(body.Standard) is null) return problems.Of(422, "unknown_standard", "standard", body.Standard);
        if (string.IsNullOrWhiteSpace(body.Number)) return problems.Of(422, "required", "number");
        if (string.IsNullOrWhiteSpace(body.Place)) return problems.Of(422, "required", "place");
        if (places.Resolve(body.Place, clock.Today()) is not { } unit) return problems.Of(400, "unknown_place", "place", body.Place);
        if (body.Households is not { Count: > 0 and <= Most } households) return problems.Of(422, "out_of_range", "households", 1, Most);
        if (households.Any(h => h is not { Code: not null, Version: not null, Class: not null })) return problems.Of(422, "required", "households");

        var asked = households.Select(h => new Asked(h!.Code!.Trim(), h.Version!.Value, new DecideClass(on, body.Standard!, h.Class!.Value, body.Number, null, null, body.Signatory)))
            .DistinctBy(a => Ids.Household(a.Code)).ToList();
        var within = await cases.StandingInAsync(who, Operation.Decide, unit.Id, string.IsNullOrWhiteSpace(body.Hamlet) ? null : body.Hamlet, asked.Select(a => a.Code), cancellation);
        var here = asked.FindAll(a => within.Contains(Ids.Household(a.Code)));
        List<BatchOutcome> outcomes;
        if (dry == true) outcomes = [.. await batch.TryAsync(who, here, cancellation)];
        else
        {
            if (!await batch.ClaimAsync(who, key, text, cancellation)) return problems.Of(422, "idempotency_key_reused");
            outcomes = [];
            await foreach (var outcome in batch.RunAsync(who, key, here, cancellation)) outcomes.Add(outcome);
        }
        var byCode = outcomes.ToDictionary(o => o.Code);
        var answer = asked.Select(a => View(
            byCode.GetValueOrDefault(a.Code) ?? new(a.Code, Reception.NoSuchHousehold, 0, null, null, [], null), ((DecideClass)a.Command).Class, who, problems)).ToList();
        return TypedResults.Ok(new DecisionAnswer(dry.Value, answer.Count(o => o.Outcome == "accepted"), answer.Count(o => o.Outcome != "accepted"), answer));
    }

    private static DecisionOutcome View(BatchOutcome o, PovertyClass @class, Actor who, Problems problems)
    {
        var refusal = o.Reception switch
        {
            Reception.Accepted => null,
            Reception.Stale => new Refusal("stale_version", null, o.Version),
            Reception.KeyReused => new Refusal("idempotency_key_reused"),
            Reception.NotPermitted => new Refusal("not_permitted"),
            Reception.NoSuchHousehold => new Refusal(who.ReadsOnly(Ids.Household(o.Code)) ? "read_only" : "unknown_household", null, o.Code),
            _ => o.Refusal,
        };
        var outcome = o.Reception == Reception.NoSuchHousehold ? refusal!.Code : Wording.Code(o.Reception);
        return new(o.Code, outcome, o.Version, @class, o.Effect, o.Decision, o.Warnings, refusal?.Code, refusal is null ? null : problems.Text(refusal));
    }
}
