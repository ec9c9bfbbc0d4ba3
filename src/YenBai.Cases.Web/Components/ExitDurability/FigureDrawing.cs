using System.Globalization;
using System.Text;

namespace YenBai.Cases.Web.Components.ExitDurability;

/// <summary>What a line is at a time: from there on it has the value.</summary>
/// <param name="Censors">Somebody's watch ended there without a return.</param>
public sealed record DrawnStep(int Time, double Value, double? Lower, double? Upper, bool Censors, int? AtRisk);

/// <param name="Ends">What is written at the end of the line.</param>
/// <param name="Before">The same as it was known at an earlier day.</param>
public sealed record DrawnGroup(string Name, string Ends, IReadOnlyList<DrawnStep> Steps, IReadOnlyList<DrawnStep>? Before = null);

/// <summary>A mark on the axis of time.</summary>
public sealed record AxisMark(int Time, string Text);

/// <param name="Start">The value of every line at the start.</param>
/// <param name="Bottom">The value at the foot of the drawing.</param>
/// <param name="Top">The value at its head.</param>
/// <param name="Last">The last time that is drawn.</param>
/// <param name="AfterEnd">What is written for those at risk after the last step: nought, or nothing where the end was cut off.</param>
public sealed record FigureScale(double Start, double Bottom, double Top, int Last, IReadOnlyList<AxisMark> Marks, string AfterEnd = "0");

/// <summary>A point in the drawing.</summary>
public readonly record struct Spot(double X, double Y);

/// <param name="Style">Which colour and which pattern of dashes.</param>
/// <param name="Band">None where bands would hide one another.</param>
/// <param name="End">Where the line ends.</param>
/// <param name="Label">Where its name is written.</param>
public sealed record DrawnLine(DrawnGroup Group, int Style, string Letter, string Path, string? Band, string? Before, IReadOnlyList<Spot> Ticks, Spot End, Spot Label, IReadOnlyList<string> AtRisk);

/// <summary>
/// Where everything of a figure stands, in units of the drawing: step lines, bands, ticks, labels that do not lie upon one
/// another, and the numbers at risk under the marks of the axis. It knows of no colour and no language.
/// </summary>
public sealed record FigureDrawing(
    int Width, int Height, int Left, int Right, int Top, int Bottom, FigureScale Scale, IReadOnlyList<DrawnLine> Lines, IReadOnlyList<AxisMark> Marks, IReadOnlyList<double> Levels,
    bool IsNarrow, int RiskTop, int RiskRow, bool HasRisk)
{
    public const int MostLines = 10, MostBands = 4, Styles = 10;
    public const int WideWidth = 880, NarrowWidth = 380;

    private const int PlotHeight = 340, LabelGap = 15;

    /// <summary>About how wide a text is: narrow letters, capitals and marks are measured apart, for a bold sans-serif face.</summary>
    public static double WidthOf(string text, double size) => text.Normalize(NormalizationForm.FormC).Sum(c => c switch
    {
        'i' or 'j' or 'l' or 'ì' or 'í' or 'ỉ' or 'ĩ' or 'ị' or '.' or ',' or '|' or '\'' or ' ' => .33,
        'f' or 't' or 'r' or '-' or '(' or ')' => .44,
        'm' or 'w' or '%' or 'M' or 'W' => .95,
        _ when char.IsUpper(c) => .76,
        _ => .64,
    }) * size;

    /// <param name="captionLines">How many lines of text stand above the plot.</param>
    public static FigureDrawing Of(IReadOnlyList<DrawnGroup> groups, FigureScale scale, bool narrow, int captionLines, int footLines, bool atRisk = true)
    {
        var width = narrow ? NarrowWidth : WideWidth;
        var longest = groups.Count == 0 ? 0 : groups.Max(g => WidthOf(g.Name, 11));
        var ends = groups.Count == 0 ? 0 : groups.Max(g => WidthOf(g.Ends, 11.5));
        var left = narrow || !atRisk ? 46 : (int)Math.Clamp(longest + 64, 84, 250);
        var right = width - (narrow ? 26 : (int)Math.Clamp(ends + 32, 70, 260));
        var top = 14 + captionLines * 17;
        var bottom = top + (narrow ? 260 : PlotHeight);
        var riskRow = narrow ? 30 : 17;
        var riskTop = bottom + 62;
        var height = (atRisk ? riskTop + 8 + groups.Count * riskRow : bottom + 46) + footLines * 15 + 8;

        double X(double time) => left + (right - left) * (scale.Last == 0 ? 0 : Math.Min(time, scale.Last) / scale.Last);
        double Y(double value) => bottom - (bottom - top) * (Math.Clamp(value, scale.Bottom, scale.Top) - scale.Bottom) / (scale.Top - scale.Bottom);

        var marks = Spaced(scale.Marks, X, narrow ? 34 : 38);
        var at = groups.Select(g => new Spot(X(g.Steps.Count == 0 ? 0 : g.Steps[^1].Time), Y(g.Steps.Count == 0 ? scale.Start : g.Steps[^1].Value))).ToList();
        var labels = Spread([.. at.Select(s => s.Y)], LabelGap, top + 4, bottom - 2);
        var lines = groups.Select((g, i) => new DrawnLine(
            g, i % Styles, ((char)('A' + i % 26)).ToString(),
            Steps(g.Steps, scale.Start, X, Y), groups.Count <= MostBands ? Band(g.Steps, scale.Start, X, Y) : null,
            g.Before is { Count: > 0 } before ? Steps(before, scale.Start, X, Y) : null,
            [.. g.Steps.Where(s => s.Censors).Select(s => new Spot(X(s.Time), Y(s.Value)))],
            at[i], new(right + (narrow ? 12 : 20), labels[i]), [.. marks.Select(m => AtRisk(g.Steps, m.Time, scale.AfterEnd))])).ToList();
        return new(width, height, left, right, top, bottom, scale, lines, marks, Levelled(scale), narrow, riskTop, riskRow, atRisk);
    }

    public double X(double time) => Left + (Right - Left) * (Scale.Last == 0 ? 0 : time / Scale.Last);

    public double Y(double value) => Bottom - (Bottom - Top) * (value - Scale.Bottom) / (Scale.Top - Scale.Bottom);

    /// <summary>The number watched just before a time is that of the first step not before it.</summary>
    public static string AtRisk(IReadOnlyList<DrawnStep> steps, int time, string afterEnd) =>
        steps.FirstOrDefault(s => s.Time >= time) is { } step ? step.AtRisk?.ToString("N0", CultureInfo.CurrentUICulture) ?? "–" : afterEnd;

    /// <summary>Flat until a step, then straight down or up.</summary>
    public static string Steps(IReadOnlyList<DrawnStep> steps, double start, Func<double, double> x, Func<double, double> y)
    {
        var path = new StringBuilder($"M{Number(x(0))} {Number(y(start))}");
        var value = start;
        foreach (var step in steps.Where(s => s.Value != value))
        {
            path.Append($"H{Number(x(step.Time))}V{Number(y(step.Value))}");
            value = step.Value;
        }
        if (steps.Count > 0) path.Append($"H{Number(x(steps[^1].Time))}");
        return path.ToString();
    }

    /// <summary>Along the upper limits and back along the lower ones; where there is no limit the band closes upon the line.</summary>
    public static string? Band(IReadOnlyList<DrawnStep> steps, double start, Func<double, double> x, Func<double, double> y)
    {
        if (!steps.Any(s => s.Lower is not null || s.Upper is not null)) return null;
        var path = new StringBuilder($"M{Number(x(0))} {Number(y(start))}");
        foreach (var step in steps) path.Append($"H{Number(x(step.Time))}V{Number(y(step.Upper ?? step.Value))}");
        for (var i = steps.Count - 1; i >= 0; i--)
            path.Append($"V{Number(y(steps[i].Lower ?? steps[i].Value))}H{Number(x(steps[i].Time))}");
        return path.Append($"V{Number(y(start))}Z").ToString();
    }

    /// <summary>Heights in the same order, none nearer to another than the gap, as close to where they were asked for as that allows.</summary>
    public static IReadOnlyList<double> Spread(IReadOnlyList<double> wanted, double gap, double top, double bottom)
    {
        var order = Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i]).ToArray();
        var placed = wanted.Select(w => Math.Max(w, top)).ToArray();
        for (var k = 1; k < order.Length; k++) placed[order[k]] = Math.Max(placed[order[k]], placed[order[k - 1]] + gap);
        if (order.Length > 0) placed[order[^1]] = Math.Min(placed[order[^1]], bottom);
        for (var k = order.Length - 2; k >= 0; k--) placed[order[k]] = Math.Min(placed[order[k]], placed[order[k + 1]] - gap);
        return placed;
    }

    /// <summary>Every mark, every second, every third … so that what is written under them has room.</summary>
    private static IReadOnlyList<AxisMark> Spaced(IReadOnlyList<AxisMark> marks, Func<double, double> x, double room)
    {
        if (marks.Count < 2) return marks;
        var apart = (x(marks[^1].Time) - x(marks[0].Time)) / (marks.Count - 1);
        var every = Math.Max(1, (int)Math.Ceiling(room / Math.Max(apart, 1)));
        return [.. marks.Where((_, i) => i % every == 0)];
    }

    private static IReadOnlyList<double> Levelled(FigureScale scale)
    {
        var span = scale.Top - scale.Bottom;
        var step = new[] { .002, .005, .01, .02, .05, .1, .2 }.First(s => s >= span / 6 - 1e-9 || s == .2);
        return [.. Enumerable.Range(0, (int)Math.Round(span / step) + 1).Select(i => Math.Round(scale.Bottom + i * step, 4)).Where(v => v <= scale.Top + 1e-9)];
    }

    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
