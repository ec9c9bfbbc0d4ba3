namespace YenBai.Cases.Web.Accounts;

/// <summary>Where a sign-in came from, in words that the person recognises: the address, and the browser where there is one.</summary>
public static class Whence
{
    // The first that is named: every browser calls itself by the names of those before it.
    private static readonly string[] Browsers = ["Edg/", "OPR/", "Firefox/", "Chrome/", "Safari/"];
    private static readonly string[] Systems = ["Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"];

    public static string Of(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        var browser = Browsers.FirstOrDefault(agent.Contains) switch { null => null, "Edg/" => "Edge", "OPR/" => "Opera", var name => name.TrimEnd('/') };
        var address = context.Connection.RemoteIpAddress is { } ip ? (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString() : null;
        return string.Join(" · ", new[] { address, browser, Systems.FirstOrDefault(agent.Contains) }.OfType<string>());
    }
}
