namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>Hears everything and tells nobody: for a gateway without streams.</summary>
internal sealed class NullListener : IVenueListener
{
    public void Filled(FillRecord fill) { }

    public void OrderChanged(OrderRecord order) { }

    public void FundingPaid(FundingRecord payment) { }

    public void LedgerMoved(LedgerRecord entry) { }

    public void Traded(TradeRecord trade) { }

    public void BookTouched(int symbol) { }

    public void PriceTouched(int symbol) { }

    public void CandleChanged(in CandleRecord candle) { }

    public void AccountTouched(int account) { }
}
