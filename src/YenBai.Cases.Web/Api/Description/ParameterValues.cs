using System.Text.Json;
using YenBai.Cases.Caseload;
using YenBai.Cases.ExitDurability;
using YenBai.Cases.Households;
using YenBai.Cases.Movements;
using YenBai.Cases.Needs;
using YenBai.Cases.Places;

namespace YenBai.Cases.Web.Api.Description;

/// <summary>The values of those query parameters that have few.</summary>
internal static class ParameterValues
{
    private static readonly string[] Standards = [.. PovertyStandards.All.Select(s => s.Code)], Groupings = Camel<Grouping>();

    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["class"] = Snake<PovertyClass>(),
        ["standard"] = Standards,
        ["support"] = [.. CaseloadFilter.Supports],
        ["instrument"] = [.. Instruments.All.Select(i => i.Code)],
        ["area"] = Snake<Area>(),
        ["groupBy"] = Groupings,
        ["strata"] = Groupings,
        ["covariates"] = Groupings,
        ["with"] = Groupings,
        ["model"] = Camel<RegressionModel>(),
        ["scope"] = ["all", "first"],
        ["depth"] = ["strict", "broad"],
        ["censoring"] = ["lastConfirmed", "asOf"],
        ["standardChange"] = ["censor", "event"],
        ["moveOut"] = ["compete", "censor"],
        ["interval"] = ["logLog", "log", "plain"],
        ["variance"] = ["cluster", "greenwood"],
        ["timeScale"] = ["days", "reviews"],
        ["by"] = Camel<MovementCut>(),
        ["axis"] = ["full", "zoom"],
        ["language"] = ["vi", "en"],
        ["layout"] = Snake<MovementLayout>(),
        ["split"] = ["ethnicity"],
        ["dryRun"] = ["true", "false"],
        ["column"] = Snake<MovementColumn>(),
        ["mark"] = Snake<EthnicMark>(),
        ["/api/supports state"] = Snake<SupportState>(),
        ["/api/needs state"] = Snake<WishState>(),
        ["/api/durability/spells format"] = ["json", "csv"],
        ["/api/outcomes format"] = ["json", "csv"],
        ["/api/durability/table format"] = ["csv", "xlsx"],
        ["/api/movement/file format"] = ["csv", "xlsx"],
    };

    private static readonly string[] Lists = ["strata", "covariates", "with"];

    /// <summary>None for a parameter of free text, a number or a day.</summary>
    public static (IReadOnlyList<string> Values, bool Several)? Of(string path, string parameter) =>
        Values.GetValueOrDefault($"{path} {parameter}") is { } own ? (own, false)
        : Values.GetValueOrDefault(parameter) is { } values ? (values, Lists.Contains(parameter)) : null;

    private static string[] Snake<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private static string[] Camel<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
}
