using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using YenBai.Cases.Demonstration;

namespace YenBai.Cases.Tests.Demonstration;

public sealed class DeterminismTests
{
    [Fact]
    public void The_same_seed_makes_the_same_province() => Digest(600, 7).ShouldBe(Digest(600, 7));

    [Fact]
    public void Another_seed_makes_another() => Digest(600, 7).ShouldNotBe(Digest(600, 8));

    [Theory]
    [InlineData("vi-VN")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_culture_does_not_matter(string culture)
    {
        var expected = Digest(300, 7);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Digest(300, 7).ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_household_does_not_depend_on_what_was_made_before_it()
    {
        var province = SmallProvince.Make(600, 7);
        var all = province.Households().Select(Text).ToList();

        province.Households().Skip(250).Select(Text).First().ShouldBe(all[250]);
        province.Households().Select(Text).ShouldBe(all);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(100)]
    public void However_few_are_asked_for_there_are_so_many(int households)
    {
        var made = SmallProvince.Make(households, 1).Households().ToList();

        made.Count.ShouldBe(households);
        made.ShouldAllBe(h => SmallProvince.Fold(h).Latest().Known);
    }

    [Fact]
    public void A_district_without_communes_is_refused() =>
        Should.Throw<ArgumentException>(() =>
            new DemonstrationProvince(100, 1, [.. SmallProvince.Communes.Where(c => c.DistrictCode != "139")]).Households().First());

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void An_impossible_number_is_refused(int households) =>
        Should.Throw<ArgumentOutOfRangeException>(() => SmallProvince.Make(households, 1));

    private static string Digest(int households, int seed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var household in SmallProvince.Make(households, seed).Households())
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(Text(household)));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string Text(GeneratedHousehold household) => string.Join('\n',
        household.Events.Cast<object>().Concat(household.Records).Prepend(household.Code).Select(o => JsonSerializer.Serialize(o, o.GetType(), Json.Options)));
}
