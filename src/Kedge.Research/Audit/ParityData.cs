using Kedge.Model;
using Kedge.Trading.Engine;

namespace Kedge.Research.Audit;

/// <summary>What a session is held against, beside its own journal. What is null is taken from the journal.</summary>
public sealed record ParityData
{
    /// <summary>Candles by series: main, and the finer ones.</summary>
    public IReadOnlyList<ICandleSet> Candles { get; init; } = [];

    /// <summary>Funding series; null when funding is not compared.</summary>
    public IReadOnlyList<FundingSeries>? Funding { get; init; }

    /// <summary>Rules of the configuration for the symbols of a session, and of instruments; null when they are not compared.</summary>
    public Func<EngineRules, EngineRules>? Rules { get; init; }
}
