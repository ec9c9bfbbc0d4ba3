using YenBai.Cases.Access;
using YenBai.Cases.Places;
using YenBai.Cases.Web.Accounts;

namespace YenBai.Cases.Web.Components.Forms;

/// <summary>Officers to choose from, by name with their staff code: those who work where the one who chooses works, and nobody else.</summary>
public sealed class StaffChoices(StaffDesk staff, StaffOffice office, PlaceCatalog places, TimeProvider clock)
{
    /// <summary>Those who may record work on a household in a place.</summary>
    public Task<IReadOnlyList<Option>> AtAsync(string unit, string? hamlet, CancellationToken cancellation) =>
        ThoseAsync(officer => officer.MayAt(Operation.RecordWork, unit, hamlet), cancellation);

    /// <summary>Those whose places and somebody's have a commune in common; the one who asks first.</summary>
    public async Task<IReadOnlyList<Option>> BesideAsync(Actor who, CancellationToken cancellation)
    {
        var communes = places.In(Level.Commune, clock.Today());
        bool In(Actor officer, Unit commune) => officer.ReachOf(Operation.RecordWork).Extents.Any(e => e.Units.Contains(commune.Id));
        var mine = communes.Where(c => who.IsOperator || who.ReachOf(Operation.ListSupport).Extents.Any(e => e.Units.Contains(c.Id))).ToList();
        var all = await ThoseAsync(officer => mine.Exists(c => In(officer, c)), cancellation);
        return [.. all.OrderByDescending(o => o.Value == who.Name)];
    }

    private async Task<IReadOnlyList<Option>> ThoseAsync(Func<Actor, bool> which, CancellationToken cancellation)
    {
        var (now, names) = (clock.Now(), await office.NamesAsync(cancellation));
        return
        [
            .. (await staff.AllAsync(cancellation)).Where(m => which(new Actor(m.UserName, m.GrantsAt(now).Where(g => !g.Emergency), now, places)))
                .Select(m => new Option(m.UserName, names.TryGetValue(m.UserName, out var name) ? $"{name} ({m.UserName})" : m.UserName)).OrderBy(o => o.Text, FieldChoices.Vietnamese),
        ];
    }
}
