using Kedge.Trading.Engine;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Journal;

/// <summary>Engines of what a segment holds: nothing else is needed to make them.</summary>
public static class SegmentEngine
{
    /// <summary>The engine as it was when the segment began, before its first input.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="strategies">The strategies that its header names; null for the kernel alone.</param>
    /// <exception cref="InvalidDataException">The segment is of another layout, see <see cref="IsReadable"/>.</exception>
    public static TradingEngine Make(SegmentReader reader, StrategyBook? strategies)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Make(reader, Settings(reader, strategies));
    }

    /// <summary>An engine with the state of a segment's beginning and settings of one's own.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="settings">Its settings, changed.</param>
    /// <exception cref="InvalidDataException">The segment is of another layout.</exception>
    public static TradingEngine Make(SegmentReader reader, EngineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(reader);
        TradingEngine engine = new(settings, Rules(reader));
        engine.LoadFull(reader.State.Span);
        return engine;
    }

    /// <summary>Whether this program writes states and events as the one did that wrote the segment.</summary>
    public static bool IsReadable(JournalHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return header.Layout == JournalFormat.Layout;
    }

    /// <summary>The settings of a segment.</summary>
    /// <exception cref="InvalidDataException">It is of another layout.</exception>
    public static EngineSettings Settings(SegmentReader reader, StrategyBook? strategies)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return HeaderFactory.Settings(reader.Header, strategies);
    }

    /// <summary>The rules of a segment's beginning.</summary>
    /// <exception cref="InvalidDataException">It is of another layout.</exception>
    public static EngineRules Rules(SegmentReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return HeaderFactory.Rules(reader.Header);
    }
}
