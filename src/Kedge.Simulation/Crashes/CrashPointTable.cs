using System.Collections.Frozen;
using Kedge.Simulation.Trading;

namespace Kedge.Simulation.Crashes;

/// <summary>The numbers of a lane's crash points. A number is never given to another point, so that what was once found at it can be found again.</summary>
public static partial class CrashPointTable
{
    private static readonly Lazy<FrozenDictionary<string, NumberedPoint>> ById = new(Index);

    /// <summary>The point of an id; null when it has no number.</summary>
    public static NumberedPoint? Find(string id) => ById.Value.GetValueOrDefault(id);

    private static FrozenDictionary<string, NumberedPoint> Index() => All.ToFrozenDictionary(p => p.Id, StringComparer.Ordinal);

    /// <summary>Id of a code site and what is done there. In WAL mode the database itself is written by checkpoints alone, whichever commit they follow.</summary>
    internal static string NameOf(string site, string step)
    {
        bool isCheckpoint =
            step.StartsWith("db.", StringComparison.Ordinal) && site.StartsWith(CommitSites.Prefix, StringComparison.Ordinal);
        return site == "-" ? step
            : isCheckpoint || (site == "ledger.open" && step == "db.truncate") ? $"ledger.checkpoint/{step}"
            : $"{site}/{step}";
    }
}
