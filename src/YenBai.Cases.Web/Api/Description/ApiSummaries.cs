namespace YenBai.Cases.Web.Api.Description;

/// <summary>What each call is for, in a line. Commands on a household are called what their forms are called.</summary>
internal static class ApiSummaries
{
    private static readonly Dictionary<string, string> Summaries = new(StringComparer.OrdinalIgnoreCase)
    {
        ["POST /api/login"] = "Sign in; the answer has the access token",
        ["POST /api/refresh"] = "Renew an access token",
        ["POST /api/logout"] = "End the session",
        ["GET /api/households"] = "Find households, by cursor or by page",
        ["POST /api/households"] = "Register a household",
        ["GET /api/households/{code}"] = "A case as of a day, as known on a day",
        ["GET /api/households/{code}/events"] = "All that was recorded of a household",
        ["GET /api/households/{code}/eligibility"] = "Which support a household is entitled to",
        ["POST /api/households/{code}/attachments"] = "Attach a photograph or a scan",
        ["GET /api/households/{code}/attachments/{id}"] = "A photograph or a scan",
        ["POST /api/households/{code}/break-glass"] = "Open a household of another's in an emergency",
        ["GET /api/plan/{year}/progress"] = "Targets and actual figures of a year's plan",
        ["GET /api/supports"] = "Support agreements with their conditions",
        ["GET /api/supports/indicators"] = "How conditions were met",
        ["GET /api/standards"] = "The poverty standards in force over time",
        ["GET /api/standards/{standard}"] = "A poverty standard with its thresholds and scores",
        ["POST /api/standards/{standard}/corrections"] = "Correct a value of a standard",
        ["GET /api/classify"] = "The class that scores give",
        ["POST /api/classify"] = "The class that answers of the form give",
        ["GET /api/what-if"] = "How many households another standard would find poor",
        ["GET /api/movement"] = "How the list of the poor moved, year by year",
        ["GET /api/movement/file"] = "The movement table of two years as a file",
        ["GET /api/outcomes"] = "Outcome indicators of a year and a place",
        ["POST /api/decisions"] = "Decide on many households at once",
        ["GET /api/needs"] = "Support that was asked for",
        ["GET /api/watch"] = "Households off the list to visit first",
        ["GET /api/sponsors"] = "Agencies that sponsor households",
        ["GET /api/sponsors/{sponsor}"] = "An agency with its households",
        ["GET /api/accounts"] = "Staff accounts",
        ["GET /api/accounts/{user}"] = "A staff account with its grants",
        ["POST /api/accounts/{user}/grants"] = "Grant a role in a place",
        ["POST /api/accounts/{user}/grants/{id}/revoke"] = "Revoke a grant",
        ["POST /api/accounts/{user}/disable"] = "Disable an account",
        ["POST /api/accounts/{user}/enable"] = "Enable an account",
        ["POST /api/accounts/{user}/proposals/{id}/approve"] = "Approve what another administrator proposed",
        ["POST /api/accounts/{user}/proposals/{id}/refuse"] = "Refuse what another administrator proposed",
        ["GET /api/releases"] = "Releases of rows to evaluators",
        ["POST /api/releases"] = "Release rows to an evaluator",
        ["POST /api/releases/{id}/revoke"] = "Revoke a release",
        ["GET /api/durability/spells"] = "Spells out of poverty, row by row",
        ["GET /api/durability/curve"] = "Kaplan-Meier curves with quantiles and horizons",
        ["GET /api/durability/hazard"] = "Hazard of re-entry by review cycle",
        ["GET /api/durability/cumulative-incidence"] = "Cumulative incidence of re-entry, moving out and dissolution",
        ["GET /api/durability/log-rank"] = "Log-rank test between groups",
        ["GET /api/durability/rmst"] = "Restricted mean time out of poverty",
        ["GET /api/durability/regression"] = "Regression of re-entry on covariates",
        ["GET /api/durability/table"] = "The curves as a table in a file",
        ["GET /api/durability/script"] = "A script in R that computes the figures again",
        ["GET /api/durability/changes"] = "What became known since an earlier day",
        ["GET /api/durability/figure"] = "The curves as a figure (SVG)",
    };

    /// <summary>None for a call that is not listed.</summary>
    public static string? Of(string method, string path) => Summaries.GetValueOrDefault($"{method} {path}");
}
