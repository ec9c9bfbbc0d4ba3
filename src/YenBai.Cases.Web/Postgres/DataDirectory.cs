namespace YenBai.Cases.Web.Postgres;

/// <summary>The directory of everything that the application keeps in files: <c>Cases:DataDirectory</c>, else <c>.data</c>.</summary>
public static class DataDirectory
{
    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration["Cases:DataDirectory"] is { Length: > 0 } directory ? directory : ".data");
}
