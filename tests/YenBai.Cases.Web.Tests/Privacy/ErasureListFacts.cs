using System.Text;
using YenBai.Cases.Erasure;

namespace YenBai.Cases.Web.Tests.Privacy;

[Trait("Tier", "Fast")]
public sealed class ErasureListFacts : IDisposable
{
    private static readonly ErasureEntry First = new(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), [Guid.Parse("7c9e6679-7425-40de-944b-e07fc1f90ae7"), Guid.Parse("11111111-2222-3333-4444-555555555555")],
        new(2024, 6, 15, 9, 30, 0, 123, 456, TimeSpan.FromHours(7)));
    private static readonly ErasureEntry Second = new(Guid.Parse("22222222-2222-3333-4444-555555555555"), [], First.At.AddDays(1));

    private readonly string directory = Directory.CreateTempSubdirectory("yenbai-cases-test-").FullName;

    private ErasureList List => new(Path.Combine(directory, "data", "erasures.csv"));

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void An_erasure_is_on_the_list_once_and_read_as_it_was_written()
    {
        List.Read().ShouldBeEmpty();
        foreach (var erasure in new[] { First, Second, First }) List.Add(erasure);

        List.Read().Select(e => (e.Household, string.Join(' ', e.People), e.At)).ShouldBe([(First.Household, string.Join(' ', First.People), First.At), (Second.Household, "", Second.At)]);
        File.ReadAllLines(List.Path).Length.ShouldBe(3);
    }

    [Fact]
    public void A_line_that_a_kill_left_half_written_does_not_count_and_gives_way()
    {
        List.Add(First);
        File.AppendAllText(List.Path, Second.Household.ToString());

        List.Read().Count.ShouldBe(1);
        List.Add(Second);

        List.Read().Select(e => e.Household).ShouldBe([First.Household, Second.Household]);
    }

    [Theory]
    [InlineData("x,,2024-06-15T02:30:00.0000000Z")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e,x,2024-06-15T02:30:00.0000000Z")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e,,yesterday")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e,")]
    public void A_damaged_line_is_not_passed_over(string line)
    {
        List.Add(First);
        File.AppendAllText(List.Path, line + "\n", Encoding.UTF8);

        Should.Throw<InvalidDataException>(() => List.Read());
        Should.Throw<InvalidDataException>(() => List.Add(Second));
    }
}
