namespace Kedge.Exchange.Core;

/// <summary>The rules of one exchange. Defaults are the venue's base tier; bounds that protect memory are stated here too.</summary>
public sealed record ExchangeSettings
{
    /// <summary>The instruments; a symbol is its index here, for ever.</summary>
    public required IReadOnlyList<Instrument> Instruments { get; init; }

    /// <summary>Taker fee, 1e-8 of notional.</summary>
    public int TakerFeeRate { get; init; } = 45_000;

    /// <summary>Maker fee, 1e-8 of notional; negative is a rebate.</summary>
    public int MakerFeeRate { get; init; } = 15_000;

    /// <summary>Leverage of an account that has set none.</summary>
    public int DefaultLeverage { get; init; } = 20;

    /// <summary>Smallest notional of an order that is not reduce-only, micro-USD.</summary>
    public long MinOrderNotional { get; init; } = 10 * Bounds.Usd;

    /// <summary>Farthest an order's price may be from the mark, percent; 0 for no rule.</summary>
    public int PriceBandPercent { get; init; } = 80;

    /// <summary>Farthest a triggered market order may trade from the mark, percent.</summary>
    public int TriggerSlippagePercent { get; init; } = 10;

    /// <summary>Open orders of an account before volume earns it more.</summary>
    public int OpenOrdersBase { get; init; } = 1_000;

    /// <summary>Volume that earns one more open order, micro-USD.</summary>
    public long VolumePerOpenOrder { get; init; } = 5_000_000 * Bounds.Usd;

    /// <summary>Open orders of an account at most.</summary>
    public int OpenOrdersMax { get; init; } = 5_000;

    /// <summary>Actions an address has to begin with; each USD traded earns one more. 0 for no limit.</summary>
    public long RequestsBase { get; init; } = 10_000;

    /// <summary>When they are used up, one action in this time, milliseconds.</summary>
    public long RequestDripMs { get; init; } = 10_000;

    /// <summary>Least time ahead of a scheduled cancel, milliseconds.</summary>
    public long ScheduleAheadMs { get; init; } = 5_000;

    /// <summary>Scheduled cancels that may fire for one account in one UTC day.</summary>
    public int SchedulesPerDay { get; init; } = 10;

    /// <summary>Volume an account must have traded before it may schedule a cancel, micro-USD.</summary>
    public long ScheduleVolume { get; init; }

    /// <summary>Time between fundings, milliseconds; they fall on its multiples.</summary>
    public long FundingIntervalMs { get; init; } = 3_600_000;

    /// <summary>A position above this notional is liquidated in two steps, micro-USD.</summary>
    public long PartialLiquidationNotional { get; init; } = 100_000 * Bounds.Usd;

    /// <summary>Share of it sent in the first step, percent.</summary>
    public int PartialLiquidationPercent { get; init; } = 20;

    /// <summary>Time before the second step, milliseconds.</summary>
    public long LiquidationCooldownMs { get; init; } = 30_000;

    /// <summary>Sub-accounts of one account.</summary>
    public int SubAccountsMax { get; init; } = 10;

    /// <summary>Named agents of an account; one without a name comes on top.</summary>
    public int NamedAgentsMax { get; init; } = 3;

    /// <summary>The first order id. The venue's do not fit in 32 bits.</summary>
    public long FirstOrderId { get; init; } = 1L << 35;
}
