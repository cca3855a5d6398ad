using Kedge.Data.Hub;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Cli.Trading;

/// <summary>What the venue said of its instruments and of their volumes, when a life was planned.</summary>
/// <param name="Instruments">By symbol, those that trade.</param>
/// <param name="Volumes">Of the last 24 hours.</param>
internal sealed record LaneFacts(IReadOnlyDictionary<string, InstrumentSpec> Instruments, IReadOnlyList<DayVolume> Volumes)
{
    /// <summary>Whether the venue lists a symbol.</summary>
    public bool IsListed(string symbol) => Instruments.ContainsKey(symbol);
}
