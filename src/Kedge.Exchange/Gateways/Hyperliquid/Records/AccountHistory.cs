namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>What is remembered of one account.</summary>
internal sealed class AccountHistory(GatewaySettings settings)
{
    public BoundedHistory<FillRecord> Fills { get; } = new(settings.FillsKept);

    public BoundedHistory<FundingRecord> Funding { get; } = new(settings.PaymentsKept);

    public BoundedHistory<LedgerRecord> Ledger { get; } = new(settings.PaymentsKept);

    public OrderHistory Orders { get; } = new(settings.OrdersKept);

    /// <summary>Highest fee a builder may ask, tenths of a basis point, by address.</summary>
    public SortedList<string, int> Builders { get; } = new(StringComparer.Ordinal);

    /// <summary>Name of a sub-account.</summary>
    public string Name { get; set; } = "";
}
