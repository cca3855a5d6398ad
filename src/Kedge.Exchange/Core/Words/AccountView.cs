namespace Kedge.Exchange.Core;

/// <summary>One account as seen from outside. Money in micro-USD.</summary>
/// <param name="CrossValue">Cash and cross positions at the mark.</param>
/// <param name="CrossRaw">Cross cash as the venue's raw USD: value less Σ size × mark.</param>
/// <param name="CrossNotional">Σ size × mark of cross positions, signed.</param>
/// <param name="CrossInitialMargin">What cross positions need to grow.</param>
/// <param name="CrossMaintenanceMargin">What cross positions need to live.</param>
/// <param name="TotalValue">Value with isolated positions.</param>
/// <param name="Withdrawable">What may leave.</param>
/// <param name="Volume">Traded.</param>
/// <param name="Requests">Actions counted against the address.</param>
/// <param name="OpenOrders">Live orders, waiting ones included.</param>
/// <param name="Master">Account it belongs to, −1 for none.</param>
/// <param name="ScheduledCancelMs">When the dead man's switch fires, 0 if it is not set.</param>
/// <param name="MakerFeeRate">1e-8 of notional.</param>
/// <param name="TakerFeeRate">1e-8 of notional.</param>
public readonly record struct AccountView(
    long CrossValue,
    long CrossRaw,
    long CrossNotional,
    long CrossInitialMargin,
    long CrossMaintenanceMargin,
    long TotalValue,
    long Withdrawable,
    long Volume,
    long Requests,
    int OpenOrders,
    int Master,
    long ScheduledCancelMs,
    int MakerFeeRate,
    int TakerFeeRate
);
