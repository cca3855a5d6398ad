namespace Kedge.Exchange.Market;

/// <summary>What a market does after its last bar.</summary>
public enum MarketEnd : byte
{
    /// <summary>It stands still: the last quotes stay, nothing is printed.</summary>
    Stop,

    /// <summary>The bars that were played go back and forth, end to end: backwards, then forwards again, so that the price never jumps.</summary>
    BackAndForth,
}
