using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using YenBai.Cases.Access;
using YenBai.Cases.CaseFiles;
using YenBai.Cases.Caseload;
using YenBai.Cases.Commands;
using YenBai.Cases.Households;
using YenBai.Cases.Support;
using YenBai.Cases.Web.Api;
using YenBai.Cases.Web.Components.Access;
using YenBai.Cases.Web.Components.Forms;
using YenBai.Cases.Web.Gate;
using YenBai.Cases.Web.Tests.Store;
using YenBai.Cases.Web.Words;

namespace YenBai.Cases.Web.Tests.Words;

/// <summary>Whatever there is has words, in both languages; a code or a missing text never reaches a person.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class WordFacts(TestStore store) : IClassFixture<TestStore>
{
    private static readonly Guid Support = new("aaaaaaaa-0000-0000-0000-000000000001"), Condition = new("aaaaaaaa-0000-0000-0000-000000000002"), Title = new("aaaaaaaa-0000-0000-0000-000000000003");

    public static TheoryData<string> Languages => ["vi", "en"];

    private IStringLocalizer<Texts> T => store.Get<IStringLocalizer<Texts>>();

    private static T In<T>(string language, Func<T> say)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new(language);
            return say();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_event_has_a_sentence_and_a_kind(string language)
    {
        foreach (var type in Facts.All)
        {
            var (sentence, kind) = In(language, () => (store.Get<EventWords>().Sentence((HouseholdEvent)Filled(type.Type)), store.Get<EventWords>().Kind(type.Name)));

            Code().IsMatch(sentence).ShouldBeFalse($"{type.Name}: {sentence}");
            sentence.ShouldNotContain("{");
            kind.ShouldNotStartWith("kind.");
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_choice_of_support_has_a_word(string language)
    {
        foreach (var type in new[]
        {
            typeof(FundingSource), typeof(Evidence), typeof(AfterMiss), typeof(SupportOutcome), typeof(SupportState), typeof(ConditionState), typeof(RefusalGround), typeof(LivestockChange),
            typeof(JobKind), typeof(ShockKind), typeof(GroupKind), typeof(CommendedBy), typeof(ComplaintAbout), typeof(VisitPurpose), typeof(DeclineGround), typeof(Signatory),
        })
            foreach (var value in Enum.GetNames(type).Select(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName))
                In(language, () => T[$"{Wording.KindOf(type)}.{value}"]).ResourceNotFound.ShouldBeFalse($"{type.Name} {value}");
        foreach (var family in Instruments.All.Select(i => i.Family).Distinct()) In(language, () => T[$"support.{family}"]).ResourceNotFound.ShouldBeFalse(family);
    }

    /// <summary>The codes are read from the sources: who adds one is reminded of its words.</summary>
    [Theory, MemberData(nameof(Languages))]
    public void Every_refusal_has_words(string language)
    {
        var codes = CodesIn(SourcesOf("YenBai.Cases"));

        codes.Count.ShouldBeGreaterThan(60);
        codes.Where(c => In(language, () => T[$"refusal.{c}"]).ResourceNotFound && In(language, () => T[$"ground.{c}.against"]).ResourceNotFound).ShouldBeEmpty();
    }

    /// <summary>The lists that the record of reading names are read from the sources; so are the parts of their questions.</summary>
    [Theory, MemberData(nameof(Languages))]
    public void Every_list_on_record_and_every_part_of_its_question_has_words(string language)
    {
        var texts = store.Get<IStringLocalizer<AccessTexts>>();
        var lists = SourcesOf("YenBai.Cases").Concat(SourcesOf("YenBai.Cases", only: "Import")).Concat(SourcesOf("YenBai.Cases", only: "Standards")).SelectMany(text => RecordedList().Matches(text).Select(m => m.Groups[1].Value)).Concat(SourcesOf("YenBai.Cases").SelectMany(text => RecordedEmergency().Matches(text).Select(m => m.Groups[1].Value))).Distinct().ToList();
        var filters = new[]
        {
            typeof(CaseloadFilter), typeof(SupportFilter), typeof(YenBai.Cases.Needs.NeedFilter), typeof(YenBai.Cases.Watch.WatchQuestion), typeof(YenBai.Cases.WhatIf.WhatIfQuestion), typeof(YenBai.Cases.Decisions.ReviewQuestion), typeof(YenBai.Cases.Decisions.LetterQuestion),
            typeof(ReadFilter), typeof(YenBai.Cases.ExitDurability.ExitQuestion), typeof(YenBai.Cases.Web.Components.Plan.PlanView), typeof(YenBai.Cases.Web.Components.Movements.MovementPageView),
        };
        var parts = filters.SelectMany(f => f.GetProperties()).Where(p => p.CanWrite).Select(p => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)).Distinct();

        lists.Count.ShouldBeGreaterThan(15);
        lists.ShouldContain("emergency_record");
        lists.Select(l => $"list.{l}").Concat(parts.Select(p => $"asked.{p}")).Where(key => In(language, () => texts[key]).ResourceNotFound).ShouldBeEmpty();
        Enum.GetValues<ReadKind>().Select(k => $"kind.{Wording.Code(k)}").Where(key => In(language, () => texts[key]).ResourceNotFound).ShouldBeEmpty();
    }

    /// <summary>The questions that evaluators ask are stored with codes; anyone who reads the record of access reads words.</summary>
    [Theory, MemberData(nameof(Languages))]
    public void Every_question_about_figures_reads_in_words(string language)
    {
        var says = store.Get<YenBai.Cases.Web.Components.Access.ReadingWords>();
        var reports = SourcesOf("YenBai.Cases").Concat(SourcesOf("YenBai.Cases", only: "Plan")).SelectMany(text => AskedReport().Matches(text).Select(m => m.Groups[1].Value)).Distinct().ToList();
        reports.Count.ShouldBeGreaterThan(5);
        In(language, () => reports.Where(r => store.Get<IStringLocalizer<AccessTexts>>()[$"figures.{r}"].ResourceNotFound).ToList()).ShouldBeEmpty();

        (string What, string Asked) Of(string text)
        {
            var detail = new Question("figures", [new QuestionPart("text", text, false)]).Write(t => t);
            var entry = new ReadEntry(DateTimeOffset.UnixEpoch, "a", ReadKind.Asked, Sight.DeIdentified, null, null, detail, null);
            return In(language, () => (says.What(entry), says.Asked(entry)));
        }

        var curve = Of("durability asOf=2025-12-31 groupBy=OwnRequest strata=District,Cohort scope=All depth=Strict censoring=LastConfirmed standardChange=Censor moveOut=Compete timeScale=Reviews");
        Of("movement 2025,2024 asOf=2025-12-31 by=District").Asked.ShouldBe(language == "vi" ? "năm: 2025, 2024; tính đến: 31/12/2025; chia theo: huyện" : "year: 2025, 2024; as of: 31/12/2025; by: district");
        Of("outcomes year=2025 place= asOf=2025-12-31").Asked.ShouldBe(language == "vi" ? "năm: 2025; tính đến: 31/12/2025" : "year: 2025; as of: 31/12/2025");
        curve.What.ShouldBe(language == "vi" ? "hỏi số liệu công bố (độ bền thoát nghèo)" : "asked for published figures (exit durability)");
        foreach (var code in new[] { "2025-12-31", "OwnRequest", "District", "Strict", "LastConfirmed", "Censor", "Compete", "Reviews", "groupBy", "=" }) curve.Asked.ShouldNotContain(code, Case.Sensitive);
    }

    /// <summary>What classification and corrections say has its words with the standards.</summary>
    [Theory, MemberData(nameof(Languages))]
    public void Every_step_and_refusal_of_the_standards_has_words(string language)
    {
        var words = store.Get<IStringLocalizer<StandardTexts>>();
        var codes = CodesIn(SourcesOf("YenBai.Cases", only: "Standards"));

        codes.Count.ShouldBeGreaterThan(15);
        codes.Where(c => In(language, () => T[$"refusal.{c}"].ResourceNotFound && words[$"refusal.{c}"].ResourceNotFound && words[$"step.{c}"].ResourceNotFound)).ShouldBeEmpty();
    }

    /// <summary>So do those of the plan, in its own texts: refusals of an entry, and reasons of a line of its file.</summary>
    [Theory, MemberData(nameof(Languages))]
    public void Every_refusal_of_a_plan_has_words(string language)
    {
        var words = store.Get<IStringLocalizer<PlanTexts>>();
        var sources = SourcesOf("YenBai.Cases", only: "Plan").ToList();
        var codes = CodesIn(sources).Concat(sources.SelectMany(text => PlanFault().Matches(text).Select(m => m.Groups[1].Value))).Distinct().ToList();
        var reasons = sources.SelectMany(text => FileReason().Matches(text).Select(m => m.Groups[1].Value)).Distinct().ToList();

        codes.Count.ShouldBeGreaterThan(12);
        reasons.Count.ShouldBeGreaterThan(12);
        codes.Select(c => $"refusal.{c}").Concat(reasons.Select(r => $"reason.{r}")).Where(key => In(language, () => words[key]).ResourceNotFound).ShouldBeEmpty();
    }

    [GeneratedRegex("""[Ff]ault\("[a-z]+", "([a-z_]+)(?=")""")]
    private static partial Regex PlanFault();

    [GeneratedRegex("""Refuse\((?:"[a-z_]*"|[A-Za-z]+), "([a-z_]+)(?=")""")]
    private static partial Regex FileReason();

    private static List<string> CodesIn(IEnumerable<string> sources) => [.. sources.SelectMany(text => RefusalCode().Matches(text).Select(m => m.Groups[1].Value)).Distinct()];

    [Theory, MemberData(nameof(Languages))]
    public void Every_form_and_each_of_its_fields_has_a_label(string language)
    {
        foreach (var form in CommandForms.All)
        {
            In(language, () => T[$"form.{form.Name}"]).ResourceNotFound.ShouldBeFalse(form.Name);
            foreach (var field in form.Fields.Where(f => f.Kind != FieldKind.Given))
                (In(language, () => T[$"field.{form.Name}.{field.Name}"]).ResourceNotFound && In(language, () => T[$"field.{field.Name}"]).ResourceNotFound).ShouldBeFalse($"{form.Name}.{field.Name}");
        }
    }

    [Fact]
    public void Both_languages_say_the_same_things()
    {
        var vi = In("vi", () => T.GetAllStrings(true).Select(t => t.Name).Order(StringComparer.Ordinal).ToList());
        var en = In("en", () => T.GetAllStrings(false).Select(t => t.Name).Order(StringComparer.Ordinal).ToList());

        en.Except(vi).ShouldBeEmpty();
        // A page's own title or empty state is asked for in its own file; what is looked up by a code must be one thing.
        vi.Where(name => LookedUp().IsMatch(name)).ShouldBeUnique();
        foreach (var key in en) Places(In("vi", () => T[key].Value)).ShouldBe(Places(In("en", () => T[key].Value)), $"{key} has other data in English");

        static IEnumerable<string> Places(string text) => Placeholder().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);
    }

    [Fact]
    public void A_fact_about_a_condition_says_which_one_and_of_which_agreement()
    {
        var agreed = new SupportAgreed(new(2024, 1, 5), default, Support, "livestock", 20_000_000, [new(FundingSource.State, 20_000_000)], new(2024, 1, 5), new(2025, 1, 4), null, null,
            [new(Condition, "vaccinate", null, null, new(2024, 3, 1), Evidence.Note, AfterMiss.Remind), new(Title, "other", Title, null, new(2024, 4, 1), Evidence.Note, AfterMiss.Remind)]);
        var file = new CaseFile("H1", Sight.Full, Household.Nobody(Guid.NewGuid()).With(new Fact(1, Guid.NewGuid(), agreed, null)), new Dictionary<int, Writing>(),
            new Dictionary<Guid, string> { [Title] = "Sửa hàng rào" }, new Dictionary<Guid, Records.Person>());
        string Say(HouseholdEvent e) => In("vi", () => store.Get<EventWords>().Sentence(e, file));

        Say(agreed).ShouldBe("Thoả thuận hỗ trợ: Hỗ trợ vật nuôi; 20.000.000 ₫; từ 05/01/2024 đến 04/01/2025; 2 điều kiện; nguồn: ngân sách nhà nước 20.000.000 ₫");
        Say(new ConditionMet(new(2024, 2, 1), default, Support, Condition, [Title], null)).ShouldBe("Đạt điều kiện: Tiêm phòng đầy đủ cho vật nuôi; kèm 1 ảnh hoặc tệp");
        Say(new ConditionMissed(new(2024, 4, 2), default, Support, Title, new(2024, 4, 1))).ShouldBe("Không đạt điều kiện đúng hạn 01/04/2024: Sửa hàng rào");
        Say(new SupportExtended(new(2024, 4, 2), default, Support, 30, null)).ShouldBe("Gia hạn hỗ trợ thêm 30 ngày: Hỗ trợ vật nuôi");
        // A fact whose agreement is not there is still a sentence.
        In("vi", () => store.Get<EventWords>().Sentence(new SupportExtended(new(2024, 4, 2), default, Support, 30, null))).ShouldBe("Gia hạn hỗ trợ thêm 30 ngày");
    }

    [Fact]
    public void A_refusal_names_instruments_amounts_and_grounds_as_people_do()
    {
        string Say(Refusal refusal) => In("vi", () => store.Get<Problems>().Text(refusal));

        Say(new("not_eligible", "instrument", "housing", "class_is|not_poor|poor;near_poor")).ShouldContain("Hỗ trợ nhà ở");
        Say(new("over_ceiling", "amount", 40_000_000m)).ShouldBe("Vượt mức tối đa 40.000.000 ₫.");
        Say(new("evidence_required", "attachments", Evidence.Photo)).ShouldBe("Thoả thuận đòi minh chứng: ảnh chụp.");
    }

    private static object Filled(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p.ParameterType, p.Name!))]);
    }

    private static object? Value(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? name == "Instrument" ? "housing" : name is "Unit" or "From" ? "04375@2020-02-01" : "X1"
            : type == typeof(DateOnly) ? new DateOnly(2022, 5, 1)
            : type.IsEnum ? Enum.GetValues(type).GetValue(0)
            : type.IsValueType ? Activator.CreateInstance(type)
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? Array.CreateInstance(type.GenericTypeArguments[0], 0)
            : null;
    }

    /// <summary>Their words stand in files of their own.</summary>
    private static readonly string[] Folders = ["Import", "Standards", "Plan"];

    private static IEnumerable<string> SourcesOf(string project, string? only = null)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "YenBai.Cases.sln"))) root = Path.GetDirectoryName(root.TrimEnd(Path.DirectorySeparatorChar))!;
        return Directory.EnumerateFiles(Path.Combine(root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && (only is null ? !Folders.Any(folder => Lies(f, folder)) : Lies(f, only))).Select(File.ReadAllText);
    }

    private static bool Lies(string file, string folder) => file.Contains($"{Path.DirectorySeparatorChar}{folder}{Path.DirectorySeparatorChar}");

    [GeneratedRegex(@"\b(event|kind|part|evidence|support_state|[a-z]+_[a-z_]+)\.[a-z]|_")]
    private static partial Regex Code();

    [GeneratedRegex("""(?:new Refusal|Decision\.Refuse|new)\("([a-z]+(?:_[a-z]+)+|required)"(?:,|\))""")]
    private static partial Regex RefusalCode();

    [GeneratedRegex(@"^(form|field|hint|action|refusal|event|kind|part|warning|[a-z]+_[a-z]+)\.")]
    private static partial Regex LookedUp();

    [GeneratedRegex(@"(?:Question\.Of|new Question)\(""([a-z_]+)""")]
    private static partial Regex RecordedList();

    [GeneratedRegex(@"RecordedAsync\(\s*who, .*?""([a-z_]+)"", cancellation\)", RegexOptions.Singleline)]
    private static partial Regex RecordedEmergency();

    [GeneratedRegex(@"questions\.AddAsync\(who, \$?""([a-z]+)")]
    private static partial Regex AskedReport();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();
}
