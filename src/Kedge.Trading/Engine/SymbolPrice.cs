namespace Kedge.Trading.Engine;

/// <summary>The newest price of a symbol, as the engine holds it.</summary>
internal struct SymbolPrice
{
    public double Mid;
    public double Bid;
    public double Ask;
    public long TimeMs;

    /// <summary>When the mid was received, monotonic clock.</summary>
    public long ReceivedMs;

    /// <summary>When bid and ask were received, monotonic clock.</summary>
    public long QuotedMs;

    public readonly bool IsFresh(long nowMs, long maxAgeMs) => Mid > 0.0 && nowMs - ReceivedMs <= maxAgeMs;

    public readonly bool HasFreshQuote(long nowMs, long maxAgeMs) => Bid > 0.0 && Ask >= Bid && nowMs - QuotedMs <= maxAgeMs;
}
