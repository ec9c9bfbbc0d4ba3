// The case story, as an outside program plays it with the generated client. GeneratedClientFacts compiles and runs it.
using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;

namespace Generated;

public static class CaseStory
{
    public static async Task<string> PlayAsync(HttpClient http, string userName, string password, string totp, string code)
    {
        var client = new CasesClient(http);
        var token = await client.LoginAsync(null, new LoginRequest { UserName = userName, Password = password, Code = totp });
        http.DefaultRequestHeaders.Authorization = new("Bearer", token.AccessToken);

        var version = 0;
        async Task Do(Func<string, string, Task<CommandAnswer>> command)
        {
            try
            {
                version = (await command(Guid.NewGuid().ToString(), $"\"{version}\"")).Version;
            }
            catch (ApiException<ProblemDetails> e)
            {
                throw new InvalidOperationException($"{e.StatusCode} {e.Result.Code} {e.Result.Field}: {e.Result.Detail}");
            }
        }

        await Do((key, _) => client.RegisterHouseholdAsync(key, new RegisterHousehold
        {
            Code = code, On = new(2021, 3, 1), Place = "04375", HeadName = "Lò Thị Mẫu", HeadSex = Sex.Female, Members = 5, Under16 = 2,
        }));
        await Do((key, seen) => client.RecordAssessmentAsync(code, key, seen, new RecordAssessment
        {
            On = new(2022, 12, 1), Standard = "2022-2025", Area = Area.Rural, ScoreA = 120, ScoreB = 40,
        }));
        await Do((key, seen) => client.HoldMeetingAsync(code, key, seen, new HoldMeeting { On = new(2022, 12, 5), Standard = "2022-2025", Proposed = PovertyClass.Poor, Present = 40, Agreed = 38 }));
        await Do((key, seen) => client.DecideClassAsync(code, key, seen, new DecideClass { On = new(2022, 12, 15), Standard = "2022-2025", Class = PovertyClass.Poor, DecisionNumber = "12/QĐ-UBND" }));
        await Do((key, seen) => client.AgreeSupportAsync(code, key, seen, new AgreeSupport
        {
            On = new(2023, 1, 10), Instrument = "livestock", Amount = 10_000_000, Start = new(2023, 1, 10), End = new(2024, 1, 9),
            Funding = [new Funding { Source = FundingSource.Programme, Amount = 9_000_000 }, new Funding { Source = FundingSource.Own_share, Amount = 1_000_000 }],
            Conditions = [new AskedCondition { Kind = "vaccinate", Due = new(2023, 3, 31) }],
        }));
        await Do((key, seen) => client.GrantLoanAsync(code, key, seen, new GrantLoan { On = new(2023, 2, 1), Amount = 20_000_000, TermMonths = 36 }));
        await Do((key, seen) => client.RequestExitAsync(code, key, seen, new RequestExit { On = new(2023, 10, 1), Wording = "Gia đình xin thoát nghèo." }));
        await Do((key, seen) => client.RecordExitAsync(code, key, seen, new RecordExit { On = new(2023, 12, 15), To = PovertyClass.Not_poor, Voluntary = true }));
        await Do((key, seen) => client.ConfirmExitAsync(code, key, seen, new ConfirmExit { On = new(2024, 6, 1) }));

        try
        {
            await client.ConfirmExitAsync(code, Guid.NewGuid().ToString(), "\"1\"", new ConfirmExit { On = new(2024, 6, 2) });
            return "a stale version was taken";
        }
        catch (ApiException<ProblemDetails> e) when (e.StatusCode == 409)
        {
            if (e.Result.Code != "stale_version") return e.Result.Code;
        }
        var supports = await client.SupportsAsync(null, null, null, null, null, code, null, null, null, true);
        var found = await client.HouseholdsAsync(code, null, Class.Not_poor, null, null, null, 10, null, null, true);
        var household = await client.HouseholdAsync(code, null, null, null);
        var events = await client.HouseholdEventsAsync(code, null);
        return $"{household.Status} {household.Class} {household.LastExit} {household.LastConfirmed} {household.Version == version} {supports.Single().Instrument} {found.Total} {events.Last().Type}";
    }
}
