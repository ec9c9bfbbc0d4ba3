using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Components.Access;

public enum RecordTab { Readings, Accounts, Emergencies, Questions }

/// <summary>A view of what was read and done, as its address has it.</summary>
public sealed record RecordView(
    RecordTab Tab = RecordTab.Readings, string? User = null, ReadKind? What = null, string? Code = null, DateOnly? Since = null, DateOnly? Through = null, int Page = 1, string? Term = null)
{
    public const int Size = 50;

    public ReadFilter Filter => new(User, What, Code is { } code ? Ids.Household(code) : null, Since, Through, Term);

    /// <summary>A day of the address that cannot be read: the page says so.</summary>
    public string? Unread { get; private init; }

    public static RecordView Of(IQueryCollection query)
    {
        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 and <= 100 } text ? text : null;
        var unread = !QueryValues.TryDay(Text("since"), out var since) ? Text("since") : null;
        if (!QueryValues.TryDay(Text("through"), out var through)) unread ??= Text("through");
        return new(
            Text("tab") is { } t && QueryValues.TryEnum<RecordTab>(t, out var tab) ? tab : RecordTab.Readings, Text("user"),
            Text("what") is { } w && QueryValues.TryEnum<ReadKind>(w, out var what) ? what : null, Text("code"), since, through,
            int.TryParse(Text("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? Math.Min(page, 100_000) : 1, Text("term"))
        {
            Unread = unread,
        };
    }

    public string Url(string path = RecordPage.Path)
    {
        var query = new QueryBuilder();
        void Add(string name, string? value) { if (!string.IsNullOrEmpty(value)) query.Add(name, value); }
        Add("tab", Tab == RecordTab.Readings ? null : Wording.Code(Tab));
        Add("user", User);
        Add("what", What is { } what ? Wording.Code(what) : null);
        Add("code", Code);
        Add("since", Since?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("through", Through?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("term", Term);
        Add("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null);
        return path + query.ToQueryString().ToUriComponent();
    }
}

/// <summary>What was read, as a file; that it was taken is on record like any reading. And a notice that was acknowledged.</summary>
public static class RecordExport
{
    public const string Path = RecordPage.Path + "/xuat.csv";

    public static void MapRecord(this WebApplication app)
    {
        app.MapGet(Path, CsvAsync).Needs(Operation.ReadAudit).ExcludeFromDescription();
        app.MapPost("/quan-tri/khan-cap/{id:guid}/da-xem", SeenAsync).Needs(Operation.AcknowledgeEmergency).ExcludeFromDescription();
    }

    public static string SeenPath(Guid notice) => $"/quan-tri/khan-cap/{notice}/da-xem";

    private static async Task<IResult> SeenAsync(Guid id, HttpContext http, IAntiforgery antiforgery, EmergencyAccess emergencies, CancellationToken cancellation)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return TypedResults.BadRequest();
        await emergencies.AcknowledgeAsync(http.Actor(), id, cancellation);
        return TypedResults.LocalRedirect("/");
    }

    private static async Task<IResult> CsvAsync(HttpContext http, ReadLog log, ReadingWords words, IStringLocalizer<AccessTexts> texts, TimeProvider clock, CancellationToken cancellation)
    {
        var who = http.Actor();
        var entries = log.ExportAsync(who, RecordView.Of(http.Request.Query).Filter, http.RequestAborted);
        return TypedResults.Stream(async stream =>
        {
            await using var csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
            await csv.WriteRecordAsync([texts["col.when"].Value, texts["col.who"].Value, texts["col.what"].Value, texts["col.household"].Value, texts["col.from"].Value, texts["col.households"].Value, texts["col.question"].Value], http.RequestAborted);
            await foreach (var e in entries)
                await csv.WriteRecordAsync(
                    [e.At.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), e.User, words.What(e), e.Code ?? "", e.From ?? "", e.Named.ToString(CultureInfo.InvariantCulture), e.Detail ?? ""], http.RequestAborted);
        }, "text/csv; charset=utf-8", $"{texts["record.file"]}-{clock.Today():yyyy-MM-dd}.csv");
    }
}
