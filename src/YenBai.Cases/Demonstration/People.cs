using CsvHelper;
using YenBai.Cases.Households;
using YenBai.Cases.Registering;

namespace YenBai.Cases.Demonstration;

/// <summary>One of the peoples of the province and the parts that its made-up names are put together from.</summary>
internal sealed record People(
    string Key, string Name, string[] Family, string[] MiddleMale, string[] MiddleFemale, string[] GivenMale, string[] GivenFemale)
{
    public static readonly IReadOnlyList<People> All = Read();

    public bool Minority => Key != "kinh";

    public string MakeUpName(Sex sex, ref Dice dice) => sex == Sex.Male
        ? $"{dice.Of(Family)} {dice.Of(MiddleMale)} {dice.Of(GivenMale)}"
        : $"{dice.Of(Family)} {dice.Of(MiddleFemale)} {dice.Of(GivenFemale)}";

    private static List<People> Read()
    {
        using var stream = typeof(People).Assembly.GetManifestResourceStream("YenBai.Cases.Demonstration.Data.peoples.csv")!;
        using var csv = CsvReader.Create(stream);
        var all = new List<People>();
        while (csv.Read())
            all.Add(new(csv.GetString("key"), csv.GetString("people"), Words("family"), Words("middle_male"), Words("middle_female"),
                Words("given_male"), Words("given_female")));
        return all;

        string[] Words(string column) => csv.GetString(column).Normalize().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
