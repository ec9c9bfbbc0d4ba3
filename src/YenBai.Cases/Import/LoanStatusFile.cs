using System.Globalization;
using YenBai.Cases.Households;
using YenBai.Cases.Places;
using YenBai.Cases.Standards;
using YenBai.Cases.Support;

namespace YenBai.Cases.Import;

/// <summary>What the bank says of its loans, every month. A household with one loan need not name it.</summary>
internal sealed class LoanStatusFile(SourceFile file, PlaceCatalog places, StandardBook standards, DateOnly today) : SupportFile(file, places, standards, today)
{
    private readonly int agreement = file.Column("agreement_id"), on = file.Column("on"), balance = file.Column("balance"), overdue = file.Column("overdue"), daysOverdue = file.Column("days_overdue");

    protected override string IdColumn => "on";

    protected override IEnumerable<Told> ReadAll(IReadOnlyList<SourceRow> rows, Household before, List<Problem> problems)
    {
        var loans = before.Latest().Supports.Where(s => s.Instrument == "loan").ToList();
        List<Told> told = [];
        foreach (var row in rows)
        {
            Read.MoveTo(row);
            var day = Read.Day(on, needed: true, "on");
            var owed = Read.Dong(balance, needed: true, "balance");
            var (late, days) = (Read.Dong(overdue) ?? 0, (int)(Read.Whole(daysOverdue, 0, 36_500) ?? 0));
            var reference = Read.Text(agreement, 60);
            Guid loan = default;
            if (Read.Problems.Count == 0)
            {
                if (reference is not null) loan = SupportOf(before, reference);
                else if (loans.Where(l => l.On <= day).ToList() is [var only]) loan = only.Id;
                else Read.Refuse("agreement_id", null, "which_loan", loans.Count(l => l.On <= day));
            }
            problems.AddRange(Read.Problems);
            if (Read.Problems.Count > 0) continue;
            var command = new ReportLoanStatus(day!.Value, loan, owed!.Value, late, days);
            told.Add(new([row], string.Create(CultureInfo.InvariantCulture, $"loan_status:{loan}/{day:yyyy-MM-dd}"), command.On, DigestOf(owed, late, days), command.Decide));
        }
        return told;
    }

    protected override string ColumnOf(string field) => field switch
    {
        "support" => "agreement_id",
        "daysOverdue" => "days_overdue",
        _ => field,
    };
}
