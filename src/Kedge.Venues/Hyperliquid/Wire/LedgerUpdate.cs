namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>A deposit, withdrawal, transfer or liquidation.</summary>
/// <param name="TimeMs">Time.</param>
/// <param name="Hash">Transaction.</param>
/// <param name="Kind">The venue's word for it.</param>
/// <param name="Usdc">Amount in USDC, if it has one.</param>
/// <param name="Fee">Fee, if told.</param>
/// <param name="ToPerp">Direction of a transfer between spot and perpetuals.</param>
/// <param name="Token">Token of a spot transfer.</param>
/// <param name="Amount">Amount of a spot transfer.</param>
/// <param name="User">Sender, if told.</param>
/// <param name="Destination">Receiver, if told.</param>
public sealed record LedgerUpdate(
    long TimeMs,
    string Hash,
    string Kind,
    decimal? Usdc,
    decimal? Fee,
    bool? ToPerp,
    string? Token,
    decimal? Amount,
    string? User,
    string? Destination
);
