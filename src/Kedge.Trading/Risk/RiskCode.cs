namespace Kedge.Trading.Risk;

/// <summary>Why an order was refused. Numbers and names are kept for ever: the ledger and the kernel's refusal codes hold them.</summary>
public enum RiskCode
{
    /// <summary>It was not.</summary>
    None = 0,

    /// <summary><c>close_only</c>: a latch allows only what makes positions smaller.</summary>
    CloseOnly = 101,

    /// <summary><c>halt_all</c>: a latch allows cancels and an operator's exits.</summary>
    HaltAll = 102,

    /// <summary><c>hard_kill</c>: a latch allows nothing.</summary>
    HardKill = 103,

    /// <summary><c>equity_unknown</c>: nobody knows what the account is worth, or not lately enough.</summary>
    EquityUnknown = 104,

    /// <summary><c>bad_number</c>: a number of the request or of the portfolio is no number, or not above zero.</summary>
    BadNumber = 105,

    /// <summary><c>loss_streak</c>: entries in the symbol pause after losing round trips in a row.</summary>
    LossStreak = 106,

    /// <summary><c>max_leverage</c>.</summary>
    MaxLeverage = 110,

    /// <summary><c>max_notional</c>: the order alone is too large.</summary>
    MaxNotional = 111,

    /// <summary><c>max_symbol_notional</c>: the symbol would hold too much.</summary>
    MaxSymbolNotional = 112,

    /// <summary><c>max_gross_notional</c>.</summary>
    MaxGrossNotional = 113,

    /// <summary><c>max_net_exposure</c>: too much on one side.</summary>
    MaxNetExposure = 114,

    /// <summary><c>max_exposure</c>: Σ |notional| would pass its multiple of equity.</summary>
    MaxExposure = 115,

    /// <summary><c>max_positions</c>.</summary>
    MaxPositions = 116,

    /// <summary><c>exposure_alts_longs</c>.</summary>
    ExposureAltsLongs = 120,

    /// <summary><c>exposure_alts_shorts</c>.</summary>
    ExposureAltsShorts = 121,

    /// <summary><c>portfolio_heat</c>.</summary>
    PortfolioHeat = 122,

    /// <summary><c>min_order_gap</c>.</summary>
    MinOrderGap = 130,

    /// <summary><c>entry_rate</c>.</summary>
    EntryRate = 131,

    /// <summary><c>entry_rate_symbol</c>.</summary>
    EntryRateSymbol = 132,

    /// <summary><c>entry_notional_rate</c>.</summary>
    EntryNotionalRate = 133,

    /// <summary><c>exit_rate</c>: only exits that can wait.</summary>
    ExitRate = 134,

    /// <summary><c>cancel_rate</c>: only cancels that can wait.</summary>
    CancelRate = 135,
}
