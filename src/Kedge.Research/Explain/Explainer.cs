using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Explain;

/// <summary>Replays and watches one symbol.</summary>
public static class Explainer
{
    /// <summary>Collects the decisions about a symbol.</summary>
    /// <param name="input">The run; it should begin where the data begin, so that positions and cooldowns are what they were.</param>
    /// <param name="symbol">Symbol as stored.</param>
    /// <param name="fromMs">First tick to keep.</param>
    /// <param name="toMs">Last tick to keep; the run goes on past it.</param>
    /// <param name="lastOnly">Keep only the latest decision.</param>
    public static IReadOnlyList<DecisionRecord> Run(ReplayInput input, string symbol, long fromMs, long toMs, bool lastOnly)
    {
        ArgumentNullException.ThrowIfNull(input);
        int index = SymbolRank.Of(input.Main.Symbols, symbol);
        if (index < 0)
        {
            throw KedgeException.Usage($"{symbol} is not in the candle database");
        }

        // The closes at the end of a run would look like decisions: let it run on past what is asked for.
        DecisionCollector collector = new(index, fromMs, toMs, lastOnly);
        ExplainTrace trace = new(collector);
        ReplayEngine.Run(input, ref trace);
        return collector.Records;
    }
}
