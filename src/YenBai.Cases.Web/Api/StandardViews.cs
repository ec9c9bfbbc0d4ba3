using YenBai.Cases.Access;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;
using YenBai.Cases.Web.Gate;

namespace YenBai.Cases.Web.Api;

public sealed record WordedView(string Vi, string? En, Certainty Certainty, string Source)
{
    public static WordedView Of(StandardValue v) => new(v.Value, v.English, v.Certainty, v.Source);
}

/// <param name="Key">Under which a correction names it.</param>
public sealed record AmountView(string Key, string Name, Area? Area, decimal Value, Certainty Certainty, string Source)
{
    public static AmountView Of(StandardValue v) => new(v.Key, v.Part(1)!, v.Part(2) is { } area ? Enum.Parse<Area>(area, ignoreCase: true) : null, v.Number, v.Certainty, v.Source);
}

/// <param name="SameAs">The indicator of an earlier standard that asks the same: <c>2016-2020/2</c>.</param>
public sealed record IndicatorView(string Code, WordedView Dimension, WordedView Name, WordedView DeprivedWhen, string? SameAs);

public sealed record TermView(string Code, WordedView Name);

/// <param name="Area">None for everywhere.</param>
/// <param name="PointTable">Somebody imported its points.</param>
public sealed record FormView(string Code, WordedView Name, DateOnly From, DateOnly? Through, Area? Area, bool PointTable);

/// <param name="By">None for those who see no staff.</param>
public sealed record CorrectionView(int Version, string Key, StandardValue Before, StandardValue After, string Reason, string? By, DateTimeOffset At);

/// <summary>A version of a standard.</summary>
/// <param name="Kind">two_tier: poor under the lower line, between the lines by deprivations; single_line: under one line by deprivations.</param>
/// <param name="Lines">VND a person and month.</param>
/// <param name="Thresholds">Points between the classes.</param>
/// <param name="Deprivations">So many make poor where income alone does not decide.</param>
public sealed record StandardView(
    string Code, int Version, string NameVi, string NameEn, DateOnly AppliesFrom, DateOnly AppliesThrough, string Source, RuleKind Kind, AmountView Deprivations,
    string ScoreA, string ScoreB, IReadOnlyList<AmountView> Lines, IReadOnlyList<AmountView> Thresholds, IReadOnlyList<IndicatorView> Indicators,
    IReadOnlyList<TermView> Causes, IReadOnlyList<TermView> Needs, IReadOnlyList<FormView> Forms, IReadOnlyList<CorrectionView> Corrections)
{
    public static StandardView Of(StandardRules r, IEnumerable<StandardCorrection> corrections, IReadOnlyList<StoredPointTable> tables, Actor who) => new(
        r.Code, r.Version, r.Standard.NameVi, r.Standard.NameEn, r.Standard.AppliesFrom, r.Standard.AppliesThrough, r.Standard.Source, r.Kind,
        AmountView.Of(r["rule/deprivations"]), r.ScoreNames.A, r.ScoreNames.B,
        [.. r.Values.Where(v => v.Part(0) == "line").Select(AmountView.Of)],
        [.. r.Values.Where(v => v.Part(0) == "points").Select(AmountView.Of)],
        [.. r.Indicators.Select(i => new IndicatorView(i.Code, WordedView.Of(i.Dimension), WordedView.Of(i.Name), WordedView.Of(i.DeprivedWhen), i.SameAs))],
        [.. r.Causes.Select(c => new TermView(c.Code, WordedView.Of(c.Name)))],
        [.. r.Needs.Select(n => new TermView(n.Code, WordedView.Of(n.Name)))],
        [.. r.Forms.Select(f => new FormView(f.Code, WordedView.Of(f.Name), f.From, f.Through, f.Area, tables.Any(t => t.Table.Standard == r.Code && t.Table.Form == f.Code)))],
        [.. corrections.Where(c => c.Standard == r.Code && c.Version <= r.Version).Select(c => new CorrectionView(c.Version, c.After.Key, c.Before, c.After, c.Reason, who.SeesStaff() ? c.By : null, c.At))]);
}

/// <summary>The class that points propose, and why, step by step.</summary>
public sealed record ClassifiedView(PovertyClass Class, IReadOnlyList<string> Reasoning);

/// <param name="ScoreA">The income points that counted.</param>
/// <param name="ScoreB">The deprivation points that counted.</param>
public sealed record AnswersClassifiedView(PovertyClass Class, IReadOnlyList<string> Reasoning, decimal? ScoreA, decimal? ScoreB);

/// <param name="Answers">The option chosen under each item of the form's point table.</param>
public sealed record ClassifyBody(
    string? Standard, string? Area, decimal? ScoreA, decimal? ScoreB, IReadOnlyList<string>? Deprivations, IReadOnlyDictionary<string, string>? Answers, string? Form);

/// <param name="Household">The code.</param>
/// <param name="From">The class on the day, under the standard in force; none where nobody had judged.</param>
/// <param name="Complete">The form asked all that could change the class; else it is the least that is known.</param>
public sealed record SwitchView(
    string Household, string? HeadName, string Place, string PlaceName, PovertyClass? From, PovertyClass To, DateOnly AssessedOn, string AssessedUnder, bool Complete,
    IReadOnlyList<string> Reasoning);

/// <param name="InForce">The standard of the list on the day: the classes in <c>from</c> are under it.</param>
/// <param name="Considered">Households that were there on the day.</param>
/// <param name="NotAssessed">Of them, those without an assessment.</param>
/// <param name="NotEnough">Of them, those whose assessment lacks the points that the asked standard needs.</param>
/// <param name="Incomplete">Of those that switch, those of which only the least is known.</param>
public sealed record WhatIfView(
    string Standard, int Version, string InForce, string? Place, DateOnly On, DateTimeOffset KnownAt, int Considered, int NotAssessed, int NotEnough,
    int Incomplete, IReadOnlyList<SwitchView> Switches);
