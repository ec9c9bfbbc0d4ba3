using YenBai.Cases.Import;
using YenBai.Cases.Web.Postgres;

namespace YenBai.Cases.Web.Hosting.Faults;

/// <summary>Why a command failed, in words. What nobody foresaw goes, without anything that a file or the store says, to a file next to the store.</summary>
internal static class OperatorFault
{
    private const string FileName = "faults.log";

    public static string Words(Exception e)
    {
        var reasons = new Reasons();
        if (UnreadableFileException.Of(e) is { } known) return reasons.Text(known.Code, known.Details);
        // The words of our own refusals are for the operator; those of libraries may quote what a file says.
        if (e is PrivatePostgresException || (e is ArgumentException or InvalidOperationException or IOException or InvalidDataException && IsOurs(e))) return e.Message;
        if (e is UnauthorizedAccessException or IOException) return reasons.Text("file_not_usable");
        return $"{reasons.Text("failed_unforeseen")} ({Keep(e) ?? e.GetType().Name})";
    }

    private static bool IsOurs(Exception e) => e.TargetSite?.Module.Assembly.GetName().Name?.StartsWith("YenBai.", StringComparison.Ordinal) == true;

    /// <returns>Where it was written; none where that failed, too.</returns>
    private static string? Keep(Exception e)
    {
        try
        {
            var path = Path.Combine(DataDirectory.Of(new ConfigurationBuilder().AddEnvironmentVariables().Build()), FileName);
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(path, options);
            writer.WriteLine($"{TimeProvider.System.GetUtcNow():O} {FaultText.Of(e)}");
            return path;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
