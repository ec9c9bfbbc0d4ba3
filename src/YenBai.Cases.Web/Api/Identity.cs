namespace YenBai.Cases.Web.Api;

/// <summary>Who acts. Until there are accounts: whoever sits at this machine.</summary>
public static class Identity
{
    public const string Local = "local";

    public static string Of(HttpContext context) => context.User.Identity?.Name ?? Local;
}
