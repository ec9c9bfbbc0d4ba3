using System.Security.Cryptography;
using YenBai.Cases.Access;

namespace YenBai.Cases.Tests.Access;

/// <summary>What households are called for those who may not learn which they are.</summary>
public sealed class PseudonymFacts
{
    private readonly Pseudonymizer pseudonyms = new(RandomNumberGenerator.GetBytes(16));

    [Fact]
    public void A_pseudonym_leads_back_to_its_household_in_this_store_alone()
    {
        foreach (var household in Enumerable.Range(0, 500).Select(i => Ids.Household($"H{i}")))
        {
            var pseudonym = pseudonyms.Of(household);
            pseudonym.ShouldBe(pseudonyms.Of(household));
            pseudonyms.HouseholdOf(pseudonym).ShouldBe(household);
            new Pseudonymizer(RandomNumberGenerator.GetBytes(16)).HouseholdOf(pseudonym).ShouldNotBe(household);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("an-")]
    [InlineData("YB-00001")]
    [InlineData("an-0000000000000000000000000l")]
    [InlineData("an-aaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Anything_else_is_none(string text) => pseudonyms.HouseholdOf(text).ShouldBeNull();
}
