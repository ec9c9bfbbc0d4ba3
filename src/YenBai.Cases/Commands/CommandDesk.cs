using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using JasperFx;
using Marten;
using Marten.Exceptions;
using Microsoft.Extensions.DependencyInjection;
using Wolverine;
using Wolverine.Persistence;
using YenBai.Cases.Access;
using YenBai.Cases.Households;

namespace YenBai.Cases.Commands;

/// <summary>How a command ended at the desk.</summary>
public enum Reception { Accepted, Refused, NoSuchHousehold, Stale, KeyReused, NotPermitted }

/// <param name="Answer">What was answered; none for a household that is not there and for a reused key.</param>
/// <param name="CurrentVersion">For a stale command: the version that the household has now.</param>
public sealed record Received(Reception Reception, Answer? Answer = null, int CurrentVersion = 0);

/// <summary>
/// Where every command is handed in, from the screens and from the API. The same key with the same command is answered
/// the same and acts once, across restarts and when two arrive together.
/// </summary>
public sealed partial class CommandDesk(IServiceScopeFactory scopes, IDocumentStore store)
{
    private static readonly Guid Keys = new("0d0c21b9-5a53-5a0b-8a5e-5f5a4bb1f0c1");

    /// <summary>So often somebody else may be faster before a command that only appends is refused as stale.</summary>
    private const int MostAppendAttempts = 10;

    public async Task<Received> SubmitAsync(Actor by, string code, int version, string key, HouseholdCommand command, CancellationToken cancellation)
    {
        var household = await store.HouseholdIdAsync(code, cancellation);
        Task<Received> AtAsync(int seen) => ReceiveAsync(by, key, code, command, cancellation, (id, fingerprint) => new Submit(household, seen, id, fingerprint, by, command), household, seen);
        var received = await AtAsync(version);
        for (var attempt = 1; received.Reception == Reception.Stale && command.OnlyAppends && attempt < MostAppendAttempts; attempt++) received = await AtAsync(received.CurrentVersion);
        return received;
    }

    public async Task<Received> RegisterAsync(Actor by, string key, StartingCommand command, CancellationToken cancellation)
    {
        var household = await store.HouseholdIdAsync(command.NewCode ?? "", cancellation);
        return await ReceiveAsync(by, key, "", command, cancellation, (id, fingerprint) => new SubmitNew(household, id, fingerprint, by, command), household, null);
    }

    /// <summary>Whether a command would be decided at all: what it lacks is said to nobody who may not give it.</summary>
    public async Task<Reception> AdmitAsync(Actor by, string code, HouseholdCommand command, CancellationToken cancellation)
    {
        if (!by.MayGive(command)) return Reception.NotPermitted;
        await using var session = store.QuerySession();
        return await session.HouseholdAsync(code, cancellation) is { } household && by.MayGive(command, household) ? Reception.Accepted : Reception.NoSuchHousehold;
    }

    private async Task<Received> ReceiveAsync(
        Actor by, string key, string code, HouseholdCommand command, CancellationToken cancellation, Func<Guid, string, object> message, Guid household, int? version)
    {
        if (!by.MayGive(command)) return new Received(Reception.NotPermitted);
        // One's keys are one's own: nobody meets another's answer under them.
        var id = Ids.Named(Keys, $"{by.Name}\n{key}");
        var text = JsonSerializer.Serialize(command, command.GetType(), Json.Options);
        // PostgreSQL keeps no such character, in no text.
        if (Nul().IsMatch(text)) return new Received(Reception.Refused, new Answer(code, version ?? 0, [], new Refusal("text_malformed")));
        var fingerprint = FingerprintOf(HouseholdCode.Key(code), command, text);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var answer = await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync<Answer>(message(id, fingerprint), cancellation);
            return new Received(answer.Refusal is null ? Reception.Accepted : Reception.Refused, answer);
        }
        catch (Exception e) when (e is RequiredDataMissingException or OutOfReachException)
        {
            return new Received(Reception.NoSuchHousehold);
        }
        catch (Exception e) when (WriteConflict.Is(e))
        {
            // A key that came before loses against its own receipt, or against the version that it made itself: what was
            // answered then is the answer now. Nobody else pays for the question.
            if (await EarlierAsync(id, fingerprint, cancellation) is { } earlier) return earlier;
            await using var session = store.QuerySession();
            var current = await session.LoadAsync<Household>(household, cancellation);
            if (current is null || (version is not null && !by.MayGive(command, current))) return new Received(Reception.NoSuchHousehold);
            return version is null
                ? new Received(Reception.Refused, new Answer(current.Code, current.Version, [], new Refusal("code_taken", "code", current.Code)))
                : new Received(Reception.Stale, CurrentVersion: current.Version);
        }
    }

    private async Task<Received?> EarlierAsync(Guid key, string fingerprint, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<Receipt>(key, cancellation) is not { } receipt) return null;
        if (receipt.Fingerprint != fingerprint) return new Received(Reception.KeyReused);
        return new Received(receipt.Answer.Refusal is null ? Reception.Accepted : Reception.Refused, receipt.Answer);
    }

    private static string FingerprintOf(string code, HouseholdCommand command, string text) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{code}\n{command.GetType().Name}\n{text}")));

    /// <summary>The escape of U+0000, itself not escaped.</summary>
    [GeneratedRegex(@"(?<!\\)(?:\\\\)*\\u0000")]
    private static partial Regex Nul();
}
