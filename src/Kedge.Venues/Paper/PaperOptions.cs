namespace Kedge.Venues.Paper;

/// <summary>How a paper venue fills. Defaults are those of the strategy configuration.</summary>
public sealed record PaperOptions
{
    /// <summary>Wallet at the very first start, USD; later ones continue from the saved state.</summary>
    public double StartingBalanceUsd { get; init; } = 10_000.0;

    /// <summary>Fee of a fill that takes, basis points of notional.</summary>
    public double TakerFeeBps { get; init; } = 4.5;

    /// <summary>Fee of a fill that was resting, basis points of notional.</summary>
    public double MakerFeeBps { get; init; } = 1.5;

    /// <summary>What a fill at the mid price is worsened by, basis points. A fill at bid or offer has paid the spread and is not worsened.</summary>
    public double SlippageBps { get; init; } = 10.0;

    /// <summary>Whether bid and offer are used at all; else everything fills around the mid (<c>trade.use_bbo_for_fills</c>).</summary>
    public bool UseQuotes { get; init; } = true;

    /// <summary>Oldest bid and offer that is traded on, milliseconds since it arrived.</summary>
    public long QuoteMaxAgeMs { get; init; } = 15_000;

    /// <summary>Oldest mid that is traded on, milliseconds since it arrived.</summary>
    public long MidMaxAgeMs { get; init; } = 10_000;

    /// <summary>Leverage of a symbol for which none was set, from 1; more than its highest counts as the highest.</summary>
    public int DefaultLeverage { get; init; } = 20;

    /// <summary>Most live orders; more are refused.</summary>
    public int MaxOrders { get; init; } = 1_000;

    /// <summary>Most ended orders that can still be asked about; older ones are forgotten.</summary>
    public int MaxEnded { get; init; } = 1_000;

    /// <summary>Most fills and funding payments kept until the listener says it keeps them; then the oldest is forgotten, with a note.</summary>
    public int MaxUnkept { get; init; } = 10_000;

    /// <summary>Most hours of funding owed that are made up for after a standstill; older ones are given up, with a note.</summary>
    public int MaxFundingHours { get; init; } = 720;
}
