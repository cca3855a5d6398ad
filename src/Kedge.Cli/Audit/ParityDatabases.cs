using Kedge.Model;
using Kedge.Research.Audit;

namespace Kedge.Cli.Audit;

/// <summary>What a session is held against, while it is open.</summary>
internal sealed class ParityDatabases : IDisposable
{
    /// <summary>Candles, by series.</summary>
    public List<ICandleSet> Candles { get; } = [];

    /// <summary>Everything that was named; null when nothing was.</summary>
    public ParityData? Data { get; set; }

    /// <inheritdoc/>
    public void Dispose() => Candles.ForEach(c => c.Dispose());
}
