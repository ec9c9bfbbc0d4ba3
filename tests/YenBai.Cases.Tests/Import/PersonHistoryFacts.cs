using YenBai.Cases.Records;

namespace YenBai.Cases.Tests.Import;

public sealed class PersonHistoryFacts
{
    private static readonly DateTimeOffset Now = new(2024, 6, 15, 9, 30, 0, TimeSpan.FromHours(7));

    private static PersonListing A(int year, string? name, string? phone = null, string? number = null, bool entered = false) => new(new(year, 12, 31), $"import of {year}", name, null, null, number, phone, null, entered);

    private static Person Read(params PersonListing[] lists) =>
        lists.Skip(1).Aggregate(lists[0].Of(new(Guid.Empty, Guid.Empty, null, null, null, null, null, null)), (known, told) => PersonHistory.With(known, lists[0], told, Now));

    public static TheoryData<int[]> Orders => [[2021, 2022, 2023], [2021, 2023, 2022], [2022, 2021, 2023], [2022, 2023, 2021], [2023, 2021, 2022], [2023, 2022, 2021]];

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_order_in_which_lists_arrive_makes_no_difference(int[] order)
    {
        var lists = new[] { A(2021, "Lo Van Thu", "0912345671", "060123456"), A(2022, "Lò Văn Thử", "0912345672", "015080000030"), A(2023, "LÒ VĂN THỬ") }.ToDictionary(l => l.On.Year);

        var person = Read([.. order.Select(y => lists[y])]);

        (person.Name, person.Phone, person.IdNumber, person.ListedOn).ShouldBe(("Lò Văn Thử", "0912345672", "015080000030", new(2023, 12, 31)));
    }

    [Fact]
    public void Without_an_import_the_record_is_what_it_would_have_been()
    {
        var person = Read(A(2021, "Lò Văn Thử", "0912345671"), A(2022, "Lò Văn Thử", "0912345672", "015080000030"), A(2023, "Lò Văn Thử", null, "015080000030"));

        var without = PersonHistory.Without(person, "import of 2022", Now);

        (without.Phone, without.IdNumber).ShouldBe(("0912345671", "015080000030"));
        PersonHistory.Without(without, "import of 2023", Now).ShouldSatisfyAllConditions(p => p.IdNumber.ShouldBeNull(), p => p.ListedOn.ShouldBe(new(2021, 12, 31)));
    }

    [Fact]
    public void What_an_officer_entered_later_stays()
    {
        var person = Read(A(2021, "Lò Văn Thử", "0912345671"), A(2023, "Lò Văn Khác", "0912345673", entered: true), A(2022, "Lò Văn Thử", "0912345672"));

        (person.Name, person.Phone).ShouldBe(("Lò Văn Khác", "0912345673"));
    }
}
