using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace YenBai.Cases.Web.Accounts;

/// <summary>A key that protects cookies, tokens and one-time links.</summary>
public sealed class ProtectionKey
{
    public int Id { get; init; }
    public required string Name { get; init; }
    public required string Xml { get; init; }
}

/// <summary>The keys lie in the store, so that a restart signs nobody out and every process reads what another wrote. Read at every start, hence without EF.</summary>
public sealed class ProtectionKeys(NpgsqlDataSource source) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = source.CreateCommand($"select xml from {AccountsDb.Schema}.data_protection_key order by id");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read()) keys.Add(XElement.Parse(reader.GetString(0)));
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = source.CreateCommand($"insert into {AccountsDb.Schema}.data_protection_key (name, xml) values ($1, $2)");
        command.Parameters.AddWithValue(friendlyName);
        command.Parameters.AddWithValue(element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}
