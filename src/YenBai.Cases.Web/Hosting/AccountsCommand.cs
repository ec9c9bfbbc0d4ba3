using Microsoft.AspNetCore.Identity;
using YenBai.Cases.Access;
using YenBai.Cases.Maintenance;
using YenBai.Cases.Web.Accounts;
using YenBai.Cases.Web.Api;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Hosting;

/// <summary><c>cases accounts</c>: who may sign in. It is the operator's, so it may make any role, the first administrator too.</summary>
internal static class AccountsCommand
{
    public const string Help = """
        cases accounts create --user U --role R --place PLACE [--hamlet NAME] [--name "FULL NAME"] [--password-stdin]
                                                          make an account; without a password a one-time link is printed
        cases accounts create --user U --role sponsor --household CODE …
        cases accounts list | disable U | enable U | password U [--password-stdin]
        cases accounts reset-second-factor U              for somebody who lost it: they set up a new one after signing in
        cases accounts proposals                          what waits for a second person, with its id
        cases accounts approve U [--id ID]                be the second person, where there is one administrator only
        cases accounts refuse U [--id ID] --reason TEXT
        """;

    private const string Usage = "cases accounts create --user U --role R --place PLACE [--password-stdin] | list | disable U | enable U | password U [--password-stdin] | reset-second-factor U | proposals | approve U [--id ID] | refuse U [--id ID] --reason TEXT";

    private static readonly string[] Roles = ["caseworker", "manager", "evaluator", "administrator", "sponsor", "auditor"];

    /// <summary>What the account shall be allowed.</summary>
    private sealed record Asked(string Role, string? Place, string? Hamlet, IReadOnlyList<string> Households);

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellation) => args switch
    {
        ["create", .. var rest] => await CreateAsync(Options.Of(rest, "--user", "--role", "--place", "--hamlet", "--household", "--name"), cancellation),
        ["list"] => await ListAsync(cancellation),
        ["disable", var user] => await SetDisabledAsync(user, true, cancellation),
        ["enable", var user] => await SetDisabledAsync(user, false, cancellation),
        ["password", var user, .. var rest] => await SetPasswordAsync(user, Options.Of(rest), cancellation),
        ["proposals"] => await ProposalsAsync(cancellation),
        ["approve", var user, .. var rest] => await DecideAsync(user, approve: true, Options.Of(rest, "--id"), cancellation),
        ["refuse", var user, .. var rest] => await DecideAsync(user, approve: false, Options.Of(rest, "--id", "--reason"), cancellation),
        ["reset-second-factor", var user] => await ResetSecondFactorAsync(user, cancellation),
        _ => throw new ArgumentException(Usage),
    };

    private static async Task<int> CreateAsync(Options given, CancellationToken cancellation)
    {
        var user = given.One("--user") ?? throw new ArgumentException("Whose? --user U, the staff code.");
        var asked = AskedFor(given);
        var password = given.Password();

        await using var store = await OperatorStore.OpenAsync(cancellation);
        await using var scope = store.Scope();
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        // An account without any grant is what a kill between the two left: the same command completes it.
        var begun = await desk.FindAsync(user);
        if (begun is not null && (await store.Get<StaffDesk>().AllAsync(cancellation)).Any(m => m.Id == StaffMember.IdOf(user))) throw new ArgumentException($"There is an account {user} already.");
        var account = begun ?? new StaffAccount { UserName = user, FullName = given.One("--name") };
        if (begun is null) Must(await desk.CreateAsync(account, password));
        else if (password is not null) Must(await desk.SetPasswordAsync(account, password));
        try
        {
            await GrantAsync(store, user, asked, cancellation);
        }
        catch
        {
            // An account that may do nothing is of no use to anybody.
            await desk.DeleteAsync(account);
            throw;
        }
        Console.WriteLine($"Account {user}: {asked.Role}, {asked.Place ?? string.Join(", ", asked.Households)}");
        if (password is null) await PrintLinkAsync(scope.ServiceProvider, account);
        return 0;
    }

    private static Asked AskedFor(Options given)
    {
        var role = given.One("--role")?.ToLowerInvariant();
        if (role is null || !Roles.Contains(role)) throw new ArgumentException($"Which role? --role R, one of {string.Join(", ", Roles)}.");
        var asked = new Asked(role, given.One("--place"), given.One("--hamlet"), given.All("--household"));
        if (role == "sponsor" && (asked.Households.Count == 0 || asked.Place is not null)) throw new ArgumentException("A sponsor sees households by name: --household CODE, as often as needed, and no --place.");
        if (role != "sponsor" && (asked.Place is null || asked.Households.Count > 0)) throw new ArgumentException("Where? --place CODE or CODE@YYYY-MM-DD; households are for a sponsor.");
        if (role != "caseworker" && asked.Hamlet is not null) throw new ArgumentException("A hamlet is for a caseworker.");
        return asked;
    }

    private static async Task GrantAsync(OperatorStore store, string user, Asked asked, CancellationToken cancellation)
    {
        var request = new GrantRequest(Enum.Parse<Role>(asked.Role, ignoreCase: true), asked.Place, asked.Hamlet, asked.Households, null, null, "cases accounts create");
        if (await store.Get<StaffDesk>().GrantAsync(Actor.Operator, user, request, cancellation) is { } refusal)
            throw new ArgumentException(store.Get<Problems>().Text(refusal));
        await RestAsync(store, cancellation);
    }

    /// <summary>The projections look at the new event, too: stopped in the middle of that, they would complain.</summary>
    private static Task RestAsync(OperatorStore store, CancellationToken cancellation) => store.Get<Freshness>().WaitAsync(TimeSpan.FromSeconds(10), cancellation);

    private static async Task<int> ListAsync(CancellationToken cancellation)
    {
        await using var store = await OperatorStore.OpenAsync(cancellation);
        await using var scope = store.Scope();
        var members = (await store.Get<StaffDesk>().AllAsync(cancellation)).ToDictionary(m => m.Id);
        foreach (var a in await scope.ServiceProvider.GetRequiredService<AccountDesk>().ListAsync(cancellation))
            Console.WriteLine($"{a.UserName,-24} {a.State switch { AccountState.Active => "active", AccountState.Disabled => "disabled", _ => "no password yet" },-16} {GrantsOf(a.UserName),-40} {a.FullName}".TrimEnd());

        string GrantsOf(string user) => members.TryGetValue(StaffMember.IdOf(user), out var member)
            ? string.Join(", ", member.GrantsAt(TimeProvider.System.GetUtcNow()).Select(g => $"{g.Role.ToString().ToLowerInvariant()} {g.Place ?? $"{g.Households.Count} households"}{(g.Hamlet is { } hamlet ? "/" + hamlet : "")}"))
            : "";
        return 0;
    }

    private static async Task<int> SetDisabledAsync(string user, bool disabled, CancellationToken cancellation)
    {
        await using var store = await OperatorStore.OpenAsync(cancellation);
        await using var scope = store.Scope();
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        var account = await GetAsync(desk, user);
        if (await store.Get<StaffDesk>().SetDisabledAsync(Actor.Operator, account.UserName!, disabled, disabled ? "cases accounts disable" : "cases accounts enable", cancellation) is { } refusal)
            throw new ArgumentException(store.Get<Problems>().Text(refusal));
        Must(await desk.SetDisabledAsync(account, disabled, cancellation));
        await RestAsync(store, cancellation);
        Console.WriteLine(disabled ? $"Account {user} is disabled; whoever is signed in with it is out." : $"Account {user} is enabled.");
        return 0;
    }

    private static async Task<int> ProposalsAsync(CancellationToken cancellation)
    {
        await using var store = await OperatorStore.OpenAsync(cancellation);
        var open = await store.Get<StaffHistory>().ProposalsAsync(Actor.Operator, cancellation);
        foreach (var p in open) Console.WriteLine(Line(p));
        if (open.Count == 0) Console.WriteLine("Nothing waits for a second person.");
        return 0;
    }

    private static string Line(OpenProposal p)
    {
        var what = p.Proposal.Grant is { } grant ? $"{grant.Role.ToString().ToLowerInvariant()} {grant.Place ?? $"{grant.Households.Count} households"}" : p.Proposal.GrantId?.ToString() ?? "";
        return $"{p.Member.UserName,-24} {p.Proposal.Id} {p.Proposal.Kind.ToString().ToLowerInvariant(),-8} {what,-30} by {p.Proposal.By}, {p.Proposal.At:yyyy-MM-dd}: {p.Reason}";
    }

    private static async Task<int> DecideAsync(string user, bool approve, Options given, CancellationToken cancellation)
    {
        await using var store = await OperatorStore.OpenAsync(cancellation);
        await using var scope = store.Scope();
        var open = (await store.Get<StaffHistory>().ProposalsAsync(Actor.Operator, cancellation)).Where(p => Granting.IsSame(p.Member.UserName, user)).ToList();
        var chosen = given.One("--id") is { } id ? open.Where(p => p.Proposal.Id.ToString() == id).ToList() : open;
        if (chosen.Count == 0) throw new ArgumentException($"Nothing waits for a second person at {user}. See: cases accounts proposals");
        if (chosen.Count > 1) throw new ArgumentException($"Which? --id ID, one of:\n{string.Join("\n", chosen.Select(Line))}");
        var (member, proposal) = (chosen[0].Member, chosen[0].Proposal);

        var refusal = approve
            ? await store.Get<StaffDesk>().ApproveAsync(Actor.Operator, member.UserName, proposal.Id, cancellation)
            : await store.Get<StaffDesk>().RefuseAsync(Actor.Operator, member.UserName, proposal.Id, given.One("--reason") ?? throw new ArgumentException("Why? --reason TEXT."), cancellation);
        if (refusal is not null) throw new ArgumentException(store.Get<Problems>().Text(refusal));
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        if (approve && proposal.Kind is (ProposalKind.Disable or ProposalKind.Enable) && await desk.FindAsync(member.UserName) is { } account)
            Must(await desk.SetDisabledAsync(account, proposal.Kind == ProposalKind.Disable, cancellation));
        await RestAsync(store, cancellation);
        Console.WriteLine(approve ? $"Approved: {Line(chosen[0])}" : $"Refused: {Line(chosen[0])}");
        return 0;
    }

    private static async Task<int> SetPasswordAsync(string user, Options given, CancellationToken cancellation)
    {
        var password = given.Password();
        await using var store = await OperatorStore.OpenAsync(cancellation);
        await using var scope = store.Scope();
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        var account = await GetAsync(desk, user);
        if (password is null)
        {
            await PrintLinkAsync(scope.ServiceProvider, account);
            return 0;
        }
        Must(await desk.SetPasswordAsync(account, password));
        Console.WriteLine($"Account {user} has a new password; whoever is signed in with it is out.");
        return 0;
    }

    private static async Task<int> ResetSecondFactorAsync(string user, CancellationToken cancellation)
    {
        await using var store = await OperatorStore.OpenAsync(cancellation);
        await using var scope = store.Scope();
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        await desk.RemoveFactorsAsync(await GetAsync(desk, user));
        Console.WriteLine($"Account {user} has no authenticator app, recovery code or passkey any more; whoever is signed in with it is out.");
        return 0;
    }

    private static async Task<StaffAccount> GetAsync(AccountDesk desk, string user) => await desk.FindAsync(user) ?? throw new ArgumentException($"There is no account {user}.");

    private static async Task PrintLinkAsync(IServiceProvider services, StaffAccount account)
    {
        var link = await services.GetRequiredService<AccountDesk>().LinkAsync(account);
        Console.WriteLine($"To set a password, once, within {PasswordLinks.Valid.TotalHours:0} hours: {link}");
        if (services.GetRequiredService<PublicAddress>().NamesThisMachineOnly)
            Console.Error.WriteLine("Nobody on another machine can open this link: it names this machine. Set Cases__PublicAddress to the address under which people reach the server, for example https://cases.example.vn, and make the link again.");
    }

    private static void Must(IdentityResult result)
    {
        if (!result.Succeeded) throw new ArgumentException(string.Join(" ", result.Errors.Select(e => e.Description)));
    }

    /// <summary>What was given: <c>--option value</c> or <c>--option=value</c>, and whether a password comes on standard input.</summary>
    private sealed class Options(List<(string Option, string Value)> given, bool passwordOnInput)
    {
        private const string OnInput = "--password-stdin";

        public static Options Of(string[] args, params string[] known)
        {
            var given = new List<(string, string)>();
            for (var i = 0; i < args.Length; i++)
            {
                if (args[i] == OnInput) continue;
                var at = args[i].IndexOf('=', StringComparison.Ordinal);
                var option = at < 0 ? args[i] : args[i][..at];
                if (!known.Contains(option)) throw new ArgumentException($"There is no option {option}. {Usage}");
                given.Add((option, at >= 0 ? args[i][(at + 1)..] : ++i < args.Length ? args[i] : throw new ArgumentException($"{option} needs a value.")));
            }
            return new(given, args.Contains(OnInput));
        }

        public string? One(string option) => All(option) switch { [] => null, [var value] => value, _ => throw new ArgumentException($"{option} is given twice.") };

        public IReadOnlyList<string> All(string option) => [.. given.Where(g => g.Option == option).Select(g => g.Value)];

        /// <summary>Never an argument: those are read by everybody on the machine.</summary>
        public string? Password() => !passwordOnInput ? null : Console.In.ReadLine() is { Length: > 0 } line ? line : throw new ArgumentException("No password came on standard input.");
    }
}
