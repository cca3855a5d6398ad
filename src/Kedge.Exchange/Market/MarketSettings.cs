namespace Kedge.Exchange.Market;

/// <summary>How recorded or generated bars are played.</summary>
public sealed record MarketSettings
{
    /// <summary>How the house quotes.</summary>
    public QuoteSettings Quotes { get; init; } = new();

    /// <summary>What follows the last bar.</summary>
    public MarketEnd End { get; init; } = MarketEnd.BackAndForth;

    /// <summary>
    /// A gap in time longer than this is not played: bars that lie wholly before it become history as they are, premium samples are left out.
    /// Milliseconds.
    /// </summary>
    public long CatchUpMaxMs { get; init; } = 3_600_000;

    /// <summary>Whether the funding rate follows the premium; otherwise it is what it was set to.</summary>
    public bool SamplesPremium { get; init; } = true;

    /// <summary>Time between premium samples, milliseconds; a divisor of an hour.</summary>
    public long PremiumEveryMs { get; init; } = 5_000;

    /// <summary>Notional that impact prices are taken at, micro-USD.</summary>
    public long ImpactNotional { get; init; } = 6_000 * Core.Bounds.Usd;

    /// <summary>The same for BTC and ETH.</summary>
    public long MajorImpactNotional { get; init; } = 20_000 * Core.Bounds.Usd;
}
