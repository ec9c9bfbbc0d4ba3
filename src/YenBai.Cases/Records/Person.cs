using YenBai.Cases.Households;

namespace YenBai.Cases.Records;

/// <summary>
/// Who somebody is. Names, identity numbers and phones stand here and in no event, so that they can be corrected
/// (the old value is kept as superseded) and erased, while every statistic stays as it was. A record has no name where a list named none, and where it was erased.
/// </summary>
public sealed record Person(
    Guid Id, Guid HouseholdId, string? Name, Sex? Sex, int? BirthYear, string? IdNumber, string? Phone, string? Ethnicity)
{
    /// <summary>The name as people search for it: lower case, without diacritics.</summary>
    public string SearchName { get; init; } = VietnameseText.Fold(Name ?? "");

    public DateTimeOffset Recorded { get; init; }

    /// <summary>The day of the newest list that named the person; none where no list did, or where that was not kept.</summary>
    public DateOnly? ListedOn { get; init; }

    /// <summary>When all that the record said was erased: its id stays, since facts refer to it.</summary>
    public DateTimeOffset? Erased { get; init; }

    public static Person Stub(Guid id, Guid household, DateTimeOffset erased) => new(id, household, null, null, null, null, null, null) { Recorded = erased, Erased = erased };

    /// <summary>Earlier values, oldest first.</summary>
    public IReadOnlyList<Person> Superseded { get; init; } = [];

    /// <summary>What lists and officers said of the person, in the order of arrival; none while one alone did.</summary>
    public IReadOnlyList<PersonListing>? Listings { get; init; }

    /// <summary>The record with corrected values; unchanged when nothing differs.</summary>
    public Person Correct(Person with)
    {
        var corrected = with with { Id = Id, HouseholdId = HouseholdId, Superseded = Superseded, Recorded = Recorded, ListedOn = ListedOn, Listings = Listings };
        return corrected == this ? this : corrected with { Recorded = with.Recorded, Superseded = [.. Superseded, this with { Superseded = [], Listings = null }] };
    }
}

/// <summary>Free text about a household: visit notes, wordings, reasons. It may name people, so it stands beside the events.</summary>
public sealed record Note(Guid Id, Guid HouseholdId, string Text, DateTimeOffset Recorded);

/// <summary>A photograph or a scan about a household. Its content stands apart, so that the list of them is read without it.</summary>
public sealed record Attachment(Guid Id, Guid HouseholdId, string ContentType, int Length, string By, DateTimeOffset Recorded, bool HasThumbnail = false);

/// <param name="Thumbnail">A small picture of it, made by the browser that sent it; none of documents and of what programs send.</param>
public sealed record AttachmentContent(Guid Id, Guid HouseholdId, byte[] Bytes, DateTimeOffset Recorded, byte[]? Thumbnail = null);
